"""Schedules messages as the api does: instants (seconds since 1970) as a JSON array on stdin.

What is due at one instant is one schedule, or several of the largest size there may be, for each of
BENCH_ACCOUNTS accounts, which send one after another.
"""

import itertools
import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlmodel import Session

from tests.owner import add_owner
from tests.scopes import session_scope
from wasched import bootstrap, tasks
from wasched.domain.collation import sort_key
from wasched.domain.content import Text
from wasched.domain.log_tail import LogPart
from wasched.models import Account, Recipient, RecipientKind
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.schedules import create
from wasched.services.schedules.requests import RECIPIENTS_MAX, ScheduleRequest

TEXT = Text("Hello {first_name}, rehearsal is at 19:30 today. Please bring the blue folder.")
_ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", "1"))


def main(instants: list[float]) -> None:
    """Schedule a message for each instant, as the api would."""
    bootstrap.start(LogPart.SERVER)
    bootstrap.carry_out_effects(tasks.carry_out)
    with session_scope() as session:
        owner = add_owner(session, bootstrap.clock().now())
        accounts = [_account(session, owner) for _ in range(_ACCOUNTS)]
        due_at = (datetime.fromtimestamp(one, UTC) for one in instants)
        at = Counter(zip(due_at, itertools.cycle(accounts), strict=False))
        people = _people(session, owner, max(at.values()))
    for (due, account_id), count in sorted(at.items()):
        for first in range(0, count, RECIPIENTS_MAX):
            to = tuple(people[first : min(first + RECIPIENTS_MAX, count)])
            request = ScheduleRequest(account_id, to, (TEXT,), due.date(), due.time(), "UTC")
            with session_scope() as session:
                create.create_schedule(session, owner, request, bootstrap.clock().now())


def _account(session: Session, owner: Caller) -> int:
    account_id = accounts.add_account(session, owner, "Choir phone", bootstrap.clock().now())
    account = session.get_one(Account, account_id)
    account.gap_min_s = account.gap_max_s = 0
    account.daily_cap = account.stranger_cap = 10**6
    return account_id


def _people(session: Session, owner: Caller, count: int) -> list[int]:
    person = {"space_id": owner.space_id, "kind": RecipientKind.PERSON}
    now = bootstrap.clock().now()
    session.execute(
        insert(Recipient),
        [
            person
            | {
                "name": f"Singer {n}",
                "sort_key": sort_key(f"Singer {n}"),
                "phone": f"+49152{n:08}",
                "created_at": now,
            }
            for n in range(count)
        ],
    )
    return list(session.scalars(select(Recipient.id).order_by(Recipient.id)))


if __name__ == "__main__":
    main(json.load(sys.stdin))
