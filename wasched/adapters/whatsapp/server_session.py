"""A session in a PostgreSQL with all others, which every worker reaches."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from wasched.adapters.whatsapp import row_moves, server_fence, session_store
from wasched.adapters.whatsapp.file_session import address_of
from wasched.adapters.whatsapp.library_address import Connection, library_address
from wasched.adapters.whatsapp.server_heard import ServerHeard
from wasched.adapters.whatsapp.session_place import ListDevices, Opening, StoreFaultError
from wasched.adapters.whatsapp.session_server import session_server
from wasched.adapters.whatsapp.store_faults import (
    AWAY,
    POOLED,
    UNKNOWN,
    StoreFault,
    fault_of_folder,
)
from wasched.services.ports import Evidence, SendTrace

log = logging.getLogger(__name__)

_DEVICE = """
SELECT device.jid, linked_at FROM wasched_session JOIN whatsmeow_device AS device USING (jid)
WHERE account = %s
"""
_MAKING_TABLES = 0x77617367  # "wasg", of pg_advisory_xact_lock


class ServerSession:
    """A session of one account; `file` is where a phone is linked to before it is moved here."""

    def __init__(self, url: str, account: int, file: Path) -> None:
        self._server, self._account, self._file = session_server(url), account, file
        self._holder = 0

    def take_over(self) -> None:
        """Be its one holder, and let nobody before write to it."""
        with self._server.transaction() as connection:
            self._holder = server_fence.take_fence(connection, self._account)

    def is_taken_over(self) -> bool:
        """True if another process has taken it over since."""
        try:
            holder = self._server.do(self._read_holder)
        except OSError:
            return False
        return holder != self._holder

    def open(self, list_devices: ListDevices) -> Opening:
        """The device in the database, or a new one there.

        What was linked in the file, by passkey, is moved first, all of it or nothing. What is in
        the database already stays: a file beside it was moved before, or nobody waits for it.
        """
        with self._prepared(list_devices) as (connection, address):
            jid = self._device(connection)[0]
            if jid is None and session_store.device_in(self._file):
                jid = self._move_in(connection, self._file)
        if self._file.exists():
            session_store.forget_store(self._file)
        return Opening(address, jid or "", is_shared=True)

    def replace(self, file: Path, list_devices: ListDevices) -> None:
        """Keep the device of a file here, in place of what was kept; after `take_over`."""
        with self._prepared(list_devices) as (connection, _):
            self._delete(connection)
            self._move_in(connection, file)

    def copy_out(self, file: Path, list_devices: ListDevices) -> bool:
        """Write what is kept here as a file of the library's; False if nothing is linked."""
        with self._server.transaction() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            jid, since = self._device(connection)
            if jid is None:
                return False
            list_devices(address_of(file))
            row_moves.copy_out(connection, jid, file)
        if since is not None:
            session_store.note_link(file, jid, since)
        return True

    def is_linked(self) -> bool:
        """True if a device is kept in the database."""
        with self._server.transaction() as connection:
            return self._device(connection)[0] is not None

    def note_link(self, jid: str, at: datetime) -> None:
        """Keep it, beside the file while it is not moved; a trigger has noted whose it is."""
        if self._file.exists():
            session_store.note_link(self._file, jid, at)
        with self._server.transaction() as connection:
            connection.execute(
                "UPDATE wasched_session SET linked_at = %s "
                "WHERE account = %s AND jid = %s AND linked_at IS NULL",
                [at, self._account, jid],
            )

    def find_evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """What the database says of an attempt."""
        with self._server.transaction() as connection:
            jid, since = self._device(connection)
            if jid is None:
                return Evidence(SendTrace.GONE)
            found = connection.execute(
                "SELECT message_id FROM whatsmeow_message_secrets WHERE our_jid = %s AND key = %s",
                [jid, secret],
            ).fetchone()
        if found:
            return Evidence(SendTrace.LEFT, found[0])
        if since is None or since > attempted_at:
            return Evidence(SendTrace.GONE)
        return Evidence(SendTrace.NEVER_LEFT)

    def find_chat(self, message_id: str) -> str | None:
        """The chat that a message of this device went to."""
        with self._server.transaction() as connection:
            jid, _ = self._device(connection)
            found = (
                jid
                and connection.execute(
                    "SELECT chat_jid FROM whatsmeow_message_secrets "
                    "WHERE our_jid = %s AND message_id = %s",
                    [jid, message_id],
                ).fetchone()
            )
        return str(found[0]) if found else None

    def forget(self) -> None:
        """Delete its rows here, and a file that was not moved."""
        with self._server.transaction() as connection:
            self._holder = server_fence.take_fence(connection, self._account)
            self._delete(connection)
        session_store.forget_store(self._file)

    def heard(self) -> ServerHeard:
        """Rows beside it, which the next worker finds."""
        return ServerHeard(self._server, self._account)

    def fault(self) -> StoreFault | None:
        """None: the library says it, and to ask each second would cost a connection."""
        return None

    def fault_before_life(self) -> StoreFault | None:
        """Whether the database answers; a client that it does not answer ends its process."""
        return fault_of_folder(self._file) or (None if self._server.answers() else AWAY)

    def _read_holder(self, connection: Connection) -> int:
        found = connection.execute(
            "SELECT holder FROM wasched_session WHERE account = %s", [self._account]
        ).fetchone()
        return found[0] if found else 0

    def _device(self, connection: Connection) -> tuple[str | None, datetime | None]:
        """The device that can be opened, and since when it is linked."""
        if row_moves.version_of(connection) is None:
            return None, None
        found = connection.execute(_DEVICE, [self._account]).fetchone()
        return (found[0], found[1]) if found else (None, None)

    def _delete(self, connection: Connection) -> None:
        row = connection.execute(
            "SELECT jid FROM wasched_session WHERE account = %s", [self._account]
        ).fetchone()
        if row and row[0] and row_moves.version_of(connection) is not None:
            row_moves.delete_device(connection, row[0])
        connection.execute("DELETE FROM wasched_heard WHERE account = %s", [self._account])
        connection.execute(
            "UPDATE wasched_session SET jid = NULL, linked_at = NULL WHERE account = %s",
            [self._account],
        )

    @contextmanager
    def _prepared(self, list_devices: ListDevices) -> Iterator[tuple[Connection, str]]:
        """A transaction with all tables there, and the library's own address for this life."""
        options = server_fence.options_of(self._account, self._holder)
        with self._server.transaction(options) as connection:
            if not server_fence.is_heard(connection):
                raise StoreFaultError(POOLED)
            address = library_address(self._server.url, connection, options)
            self._make_tables(connection, address, list_devices)
            yield connection, address

    def _make_tables(self, connection: Connection, address: str, list_devices: ListDevices) -> None:
        """Let the library make or renew its tables, one process at a time, and guard them."""
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING_TABLES])
        version = row_moves.version_of(connection)
        if version is None:
            list_devices(address)
        elif version > max(row_moves.KNOWN_VERSIONS):
            raise StoreFaultError(UNKNOWN)
        server_fence.guard_tables(connection)

    def _move_in(self, connection: Connection, file: Path) -> str:
        jid = row_moves.move_in(file, connection)
        connection.execute("UPDATE wasched_session SET jid = NULL WHERE jid = %s", [jid])
        connection.execute(
            "UPDATE wasched_session SET jid = %s, linked_at = %s WHERE account = %s",
            [jid, session_store.linked_since(file, jid), self._account],
        )
        log.warning("The link of account %s is now in the database", self._account)
        return jid
