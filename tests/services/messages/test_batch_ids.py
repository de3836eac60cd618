"""The id of a batch, as a browser or a program hands it back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import Session

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.message import Status
from wasched.services.caller import Caller
from wasched.services.messages import batches, bulk
from wasched.services.messages.batch_ids import LONGEST, batch_id, batch_id_of, read_batch_ids
from wasched.services.messages.filters import Filters

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "due_at",
    [
        datetime(2026, 3, 12, 16, 42, tzinfo=UTC),
        datetime(2026, 3, 12, 16, 42, 0, 1, tzinfo=UTC),
        datetime(2026, 3, 12, 18, 42, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_an_id_is_read_back_as_its_schedule_and_its_instant(due_at: datetime) -> None:
    said = batch_id(17, due_at)

    assert read_batch_ids([said]) == [(17, due_at)]
    assert len(batch_id(10**18 - 1, due_at)) < LONGEST


def test_an_instant_has_one_id_in_whichever_zone_it_is_given() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))

    assert batch_id(17, there) == batch_id(17, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "17",
        "17~",
        "~2026-03-12T16:42:00+00:00",
        "17~2026-03-12T16:42:00",  # which zone?
        "17~tomorrow",
        "0~2026-03-12T16:42:00+00:00",
        "-17~2026-03-12T16:42:00+00:00",
        "17~1~2026-03-12T16:42:00+00:00",
        "17~0001-01-01T00:00:00+14:00",
        f"{10**30}~2026-03-12T16:42:00+00:00",
    ],
)
def test_what_is_no_id_is_left_out(text: str) -> None:
    whole = batch_id(17, NOW)

    assert read_batch_ids([text, whole]) == [(17, NOW)]


def test_the_id_of_a_line_finds_its_messages_until_they_are_moved(
    session: Session, alice: Caller, account_id: int
) -> None:
    ids = a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED, Status.SCHEDULED)
    a_send(session, alice, account_id, NOW + DAY, Status.SCHEDULED)  # another one at that instant
    lines = batches.batch_page(session, alice, Filters(), "", NOW).sends
    [key] = read_batch_ids([batch_id_of(one) for one in lines if one.count == 2])
    assert bulk.ids_of(session, alice, [key], Filters()) == ids

    bulk.move_messages(session, alice, ids[:1], DAY, NOW)

    moved = (key[0], key[1] + DAY)
    assert bulk.ids_of(session, alice, [key], Filters()) == ids[1:]
    assert bulk.ids_of(session, alice, [moved], Filters()) == ids[:1]
