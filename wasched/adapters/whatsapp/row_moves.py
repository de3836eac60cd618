"""A device's rows, from a SQLite file of the library's into its tables in PostgreSQL, and back.

Only between tables of a version that is known; both sides have the same names and columns then.
"""

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from wasched.adapters.whatsapp import session_store
from wasched.adapters.whatsapp.library_address import Connection
from wasched.adapters.whatsapp.session_place import StoreFaultError
from wasched.adapters.whatsapp.store_faults import UNKNOWN

KNOWN_VERSIONS = frozenset({15})
"""The versions of the library's tables whose rows were moved and then used."""

OWNERS = {
    "whatsmeow_device": "jid",
    "whatsmeow_identity_keys": "our_jid",
    "whatsmeow_pre_keys": "jid",
    "whatsmeow_sessions": "our_jid",
    "whatsmeow_sender_keys": "our_jid",
    "whatsmeow_app_state_sync_keys": "jid",
    "whatsmeow_app_state_version": "jid",
    "whatsmeow_app_state_mutation_macs": "jid",
    "whatsmeow_contacts": "our_jid",
    "whatsmeow_chat_settings": "our_jid",
    "whatsmeow_message_secrets": "our_jid",
    "whatsmeow_privacy_tokens": "our_jid",
    "whatsmeow_nct_salt": "our_jid",
    "whatsmeow_event_buffer": "our_jid",
    "whatsmeow_retry_buffer": "our_jid",
}
"""The tables of a device's rows, and which column names the device; in an order that keys allow."""

_COMMON = "whatsmeow_lid_map"  # which number has which LID: the same for everybody
_VERSION = "whatsmeow_version"
_KNOWN_TO = f"""
SELECT lid, pn FROM {_COMMON} AS map WHERE
    EXISTS (SELECT 1 FROM whatsmeow_contacts WHERE our_jid = %(jid)s
        AND their_jid IN (map.lid || '@lid', map.pn || '@s.whatsapp.net'))
    OR lid IN (SELECT split_part(their_id, '_', 1) FROM whatsmeow_sessions WHERE our_jid = %(jid)s)
    OR pn = split_part(split_part(%(jid)s, '@', 1), ':', 1)
"""


def move_in(file: Path, connection: Connection) -> str:
    """Write a file's one device into PostgreSQL, within a transaction; returns its JID.

    What was there of the same device goes. StoreFaultError if either is of another version.
    """
    with closing(session_store.open_store(file)) as source:
        _require_known(source, connection)
        devices = source.execute("SELECT jid FROM whatsmeow_device").fetchall()
        if len(devices) != 1:
            raise StoreFaultError(UNKNOWN, f"{len(devices)} devices are linked in {file.name}")
        ((jid,),) = devices
        delete_device(connection, jid)
        for table in OWNERS:
            _copy_in(source, connection, table)
        pairs = source.execute(f"SELECT lid, pn FROM {_COMMON}").fetchall()
    _learn_pairs(connection, pairs)
    return str(jid)


def copy_out(connection: Connection, jid: str, file: Path) -> None:
    """Write a device into a file in which the library has made empty tables."""
    with closing(sqlite3.connect(file)) as target, target:
        _require_known(target, connection)
        for table, owner in OWNERS.items():
            columns = _columns(connection, table)
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            found = connection.execute(f"SELECT {names} FROM {table} WHERE {owner} = %s", [jid])
            rows = ([_plain(one) for one in row] for row in found)
            target.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        pairs = connection.execute(_KNOWN_TO, {"jid": jid}).fetchall()
        target.executemany(f"INSERT OR REPLACE INTO {_COMMON} (lid, pn) VALUES (?, ?)", pairs)


def delete_device(connection: Connection, jid: str) -> None:
    """Take a device out, with all that is its own."""
    for table, owner in reversed(OWNERS.items()):
        connection.execute(f"DELETE FROM {table} WHERE {owner} = %s", [jid])


def version_of(connection: Connection) -> int | None:
    """The version of the library's tables in PostgreSQL, None if it made none yet."""
    (found,) = connection.execute(f"SELECT to_regclass('{_VERSION}')").fetchone() or (None,)
    if found is None:
        return None
    (version,) = connection.execute(f"SELECT max(version) FROM {_VERSION}").fetchone() or (None,)
    return None if version is None else int(version)


def _require_known(file: sqlite3.Connection, connection: Connection) -> None:
    (here,) = file.execute(f"SELECT version FROM {_VERSION}").fetchone()
    if here not in KNOWN_VERSIONS or version_of(connection) != here:
        raise StoreFaultError(UNKNOWN)


def _copy_in(source: sqlite3.Connection, connection: Connection, table: str) -> None:
    columns = _columns(connection, table)
    names = ", ".join(columns)
    with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in source.execute(f"SELECT {names} FROM {table}"):
            copy.write_row(_typed(row, columns))


def _columns(connection: Connection, table: str) -> dict[str, str]:
    """The columns of a table in PostgreSQL and their types; both sides have them."""
    found = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [table],
    )
    return dict(found.fetchall())


_TYPED: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "bytea": bytes,
    "uuid": lambda value: uuid.UUID(bytes=value) if isinstance(value, bytes) else value,
}


def _typed(row: tuple[Any, ...], columns: dict[str, str]) -> list[Any]:
    """Values as SQLite has them, as PostgreSQL takes them."""
    return [
        value if value is None or kind not in _TYPED else _TYPED[kind](value)
        for value, kind in zip(row, columns.values(), strict=True)
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


def _learn_pairs(connection: Connection, pairs: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {_COMMON} WHERE pn = %s AND lid <> %s", [(pn, lid) for lid, pn in pairs]
        )
        cursor.executemany(
            f"INSERT INTO {_COMMON} (lid, pn) VALUES (%s, %s) "
            "ON CONFLICT (lid) DO UPDATE SET pn = excluded.pn",
            pairs,
        )
