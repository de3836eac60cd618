"""What writes events for other programs: triggers, so that no change can forget its event.

A status is written by some twenty statements, and the twenty-first must not know of this. They are
temporary triggers of a connection, there only while somebody reads events: without a reader a
transaction pays for one look into an empty table, and its statements for nothing. And the schema
stays without triggers, which a restore takes from nobody.
"""

import sqlite3
from dataclasses import dataclass

from wasched.domain.message import Status
from wasched.domain.outbox import KIND_OF_STATUS, EventKind

_LOOK = (
    "SELECT EXISTS (SELECT 1 FROM main.event_reader),"
    " EXISTS (SELECT 1 FROM temp.sqlite_master WHERE type = 'trigger')"
)
_NOW = "{now}"
_COLUMNS = "space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason"

# As UtcDateTime keeps an instant.
_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
_POSTGRESQL_NOW = "date_trunc('milliseconds', timezone('utc', clock_timestamp()))"

_IS_READ = "wasched.is_read"
FOLLOW_READERS = (
    f"SELECT set_config('{_IS_READ}', (EXISTS (SELECT 1 FROM event_reader))::text, true)"
)
"""What a writing transaction of PostgreSQL begins with, for its triggers to know of readers."""


@dataclass(frozen=True)
class _Trigger:
    """What writes an event: after which change of which table, when, and by which statement."""

    name: str
    change: str
    table: str
    when: str
    statement: str

    def temporary(self) -> str:
        """As one of an SQLite connection's own."""
        return (
            f"CREATE TEMP TRIGGER outbox_{self.name} AFTER {self.change} ON main.{self.table}"
            f" WHEN ({self.when}) BEGIN {self.statement.replace(_NOW, _SQLITE_NOW)}; END"
        )

    def permanent(self) -> str:
        """As one of PostgreSQL's, which has none that are temporary."""
        statement = self.statement.replace(_NOW, _POSTGRESQL_NOW)
        name = f"outbox_{self.name}"
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {statement}; RETURN NULL; END $$;"
            f" CREATE TRIGGER {name} AFTER {self.change} ON {self.table} FOR EACH ROW"
            f" WHEN (current_setting('{_IS_READ}', true) = 'true' AND ({self.when}))"
            f" EXECUTE FUNCTION {name}()"
        )


def follow_readers(connection: sqlite3.Connection) -> None:
    """Have what a writing transaction does noted as events if anybody reads them, else not."""
    try:
        is_read, has_triggers = connection.execute(_LOOK).fetchone()
    except sqlite3.OperationalError:
        return  # of an older version: nobody reads there
    if bool(is_read) != bool(has_triggers):
        for statement in _MAKE if is_read else _DROP:
            connection.execute(statement)


def permanent_triggers() -> list[str]:
    """Statements that give a PostgreSQL database the triggers of today in place of any others."""
    return [_DROP_PERMANENT, *(one.permanent() for one in _TRIGGERS)]


def _trigger(name: str, change: str, table: str, row: str, when: str, *values: str) -> _Trigger:
    """A trigger that writes one event about the NEW or OLD row of a table."""
    statement = (
        f"INSERT INTO outbox_event ({_COLUMNS}, at)"
        f" SELECT {row}.space_id, {', '.join(values)}, {_NOW}"
        f" FROM event_reader WHERE event_reader.space_id = {row}.space_id"
    )
    return _Trigger(name, change, table, when, statement)


def _of_message(kind: str, row: str, state: str = "", reason: str = "") -> tuple[str, ...]:
    ids = (f"{row}.{one}" for one in ("id", "account_id", "schedule_id", "recipient_id"))
    message, *others = ids
    return (
        *(kind, message, *others),
        *(state or f"{row}.status", f"{row}.due_at", reason or f"{row}.reason"),
    )


def _plain(kind: EventKind, **values: str) -> tuple[str, ...]:
    """The values of an event about something else than a message."""
    nothing = {"account": "NULL", "schedule": "NULL", "recipient": "NULL", "state": "''"}
    given = nothing | {"reason": "''"} | values
    names = ("account", "schedule", "recipient", "state")
    return (f"'{kind}'", "NEW.id", *(given[one] for one in names), "NULL", given["reason"])


def _vote_trigger(name: str, change: str, when: str) -> _Trigger:
    """A trigger that writes one event about a vote: it names its poll, which is a message."""
    values = (
        f"one.space_id, '{EventKind.POLL_VOTED}', one.id, one.account_id, one.schedule_id, "
        f"coalesce(NEW.recipient_id, one.recipient_id), NEW.chosen, one.due_at, '', {_NOW}"
    )
    statement = (
        f"INSERT INTO outbox_event ({_COLUMNS}, at) SELECT {values} FROM message AS one"
        " JOIN event_reader ON event_reader.space_id = one.space_id"
        " WHERE one.id = NEW.message_id"
    )
    return _Trigger(name, change, "vote", when, statement)


def _hold_trigger(name: str, change: str, when: str) -> _Trigger:
    """A trigger that writes one event about a send that stopped itself: it names its schedule."""
    due = (
        "coalesce((SELECT due_at FROM message WHERE schedule_id = NEW.schedule_id"
        " AND occurrence_at = NEW.occurrence_at ORDER BY due_at LIMIT 1), NEW.occurrence_at)"
    )
    values = (
        f"one.space_id, '{EventKind.SCHEDULE_HOLD_CHANGED}', one.id, one.account_id, one.id, NULL,"
        f" NEW.state, {due}, '', {_NOW}"
    )
    statement = (
        f"INSERT INTO outbox_event ({_COLUMNS}, at) SELECT {values} FROM schedule AS one"
        " JOIN event_reader ON event_reader.space_id = one.space_id"
        " WHERE one.id = NEW.schedule_id"
    )
    return _Trigger(name, change, "send_hold", when, statement)


_CASES = " ".join(f"WHEN '{one}' THEN '{kind}'" for one, kind in KIND_OF_STATUS.items())
_KIND_AT_FIRST = f"CASE NEW.status {_CASES} END"  # null where it is no news
# A claim that is given back is none, and neither is a recording played after it was seen.
_KIND_AFTER = (
    f"CASE WHEN OLD.status = '{Status.SENDING}' AND NEW.status = '{Status.SCHEDULED}' THEN NULL"
    f" WHEN OLD.status = '{Status.READ}' AND NEW.status = '{Status.PLAYED}' THEN NULL"
    f" ELSE {_KIND_AT_FIRST} END"
)
_OVER = "('ended', 'cancelled')"

_TRIGGERS = (
    _trigger(
        "message_changed",
        "UPDATE OF status, due_at",
        "message",
        "NEW",
        "(NEW.status <> OLD.status OR"
        f" (NEW.due_at <> OLD.due_at AND NEW.status = '{Status.SCHEDULED}'))"
        f" AND {_KIND_AFTER} IS NOT NULL",
        *_of_message(_KIND_AFTER, "NEW"),
    ),
    _trigger(
        "message_made",
        "INSERT",
        "message",
        "NEW",
        f"{_KIND_AT_FIRST} IS NOT NULL",
        *_of_message(_KIND_AT_FIRST, "NEW"),
    ),
    _trigger(  # it was taken in, to be laid out anew or never
        "message_gone",
        "DELETE",
        "message",
        "OLD",
        f"OLD.status = '{Status.SCHEDULED}'",
        *_of_message(f"'{EventKind.MESSAGE_CANCELLED}'", "OLD", f"'{Status.CANCELLED}'", "''"),
    ),
    _trigger(
        "taken_back",
        "UPDATE OF taken_back_at",
        "message",
        "NEW",
        "OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL",
        *_of_message(f"'{EventKind.MESSAGE_TAKEN_BACK}'", "NEW"),
    ),
    _trigger(
        "corrected",
        "UPDATE OF state",
        "amendment",
        "NEW",
        "NEW.kind = 'correct' AND NEW.state = 'done' AND OLD.state <> 'done'",
        f"'{EventKind.MESSAGE_CORRECTED}'",
        "NEW.message_id",
        "NEW.account_id",
        *(
            f"(SELECT {one} FROM message WHERE id = NEW.message_id)"
            for one in ("schedule_id", "recipient_id", "status", "due_at", "reason")
        ),
    ),
    _trigger(
        "opted_out",
        "UPDATE OF opted_out_at",
        "recipient",
        "NEW",
        "OLD.opted_out_at IS NULL AND NEW.opted_out_at IS NOT NULL",
        *_plain(EventKind.PERSON_OPTED_OUT, recipient="NEW.id"),
    ),
    _trigger(
        "reply_received",
        "INSERT",
        "reply",
        "NEW",
        "TRUE",
        *_plain(
            EventKind.REPLY_RECEIVED,
            account="NEW.account_id",
            schedule="(SELECT schedule_id FROM message WHERE id = NEW.message_id)",
            recipient="NEW.recipient_id",
            state="NEW.message_id",  # which message it answers
        ),
    ),
    _trigger(
        "account_changed",
        "UPDATE OF state",
        "account",
        "NEW",
        "NEW.state <> OLD.state",
        *_plain(
            EventKind.ACCOUNT_STATE_CHANGED,
            account="NEW.id",
            state="NEW.state",
            reason="NEW.state_detail",
        ),
    ),
    _trigger(
        "schedule_ended",
        "UPDATE OF status",
        "schedule",
        "NEW",
        f"NEW.status IN {_OVER} AND OLD.status NOT IN {_OVER}",
        *_plain(
            EventKind.SCHEDULE_ENDED,
            account="NEW.account_id",
            schedule="NEW.id",
            state="NEW.status",
        ),
    ),
    *(
        _trigger(
            f"approval_{name}",
            change,
            "schedule",
            "NEW",
            when,
            *_plain(
                EventKind.SCHEDULE_APPROVAL_CHANGED,
                account="NEW.account_id",
                schedule="NEW.id",
                state="CASE NEW.approval WHEN '' THEN 'given' ELSE NEW.approval END",
            ),
        )
        for name, change, when in (
            ("asked", "INSERT", "NEW.approval <> ''"),
            (
                "changed",
                "UPDATE OF approval",
                "NEW.approval <> OLD.approval",
            ),
        )
    ),
    _hold_trigger("send_held", "INSERT", "TRUE"),
    _hold_trigger("hold_decided", "UPDATE OF state", "NEW.state <> OLD.state"),
    # A vote that cannot be read says nothing.
    _vote_trigger("voted", "INSERT", "NEW.chosen IS NOT NULL"),
    _vote_trigger(
        "voted_anew",
        "UPDATE OF chosen",
        "NEW.chosen IS NOT NULL AND (OLD.chosen IS NULL OR NEW.chosen <> OLD.chosen)",
    ),
    _trigger(
        "import_saved",
        "UPDATE OF state",
        "people_import",
        "NEW",
        "NEW.state = 'saved' AND OLD.state <> 'saved'",
        *_plain(EventKind.IMPORT_FINISHED, state="NEW.state"),
    ),
)
_MAKE = tuple(one.temporary() for one in _TRIGGERS)
_DROP = tuple(f"DROP TRIGGER temp.outbox_{one.name}" for one in _TRIGGERS)
_DROP_PERMANENT = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
        WHERE tgname LIKE 'outbox\\_%' AND NOT tgisinternal
        AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema::regnamespace)
    LOOP EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.relation); END LOOP;
END $$"""
