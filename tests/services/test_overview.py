"""What the first page counts."""

from datetime import timedelta

from sqlmodel import Session

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.message import Status
from wasched.services import accounts, messages
from wasched.services.views import SignedIn

DAY = timedelta(days=1)


def test_the_week_counts_what_went_out_and_what_failed(
    session: Session, alice: SignedIn, charlie: SignedIn, account_id: int
) -> None:
    every = (Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED, Status.FAILED)
    a_send(session, alice, account_id, NOW - 6 * DAY, *every, Status.MISSED, Status.UNKNOWN)
    a_send(session, alice, account_id, NOW - 8 * DAY, *every)
    a_send(session, alice, account_id, NOW + DAY)

    assert messages.counts(session, alice, NOW) == {"sent": 4, "delivered": 3, "failed": 1}
    assert messages.counts(session, charlie, NOW) == {"sent": 0, "delivered": 0, "failed": 0}


def test_an_account_says_how_many_wait_and_when_the_next_is_due(
    session: Session, alice: SignedIn, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW + 2 * DAY, Status.SCHEDULED, Status.SCHEDULED)
    a_send(session, alice, account_id, NOW + DAY, Status.CANCELLED)
    a_send(session, alice, account_id, NOW + 3 * DAY)

    card = accounts.card(session, alice, account_id, NOW)

    assert (card.waiting, card.next_due_at) == (3, NOW + 2 * DAY)
