"""Keywords in Settings: set up, changed and removed by who manages the space; others read them."""

import pytest

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.settings.test_password_question import call
from wasched import bootstrap
from wasched.domain.keyword import Handled
from wasched.models import Role
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.text.keyword_words import handled_sentence
from wasched.ui.settings.keywords_state import KeywordsState

pytestmark = pytest.mark.asyncio

FORM = {"words": "yes, ja", "field": "Coming", "value": "yes", "move": "", "list": ""}


async def test_a_keyword_is_set_up_changed_and_removed(tab: Tab, alice: Caller) -> None:
    now = bootstrap.clock().now()
    with session_scope() as session:
        altos = lists.add_list(session, alice, "Altos", now)
        viewer = add_to_space(session, alice, "Vera", Role.VIEWER, now)
    root = tab(alice, "/settings/keywords")
    await call(root, KeywordsState, "load")
    page = await state_in(root, KeywordsState)
    assert page.keywords == [] and [one.label for one in page.lists][1:] == ["Altos"]

    await call(root, KeywordsState, "save", form={**FORM, "words": "stop"})
    assert page.field == "words" and "comes first" in page.error
    assert page.form["field"] == "Coming"
    await call(root, KeywordsState, "save", form={**FORM, "answer": "Thanks!"})
    (row,) = page.keywords
    assert (row.words, row.does, row.answer) == ("yes, ja", "Set Coming = yes", "Thanks!")
    assert page.error == page.form["words"] == ""

    await call(root, KeywordsState, "edit", keyword_id=row.id)
    assert page.form["words"] == "yes, ja" and page.editing == row.id
    moves = {"move": "into", "list": str(altos)}
    await call(root, KeywordsState, "save", form={**FORM, **moves})
    assert page.keywords[0].does == "Set Coming = yes; put into Altos"
    theirs = tab(viewer, "/settings/keywords", token="other")
    await call(theirs, KeywordsState, "load")
    shown = await state_in(theirs, KeywordsState)
    assert not shown.may_manage and [one.words for one in shown.keywords] == ["yes, ja"]
    await call(root, KeywordsState, "remove", keyword_id=row.id)
    assert page.keywords == [] and page.editing == ""


async def test_what_a_word_did_is_said_beside_its_reply() -> None:
    done = Handled("Coming", "yes", "Altos", "out", "answered")
    assert handled_sentence(done) == "set Coming = yes; taken out of Altos; answered"
    assert handled_sentence(Handled()) == ""
