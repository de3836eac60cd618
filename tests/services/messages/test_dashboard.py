"""What the first page counts."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.requests import a_request, save
from tests.services.sent import a_send
from wasched.domain.message import Status
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.messages import dashboard, message_actions
from wasched.ui.core.rows import going_line

DAY = timedelta(days=1)


def test_the_week_counts_what_went_out_and_what_failed(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    every = (Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED, Status.FAILED)
    a_send(session, alice, account_id, NOW - 6 * DAY, *every, Status.MISSED, Status.UNKNOWN)
    a_send(session, alice, account_id, NOW - 8 * DAY, *every)
    a_send(session, alice, account_id, NOW + DAY)

    assert message_actions.status_counts(session, alice, NOW) == {
        "sent": 4,
        "delivered": 3,
        "failed": 1,
    }
    assert message_actions.status_counts(session, charlie, NOW) == {
        "sent": 0,
        "delivered": 0,
        "failed": 0,
    }


def test_an_account_says_how_many_wait_and_when_the_next_is_due(
    session: Session, alice: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW + 2 * DAY, Status.SCHEDULED, Status.SCHEDULED)
    a_send(session, alice, account_id, NOW + DAY, Status.CANCELLED)
    a_send(session, alice, account_id, NOW + 3 * DAY)

    card = accounts.account_card(session, alice, account_id, NOW)

    assert (card.waiting, card.next_due_at) == (3, NOW + 2 * DAY)


def test_a_running_batch_says_when_its_last_one_goes_by_all_limits(
    scope: Scope, alice: Caller
) -> None:
    capped = add_account(scope, alice, gap_min_s=10, gap_max_s=20, daily_cap=2)
    numbers = [f"+4915123456{number:03}" for number in range(3)]
    save(scope, alice, a_request(capped, *numbers, late_s=7 * 86400), NOW)

    with scope(write=False) as session:
        [going] = dashboard.home_view(session, alice, NOW + timedelta(seconds=1)).going

    midnight = datetime(2026, 3, 12, 23, tzinfo=UTC)  # in Berlin
    assert going.last_at == midnight
    assert "last one about tomorrow at 00:00" in going_line(going, alice.zone, NOW).progress
