"""Whatever happens to accounts and numbers, none sends more than the day's cap of its number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.new_database import empty_tables
from tests.owner import add_person
from tests.scopes import session_scope
from wasched.domain import wall_clock
from wasched.domain.content import Text
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.pacing import Go, may_send
from wasched.domain.reasons import NO_REASON
from wasched.models import Account, Acquaintance, Message, Recipient
from wasched.services.accounts.todays_use import pace_today
from wasched.services.accounts.warm_up import note_number
from wasched.services.schedules import create

BEGUN = datetime(2026, 3, 26, 9, tzinfo=UTC)  # three days before the clocks of Europe change
ZONES = ("Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles")
DIGITS = ("4915100000001", "4915100000002")
TRIES = 12
_occurrences = count()

steps = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 40), st.just(0)),
    st.tuples(st.just("link"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("send"), st.integers(0, 2), st.integers(0, 5)),
)


@dataclass
class History:
    """What really went out: when, from which number, and whether to somebody new."""

    first: dict[str, datetime] = field(default_factory=dict)
    number: dict[int, str] = field(default_factory=dict)
    sent: list[tuple[datetime, str, bool]] = field(default_factory=list)

    def check_last(self, account: Account) -> None:
        """What just went is within the day's caps of its number, as this account's day goes."""
        zone = wall_clock.zone(account.zone)
        at, digits, _ = self.sent[-1]
        today = at.astimezone(zone).date()
        day = (today - self.first[digits].astimezone(zone).date()).days + 1
        most, new = account.daily_cap, account.stranger_cap
        if day <= 14:
            most, new = min(most, 10 * day), min(new, (3 * day + 1) // 2)
        went = [
            is_new
            for then, which, is_new in self.sent
            if which == digits and then.astimezone(zone).date() == today
        ]
        assert len(went) <= most
        assert sum(went) <= new


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Three accounts in two spaces, each with something it can send, and many people."""
    engine = empty_tables(Path(tmp_path_factory.mktemp("histories")) / "app.db")
    with session_scope(bound=engine) as session:
        owners = [add_person(session, name, BEGUN, "UTC", is_admin=name == "Ada") for name in "AB"]
        for number, zone in enumerate(ZONES):
            _add_account(session, owners[number % 2], zone)
    yield engine
    engine.dispose()


def _add_account(session: Session, owner: object, zone: str) -> None:
    account = Account(
        space_id=owner.space_id,
        name=zone,
        zone=zone,
        created_at=BEGUN,
        state=LinkState.CONNECTED,
        state_since=BEGUN,
        daily_cap=25,
        stranger_cap=6,
    )
    session.add(account)
    session.flush()
    to = tuple(f"+49 151 2345 {6000 + one}" for one in range(90))
    later = (BEGUN + timedelta(days=900)).replace(tzinfo=None)
    create.create_schedule(
        session,
        owner,
        create.ScheduleRequest(account.id, to, (Text("Hi"),), later.date(), later.time(), "UTC"),
        BEGUN,
    )


@settings(max_examples=12, deadline=None)
@given(st.lists(steps, min_size=4, max_size=14))
def test_no_number_sends_more_than_the_cap_of_its_day(
    filled: Engine, happens: list[tuple[str, int, int]]
) -> None:
    now, history = BEGUN, History()
    with session_scope(bound=filled) as session:
        accounts = list(session.scalars(select(Account).order_by(Account.id)))
        for deed, one, two in happens:
            now += timedelta(hours=one) if deed == "wait" else timedelta(seconds=1)
            if deed == "link":
                _link(session, history, accounts[one], DIGITS[two], now)
            elif deed == "send" and accounts[one].id in history.number:
                now = _send_most(session, history, accounts[one], two, now)
        session.rollback()


def _link(session: Session, history: History, account: Account, digits: str, at: datetime) -> None:
    note_number(session, account, f"{digits}@s.whatsapp.net", at)
    history.number[account.id] = digits
    history.first.setdefault(digits, at)


def _send_most(
    session: Session, history: History, account: Account, new: int, now: datetime
) -> datetime:
    """Try to send as much as there is, the first of it to new people."""
    for number in range(TRIES):
        now += timedelta(seconds=60)
        is_new = number < new
        pace, use = pace_today(session, account, now)
        if may_send(now, pace, use, is_new, wall_clock.zone(account.zone)) != Go():
            if is_new:
                continue
            break
        _write_down(session, account, now, is_new=is_new)
        history.sent.append((now, history.number[account.id], is_new))
        history.check_last(account)
    return now


def _write_down(session: Session, account: Account, now: datetime, *, is_new: bool) -> None:
    row = session.scalars(select(Message).where(Message.account_id == account.id)).first()
    values = row.model_dump(exclude={"id"})
    values |= {
        "reason": NO_REASON,
        "occurrence_at": now + timedelta(microseconds=next(_occurrences)),
        "status": Status.SENT,
        "sent_at": now,
    }
    session.add(Message(**values))
    if is_new:
        met = select(Acquaintance.recipient_id).where(Acquaintance.account_id == account.id)
        stranger = session.scalars(select(Recipient.id).where(Recipient.id.not_in(met))).first()
        session.add(Acquaintance(account_id=account.id, recipient_id=stranger, since=now))
    session.flush()
