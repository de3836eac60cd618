"""How PostgreSQL means to answer what is asked often, with a hundred thousand messages."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.bench.library import MEMBER, NOW, OWNER, VISITOR
from tests.bench.library_on_postgresql import build
from tests.postgresql import is_wanted
from tests.scopes import session_scope
from wasched.domain.link import IncomingSeen
from wasched.models import Account
from wasched.services.delivery import claim, expiry, overdue, send_watch
from wasched.services.line import replies
from wasched.services.messages import (
    all_spaces,
    batches,
    calendar,
    due_today,
    message_actions,
    tab_counts,
)
from wasched.services.messages.filters import Filters
from wasched.services.schedules import catch_up

pytestmark = pytest.mark.skipif(
    not is_wanted(), reason="it takes long; `make test-postgresql` runs it"
)
SOON = NOW + timedelta(days=5)
JID = "4915100000001@s.whatsapp.net"
MONTH = date(2026, 3, 1)
LARGE = ("message", "attempt")


def hear(session: Session) -> None:
    """Take in what somebody wrote."""
    seen = IncomingSeen("A", JID, JID, "Yes", NOW, sender_alt="1@lid", quotes="B")
    replies.take_replies(session, session.get_one(Account, 1), [seen], NOW)


ASKED: dict[str, Callable[[Session], object]] = {
    "claim": lambda s: claim.claim_due(s, 1, SOON, Random(1)),
    "next try": lambda s: claim.next_try(s, 1),
    "expire": lambda s: expiry.expire_messages(s, SOON),
    "overdue": lambda s: overdue.look_at_accounts(s, NOW),
    "behind": lambda s: catch_up.is_any_behind(s, NOW),
    "first of a send": lambda s: send_watch.first_rows(s, (1, NOW)),
    "coming": lambda s: batches.batch_page(s, OWNER, Filters(), "", NOW, limit=30),
    "past": lambda s: batches.batch_page(
        s, MEMBER, Filters(tab="past", newest_first=True), "", NOW, limit=30
    ),
    "needs": lambda s: batches.batch_page(
        s, OWNER, Filters(tab="needs", newest_first=True), "", NOW, limit=30
    ),
    "each": lambda s: batches.batch_page(
        s, OWNER, Filters(tab="past", each=True, newest_first=True), "", NOW, limit=30
    ),
    "somebody's": lambda s: batches.batch_page(
        s, OWNER, Filters(tab="past", recipient_id=77, newest_first=True), "", NOW, limit=30
    ),
    "searched": lambda s: batches.batch_page(
        s, OWNER, Filters(tab="past", search="Singer 77", newest_first=True), "", NOW
    ),
    "month": lambda s: calendar.calendar_days(s, OWNER, MONTH, 31, NOW),
    "tabs": lambda s: tab_counts.count_tabs(s, OWNER),
    "needing": lambda s: message_actions.needing_me(s, OWNER),
    "going out": lambda s: batches.going_out(s, OWNER, NOW),
    "known": lambda s: batches.those_batches(s, OWNER, range(1, 60), NOW),
    "today": lambda s: due_today.by_account(s, OWNER, [1, 2], NOW),
    "next send": lambda s: due_today.next_send(s, OWNER, [1, 2], NOW),
    "all spaces": lambda s: all_spaces.glance_at_all(s, VISITOR, NOW),
    "reply": hear,
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A large library, and the server's statistics of it."""
    made = build(tmp_path_factory.mktemp("library"), 100_000)
    yield made
    made.dispose()


@pytest.mark.parametrize("name", ASKED)
def test_nothing_reads_all_messages(engine: Engine, name: str) -> None:
    found = plans(engine, ASKED[name])

    whole = [
        (node["Relation Name"], statement)
        for statement, plan in found
        for node in nodes(plan)
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE
    ]
    assert found
    assert whole == []


def plans(engine: Engine, deed: Callable[[Session], object]) -> list[tuple[str, Any]]:
    """The plan of each statement that a deed makes, beside it."""
    found: list[tuple[str, Any]] = []

    def explain(_c: Any, cursor: Any, statement: str, values: Any, _x: Any, many: bool) -> None:
        if many or not statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            return
        with cursor.connection.cursor() as other:
            other.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
            [(plan,)] = other.fetchall()
        found.append((statement, (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]))

    event.listen(engine, "before_cursor_execute", explain)
    try:
        with session_scope(bound=engine) as session:
            deed(session)
            session.rollback()
    finally:
        event.remove(engine, "before_cursor_execute", explain)
    return found


def nodes(plan: Any) -> Iterator[Any]:
    """A plan and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)
