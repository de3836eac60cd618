"""Lists show sends, a page at a time, for who may see them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.reasons import words
from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Account
from wasched.services.caller import Caller
from wasched.services.messages import batches, export_messages, filters, tab_counts
from wasched.services.messages.filters import Filters

HOUR = timedelta(hours=1)


def test_a_message_to_many_is_one_line_that_counts_how_they_stand(
    session: Session, alice: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW, *[Status.DELIVERED] * 84, *[Status.FAILED] * 2)

    [line] = batches.batch_page(session, alice, Filters(tab="past"), "", NOW).sends

    assert (line.count, line.waiting) == (86, 2)
    assert line.tally == {"delivered": 84, "failed": 2}


def test_every_send_is_met_once_on_the_way_through_the_pages(
    session: Session, alice: Caller, account_id: int
) -> None:
    for number in range(7):
        a_send(session, alice, account_id, NOW + number // 2 * HOUR, Status.SCHEDULED)

    met, cursor = [], ""
    while True:
        page = batches.batch_page(session, alice, Filters(), cursor, NOW, limit=3)
        met += [one.schedule_id for one in page.sends]
        cursor = page.next_cursor
        if not cursor:
            break

    assert met == sorted(set(met))
    assert len(met) == 7


def test_the_tabs_count_sends_and_no_further_than_a_mark_can_show(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    for number in range(tab_counts.MOST):
        a_send(session, alice, account_id, NOW + number * HOUR, *[Status.SCHEDULED] * 2)
    a_send(session, alice, account_id, NOW, Status.SENT, Status.FAILED, Status.CANCELLED)

    exactly = tab_counts.count_tabs(session, alice)
    a_send(session, alice, account_id, NOW, Status.SCHEDULED)
    a_send(session, alice, account_id, NOW, Status.SCHEDULED)

    assert exactly == {"coming": 99, "past": 1, "repeating": 0}
    assert tab_counts.count_tabs(session, alice)["coming"] == tab_counts.MOST + 1
    assert set(tab_counts.count_tabs(session, charlie).values()) == {0}


def test_opened_a_send_shows_each_person(session: Session, alice: Caller, account_id: int) -> None:
    a_send(session, alice, account_id, NOW, *[Status.SENT] * 3)
    a_send(session, alice, account_id, NOW + HOUR, Status.SENT)
    wanted = filters.read_filters({"tab": "all", "at": NOW.isoformat()}, alice.zone)

    page = batches.batch_page(session, alice, wanted, "", NOW)

    assert [line.count for line in page.sends] == [1, 1, 1]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"q": "ann"}, ["Anna"]),
        ({"q": "cake"}, ["Ben"]),
        ({"q": "%"}, []),
        ({"status": "failed"}, ["Ben"]),
        ({"from": "2026-03-13"}, ["Ben"]),
        ({"to": "2026-03-12"}, ["Anna"]),
        ({"order": "newest"}, ["Ben", "Anna"]),
        ({"status": "nonsense", "from": "whenever", "account": "x"}, ["Anna", "Ben"]),
    ],
)
def test_an_address_says_what_is_shown(
    session: Session, alice: Caller, account_id: int, given: dict[str, str], found: list[str]
) -> None:
    a_send(session, alice, account_id, NOW, Status.SENT, names=("Anna",))
    late = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    a_send(session, alice, account_id, late, Status.FAILED, names=("Ben",), text="Honey cake")
    wanted = filters.read_filters({"tab": "all", "order": "oldest", **given}, alice.zone)

    page = batches.batch_page(session, alice, wanted, "", NOW)

    assert [line.row.recipient for line in page.sends] == found


def test_charlie_sees_nothing_of_alices(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW, Status.FAILED)

    assert batches.batch_page(session, charlie, Filters(tab=""), "", NOW).sends == []
    assert list(export_messages.csv_lines(session, charlie, Filters(tab=""), NOW, words))[1:] == [
        ""
    ]


def test_a_damaged_cursor_is_refused(session: Session, alice: Caller) -> None:
    for cursor in ("x", "2026-03-12T16:42:00+00:00", "2026-03-12~1", "~~~"):
        with pytest.raises(InputError, match="damaged"):
            batches.batch_page(session, alice, Filters(), cursor, NOW)


def test_what_goes_out_now_counts_also_what_is_through(
    session: Session, alice: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW - HOUR, *[Status.SENT] * 39, *[Status.SCHEDULED] * 25)
    a_send(session, alice, account_id, NOW + HOUR, Status.SCHEDULED)

    [line] = batches.going_out(session, alice, NOW)

    assert line.tally == {"scheduled": 25, "sent": 39}


def test_an_export_cannot_run_as_a_formula(
    session: Session, alice: Caller, account_id: int
) -> None:
    session.get_one(Account, account_id).name = "=1+1"
    a_send(session, alice, account_id, NOW, Status.SENT, names=("@SUM(A1)",), text="=cmd|' /C'!A0")

    text = "".join(export_messages.csv_lines(session, alice, Filters(tab="past"), NOW, words))

    assert text.startswith('\ufeff"Due","Zone","To",')
    cells = "2026-03-12 17:42", "Europe/Berlin", "'@SUM(A1)", "'=1+1", "sent", "", "'=cmd|' /C'!A0"
    assert ",".join(f'"{one}"' for one in cells) in text
