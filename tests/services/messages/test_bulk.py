"""One decision about many messages, and taking it back."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.messages import batches, bulk
from wasched.services.messages.filters import Filters

DAY = timedelta(days=1)


def statuses(session: Session, ids: list[int]) -> list[str]:
    """How the messages stand in the database."""
    session.flush()
    session.expire_all()
    return [session.get_one(Message, one).status for one in ids]


def test_what_waits_is_cancelled_and_the_rest_is_left_and_counted(
    session: Session, alice: Caller, account_id: int
) -> None:
    ids = a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED, Status.SENT)

    deed = bulk.decide_messages(session, alice, ids, "cancel", NOW)

    assert statuses(session, ids) == ["cancelled", "sent"]
    assert (len(deed.done), deed.left) == (1, 1)


def test_undo_puts_everything_back_as_it_was(
    session: Session, alice: Caller, account_id: int
) -> None:
    ids = a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED, Status.MISSED)
    before = [vars(session.get_one(Message, one)).copy() for one in ids]
    deed = bulk.decide_messages(session, alice, ids, "cancel", NOW)

    assert bulk.undo_bulk(session, alice, deed, NOW) == 2

    session.flush()
    session.expire_all()
    for was, one in zip(before, ids, strict=True):
        now = session.get_one(Message, one)
        assert {key: getattr(now, key) for key in was if key[0] != "_"} == {
            key: value for key, value in was.items() if key[0] != "_"
        }


def test_undo_leaves_alone_what_a_worker_has_taken_meanwhile(
    session: Session, alice: Caller, account_id: int
) -> None:
    [one] = a_send(session, alice, account_id, NOW, Status.MISSED)
    deed = bulk.decide_messages(session, alice, [one], "send_again", NOW)
    session.get_one(Message, one).status = Status.SENDING
    session.flush()

    assert bulk.undo_bulk(session, alice, deed, NOW) == 0
    assert statuses(session, [one]) == ["sending"]


def test_moved_messages_keep_their_distance_and_their_late_window(
    session: Session, alice: Caller, account_id: int
) -> None:
    first = a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED)
    second = a_send(session, alice, account_id, NOW + 2 * DAY, Status.SCHEDULED)

    bulk.move_messages(session, alice, first + second, 3 * DAY, NOW)

    rows = [session.get_one(Message, one) for one in first + second]
    assert [row.due_at for row in rows] == [NOW + 4 * DAY, NOW + 5 * DAY]
    assert {row.late_at - row.due_at for row in rows} == {timedelta(minutes=30)}
    assert all(row.try_at == row.due_at for row in rows)


def test_nothing_is_moved_into_the_past(session: Session, alice: Caller, account_id: int) -> None:
    [one] = a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED)

    with pytest.raises(InputError, match="over"):
        bulk.move_messages(session, alice, [one], -2 * DAY, NOW)


def test_charlie_decides_nothing_about_alices(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    ids = a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED)
    deed = bulk.decide_messages(session, alice, ids, "cancel", NOW)

    assert bulk.decide_messages(session, charlie, ids, "cancel", NOW).done == ()
    assert bulk.move_messages(session, charlie, ids, DAY, NOW).done == ()
    assert bulk.undo_bulk(session, charlie, deed, NOW) == 0


def test_a_line_stands_for_the_messages_that_its_list_shows(
    session: Session, alice: Caller, account_id: int
) -> None:
    ids = a_send(session, alice, account_id, NOW, Status.FAILED, Status.SENT)
    [line] = batches.batch_page(session, alice, Filters(tab="needs"), "", NOW).sends

    found = bulk.ids_of(session, alice, [(line.schedule_id, line.row.due_at)], Filters(tab="needs"))

    assert found == ids[:1]
