"""A database with as many messages as one wants, over three years, written by SQL alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, Index, insert, inspect, literal, select, text, true
from sqlmodel import SQLModel

from wasched import db
from wasched.domain.collation import sort_key
from wasched.domain.link import LinkState
from wasched.models import (
    Account,
    Acquaintance,
    Membership,
    Recipient,
    RecipientKind,
    Role,
    Space,
    User,
)
from wasched.models.base import UtcDateTime
from wasched.services.caller import Caller

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)
OWNER = Caller(1, "Miriam", "miriam@choir.example", Role.MANAGER, "Europe/Berlin", 1, is_admin=True)
MEMBER = Caller(2, "Bob", "bob@choir.example", Role.EDITOR, "Europe/Berlin", 2)
VISITOR = Caller(1_000, "Vera", "vera@choir.example", Role.VIEWER, "Europe/Berlin", 2)
"""Looks into every space there is."""

PEOPLE, EACH = 2_000, 50
BEHIND, AHEAD = timedelta(days=1_000), timedelta(days=95)
_LONG_AGO = datetime(2023, 1, 1, tzinfo=UTC)

_SCHEDULES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :schedules - 1)
INSERT INTO schedule (space_id, account_id, contents, preview, starts_local, zone, rrule,
    month_end, exdates, late_window_s, respects_quiet_hours, stops_on_reply, status, next_at,
    next_local, tzdata, created_at, changed_at)
SELECT 1 + i % :spaces, 1 + i % :spaces, '[{"type": "text", "body": "Text ' || i || '"}]',
    'Text ' || i, datetime(:begin, (i * :step) || ' seconds') || '.000000', 'Europe/Berlin', '',
    'skip', '[]', 1800, 0, 0, CASE WHEN i * :step > :past THEN 'active' ELSE 'ended' END,
    CASE WHEN i * :step > :past
        THEN datetime(:begin, (i * :step) || ' seconds') || '.000000' END,
    NULL, '', :stamp, :stamp
FROM n
"""

_MESSAGES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :messages - 1),
m AS (SELECT i, i / :each AS s, datetime(:begin, (i / :each * :step) || ' seconds')
    || '.000000' AS at, i / :each * :step <= :past AS is_past, i % 100 AS lot FROM n)
INSERT INTO message (space_id, schedule_id, account_id, recipient_id, occurrence_at, due_at,
    try_at, late_at, status, reason, attempts, sent_text, sent_at, delivered_at, read_at,
    settled_at, dismissed_at)
SELECT 1 + s % :spaces, 1 + s, 1 + s % :spaces, 1 + i % :people, at, at, at,
    datetime(at, '1800 seconds') || '.000000',
    CASE WHEN NOT is_past THEN 'scheduled' WHEN lot < 60 THEN 'read' WHEN lot < 96 THEN
        'delivered' WHEN lot < 98 THEN 'failed' WHEN lot < 99 THEN 'missed' ELSE 'sent' END,
    '', is_past, 'Text ' || s, CASE WHEN is_past THEN at END, CASE WHEN is_past THEN at END,
    NULL, CASE WHEN is_past THEN at END, CASE WHEN is_past AND i % 1000 <> 97 THEN at END
FROM m
"""

_ATTEMPTS = """
INSERT INTO attempt (message_id, number, secret, started_at, ended_at, outcome, detail, whatsapp_id)
SELECT id, 1, randomblob(32), due_at, due_at, 'taken', '', '3EB0' || hex(randomblob(8))
FROM message WHERE attempts = 1
"""


def manager_of(space_id: int) -> Caller:
    """Who manages a space, of the same number; the first is OWNER, the second MEMBER."""
    known = {one.id: one for one in (OWNER, MEMBER)}
    email = f"user-{space_id}@choir.example"
    zone = "Europe/Berlin"
    return known.get(space_id) or Caller(space_id, "Ada", email, Role.MANAGER, zone, space_id)


def build(path: Path, messages: int, spaces: int = 2) -> Engine:
    """A database of so many messages: 50 a send, most of them gone, the rest in the next weeks.

    The spaces have the same share of it, on an account each; nobody is a stranger.
    """
    engine = db.make_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    indices = [one for table in SQLModel.metadata.sorted_tables for one in table.indexes]
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
        connection.exec_driver_sql("BEGIN")
        _fill(connection, indices, messages, spaces)
        connection.commit()
    engine.dispose()  # the next connections are as durable as those of the product
    return engine


def _fill(connection: Connection, indices: list[Index], messages: int, spaces: int) -> None:
    for one in indices:
        one.drop(connection)
    people(connection, spaces)
    schedules = -(-messages // EACH)
    step = (BEHIND + AHEAD).total_seconds() / schedules
    values = {
        "schedules": schedules,
        "messages": messages,
        "spaces": spaces,
        "each": EACH,
        "people": PEOPLE,
        "step": step,
        "past": BEHIND.total_seconds(),
        "begin": f"{NOW - BEHIND:%Y-%m-%d %H:%M:%S}",
        "stamp": f"{NOW - BEHIND:%Y-%m-%d %H:%M:%S}.000000",
    }
    for statement in (_SCHEDULES, _MESSAGES, _ATTEMPTS):
        connection.execute(text(statement), values if ":" in statement else {})
    for one in indices:
        one.create(connection)


def people(connection: Connection, spaces: int) -> None:
    """Who owns so many spaces, an account in each, and the people whom all accounts know."""
    stamp = {"created_at": NOW - BEHIND}
    _user(connection, VISITOR)
    for space_id in range(1, spaces + 1):
        who = manager_of(space_id)
        _user(connection, who)
        connection.execute(_into(Space), {"id": who.space_id, "name": who.name} | stamp)
        for one in (who, VISITOR):
            belongs = {"user_id": one.id, "space_id": space_id, "role": one.role}
            connection.execute(_into(Membership), belongs | {"joined_at": NOW})
        account = Account(
            id=who.id,
            space_id=who.space_id,
            name=f"Phone of {who.name}",
            zone=who.zone,
            state=LinkState.CONNECTED,
            state_since=NOW,
            gap_min_s=0,
            gap_max_s=0,
            daily_cap=10**6,
            stranger_cap=10**6,
            **stamp,
        )
        connection.execute(_into(Account), dict(account))
    person = {"space_id": 1, "kind": RecipientKind.PERSON, **stamp}
    singers = [
        Recipient(
            **person, id=n, name=name, sort_key=sort_key(name), phone=f"+49152{n:08}"
        ).model_dump()
        for n in range(1, PEOPLE + 1)
        for name in [f"Singer {n}"]
    ]
    connection.execute(_into(Recipient), singers)
    knows = select(Account.id, Recipient.id, literal(_LONG_AGO, UtcDateTime)).join_from(
        Account, Recipient, true()
    )
    connection.execute(
        insert(Acquaintance).from_select(["account_id", "recipient_id", "since"], knows)
    )


def _user(connection: Connection, who: Caller) -> None:
    row = {"id": who.id, "email": who.email, "name": who.name, "is_admin": who.is_admin}
    made = {"created_at": NOW - BEHIND, "password_hash": "", "zone": who.zone}
    connection.execute(_into(User), row | made)


def _into(model: type[SQLModel]) -> object:
    return insert(inspect(model).local_table)
