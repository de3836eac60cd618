"""What managers may have words do, and what is refused in a sentence."""

from typing import Any

import pytest

from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from wasched.domain.errors import ChangedError, InputError, NotFoundError, RoleError
from wasched.domain.keyword import ListMove
from wasched.models import Role
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import KeywordRequest

YES = KeywordRequest("yes, ja", answer="Thanks!")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"words": " , "}, "words"),
        ({"words": "x" * 61}, "words"),
        ({"words": "no, STOP!"}, "words"),
        ({"words": "Já"}, "words"),
        ({"words": ", ".join(map(str, range(31)))}, "words"),
        ({"answer": ""}, "answer"),
        ({"answer": "x" * 5_000}, "answer"),
        ({"field": "Coming"}, "value"),
        ({"value": "yes"}, "field"),
        ({"field": "First name", "value": "yes"}, "field"),
        ({"move": ListMove.INTO}, "list"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    scope: Scope, alice: Caller, asked: dict[str, Any], field: str
) -> None:
    with scope() as session:
        setting_up.add_keyword(session, alice, YES, NOW)
        wanted = KeywordRequest(**({"words": "no", "answer": "A pity."} | asked))
        with pytest.raises(InputError) as refused:
            setting_up.add_keyword(session, alice, wanted, NOW)
        assert refused.value.field == field


def test_managers_change_and_remove_them_and_see_what_others_changed(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    editor = add_colleague(scope, alice, "Ed", Role.EDITOR)
    with scope() as session:
        altos = lists.add_list(session, alice, "Altos", NOW)
        made = setting_up.add_keyword(session, alice, YES, NOW)
        wanted = KeywordRequest("ja, oui", list_id=altos, move=ListMove.INTO)
        with pytest.raises(RoleError):
            setting_up.change_keyword(session, editor, made, wanted, NOW)
        with pytest.raises(NotFoundError):
            setting_up.change_keyword(session, charlie, made, wanted, NOW)
        with pytest.raises(NotFoundError):
            setting_up.add_keyword(session, charlie, wanted, NOW)

        setting_up.change_keyword(session, alice, made, wanted, NOW, if_version=1)

        with pytest.raises(ChangedError):
            setting_up.change_keyword(session, alice, made, YES, NOW, if_version=1)
        (line,) = setting_up.list_keywords(session, editor)
        assert (line.words, line.list_name, line.answer) == (("ja", "oui"), "Altos", "")
        assert setting_up.list_keywords(session, charlie) == []
        with pytest.raises(InputError, match="keyword"):
            lists.remove_list(session, alice, altos, NOW)
        setting_up.remove_keyword(session, alice, made, NOW)
        setting_up.add_keyword(session, alice, YES, NOW)
        lists.remove_list(session, alice, altos, NOW)
