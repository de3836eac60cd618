"""Runs in a container of the image, fed to its Python: deeds on the database, told as JSON."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests.owner import add_owner, signed_in
from tests.scopes import session_scope
from wasched import tasks
from wasched.domain.content import Text
from wasched.models import Account, AuditEntry, Message, Pairing, SignIn, User
from wasched.services.accounts import accounts
from wasched.services.schedules import create

_AT_ONCE = 50
"""Messages scheduled in one transaction: others wait ten seconds for their turn to write."""


def qr_code() -> str:
    """The QR code that is shown now, or nothing."""
    with session_scope(write=False) as session:
        return session.scalar(select(Pairing.code)) or ""


def begin() -> None:
    """Make an owner and an account, which asks for a code at once."""
    now = datetime.now(UTC)
    with session_scope() as session:
        owner = add_owner(session, now)
        accounts.add_account(session, owner, "Choir phone", now)


def hurry() -> None:
    """Let the account send without gaps and caps."""
    with session_scope() as session:
        for account in session.scalars(select(Account)):
            account.gap_min_s = account.gap_max_s = 0
            account.daily_cap = account.stranger_cap = 10**6


def schedule(to: list[str], texts: list[str], in_s: float, step_s: float) -> None:
    """Schedule texts, each to one of the numbers in turn, `step_s` seconds apart."""
    now = datetime.now(UTC)  # one for all: on a busy machine the first may be due meanwhile
    begin = now + timedelta(seconds=in_s)
    numbered = list(enumerate(texts))
    for first in range(0, len(numbered), _AT_ONCE):
        with session_scope() as session:
            user = session.scalars(select(User)).one()
            owner = signed_in(session, user)
            account = session.scalars(select(Account)).one()
            for number, text in numbered[first : first + _AT_ONCE]:
                at = begin + timedelta(seconds=step_s * number)
                request = create.ScheduleRequest(
                    account.id or 0,
                    (to[number % len(to)],),
                    (Text(text),),
                    at.date(),
                    at.time(),
                    "UTC",
                )
                create.create_schedule(session, owner, request, now)
    tasks.lay_out()


def statuses() -> list[str]:
    """How every message stands."""
    with session_scope(write=False) as session:
        return [str(message.status) for message in session.scalars(select(Message))]


def addresses() -> dict[str, list[str]]:
    """Where people signed in from, by the list of browsers and by the audit."""
    with session_scope(write=False) as session:
        return {
            "browsers": list(session.scalars(select(SignIn.address))),
            "audit": list(session.scalars(select(AuditEntry.address))),
        }


if __name__ == "__main__":
    deeds: dict[str, Callable[..., object]] = {
        deed.__name__: deed for deed in (begin, qr_code, hurry, schedule, statuses, addresses)
    }
    sys.stdout.write(json.dumps(deeds[sys.argv[1]](**json.loads(sys.argv[2]))) + "\n")
