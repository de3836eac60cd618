"""Who may read what people wrote back, what is found of it, and for how long it is kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from tests.services.replies_of import ANNA, BEN, SOON, report, sent_to, wrote
from wasched import db
from wasched.domain.errors import InputError, NotFoundError, RoleError
from wasched.models import Membership, Message, Reply, Role, Space
from wasched.services.caller import Caller
from wasched.services.replies import keeping, reading
from wasched.services.replies.reading import ReplyFilters


@pytest.fixture
def asked(scope: Scope, alice: Caller, account_id: int) -> list[int]:
    """A send to Anna and Ben, to which Anna wrote two replies."""
    made = sent_to(scope, alice, account_id, NOW, ANNA, BEN)
    first, second = wrote(ANNA, "Where is it?", NOW + SOON), wrote(ANNA, "Found it", NOW + 2 * SOON)
    report(scope, account_id, NOW + SOON, first, replace(second, message_id="R2"))
    return made


def test_replies_are_read_newest_first_in_pages_and_found_by_words(
    scope: Scope, alice: Caller, asked: list[int]
) -> None:
    with scope() as session:
        first, following = reading.list_replies(session, alice, ReplyFilters(), limit=1)
        rest, end = reading.list_replies(session, alice, ReplyFilters(), following, limit=1)
        assert [one.text for one in (*first, *rest)] == ["Found it", "Where is it?"]
        assert (end, first[0].phone, first[0].about) == ("", ANNA, "Coming?")

        reading.mark_answered(session, alice, [first[0].id], True, NOW)
        for wanted, texts in (
            (ReplyFilters(search="WHERE"), ["Where is it?"]),
            (ReplyFilters(is_open=True), ["Where is it?"]),
            (ReplyFilters(message_id=asked[1]), []),
        ):
            found, _ = reading.list_replies(session, alice, wanted)
            assert [one.text for one in found] == texts


def test_of_a_send_it_is_known_who_has_not_replied(
    scope: Scope, alice: Caller, asked: list[int]
) -> None:
    with scope(write=False) as session:
        made = session.get_one(Message, asked[0]).schedule_id
        assert reading.tally_send(session, alice, made, NOW) == reading.ReplyTally(2, 1)
        ben = session.get_one(Message, asked[1]).recipient_id
        assert reading.list_silent(session, alice, made, NOW, 10) == [(ben, BEN)]


def test_others_see_nothing_and_viewers_only_what_the_space_lets_them(
    scope: Scope, alice: Caller, charlie: Caller, asked: list[int]
) -> None:
    viewer = add_colleague(scope, alice, "Vera", Role.VIEWER)
    with scope() as session:
        one = session.scalars(select(Reply.id)).first()
        assert reading.list_replies(session, charlie, ReplyFilters()) == ([], "")
        with pytest.raises(NotFoundError):
            reading.mark_answered(session, charlie, [one or 0], True, NOW)
        with pytest.raises(RoleError):
            reading.list_replies(session, viewer, ReplyFilters())
        assert reading.count_since(session, viewer, NOW) == 0
        allowed = replace(viewer, viewers_see_replies=True)
        assert reading.count_since(session, allowed, NOW) == 2
        with pytest.raises(RoleError):
            reading.mark_answered(session, allowed, [one or 0], True, NOW)


def test_what_is_older_than_it_is_kept_is_gone_from_the_very_file(
    scope: Scope, engine: Engine, alice: Caller, account_id: int, tmp_path: Path
) -> None:
    secret = "the bytes of these words"
    sent_to(scope, alice, account_id, NOW, ANNA)
    report(scope, account_id, NOW + SOON, wrote(ANNA, secret, NOW + SOON))
    with scope() as session:
        keeping.prune_replies(session, NOW + timedelta(days=29))
        assert session.scalars(select(Reply)).all()
        keeping.prune_replies(session, NOW + timedelta(days=31))
        assert not session.scalars(select(Reply)).all()

    assert db.shorten_log(engine)

    for file in tmp_path.rglob("*"):
        assert secret.encode() not in (file.read_bytes() if file.is_file() else b"")


def test_a_manager_says_how_long_and_hears_of_it_once_after_an_upgrade(
    scope: Scope, alice: Caller, asked: list[int]
) -> None:
    editor = add_colleague(scope, alice, "Ed", Role.EDITOR)
    with scope() as session:
        session.get_one(Membership, (alice.id, alice.space_id)).to_hear_of_replies = True
        session.flush()
        assert keeping.is_news_to(session, alice)
        with pytest.raises(RoleError):
            keeping.choose_keeping(session, editor, "5", True, NOW)
        with pytest.raises(InputError):
            keeping.choose_keeping(session, alice, "soon", False, NOW)

        keeping.choose_keeping(session, alice, "0", True, NOW + SOON * 2)

        assert keeping.reply_settings(session, alice) == keeping.ReplySettings(0, True, False)
        assert session.scalars(select(Reply)).all() == []
        assert session.get_one(Space, alice.space_id).viewers_see_replies
