"""Links in PostgreSQL as files of the library's and back: for back-ups, and for moving a server.

Nobody may hold the link that is written over; one that is read may be in use.
"""

from datetime import datetime
from pathlib import Path

from wasched.adapters.whatsapp import row_moves
from wasched.adapters.whatsapp.heard_store import HeardFile
from wasched.adapters.whatsapp.library_address import Connection
from wasched.adapters.whatsapp.linking.library_side import list_devices_at
from wasched.adapters.whatsapp.server_session import ServerSession
from wasched.adapters.whatsapp.session_server import session_server


def linked_accounts(url: str) -> list[int]:
    """The accounts whose links are in a database, by their numbers."""
    found = session_server(url).do(
        lambda connection: connection.execute(
            "SELECT account FROM wasched_session WHERE jid IS NOT NULL ORDER BY account"
        ).fetchall()
    )
    return [account for (account,) in found]


def export_link(url: str, account_id: int, file: Path) -> bool:
    """Write a link as a session file, with what lies beside one; False if there is none.

    OSError if the database or the library cannot be asked. The file must not be there yet.
    """
    session = ServerSession(url, account_id, file)
    if not session.copy_out(file, list_devices_at):
        return False
    lines = HeardFile(file)
    for line in session.heard().read():
        lines.add(line)
    lines.close()
    return True


def import_link(url: str, account_id: int, file: Path) -> None:
    """Keep the link of a session file in the database, in place of what is kept of the account.

    All of the link or nothing, and again if need be; the file stays. OSError, of which
    StoreFaultError says why in a sentence, if it is not linked or its version is not known.
    """
    session = ServerSession(url, account_id, file)
    session.take_over()
    session.replace(file, list_devices_at)
    lines, heard = HeardFile(file), session.heard()
    for line in lines.read():
        heard.add(line)
    lines.close()


def begin_all_anew(url: str, at: datetime) -> None:
    """Treat all links as older copies of what they were, as after a restore of the database.

    They agree on new keys with everybody, and their silence of before `at` proves nothing
    (`session_store.begin_anew` does the same to a file).
    """
    session_server(url).do(lambda connection: _begin_anew(connection, at))


def _begin_anew(connection: Connection, at: datetime) -> None:
    connection.execute("UPDATE wasched_session SET holder = holder + 1")
    connection.execute("UPDATE wasched_session SET linked_at = %s WHERE jid IS NOT NULL", [at])
    if row_moves.version_of(connection) is None:
        return
    connection.execute("DELETE FROM whatsmeow_sessions")
    for jid, lid in connection.execute("SELECT jid, lid FROM whatsmeow_device").fetchall():
        connection.execute(
            "DELETE FROM whatsmeow_sender_keys WHERE our_jid = %s AND sender_id = ANY(%s)",
            [jid, _signal_addresses(jid, lid)],
        )


def _signal_addresses(*addresses: str | None) -> list[str]:
    """How the library names a device's own keys: by its number, or by its LID."""
    own = [one.partition("@")[0].partition(":") for one in addresses if one]
    return [name for user, _, device in own for name in (f"{user}:{device}", f"{user}_1:{device}")]


def forget_all_links(url: str) -> None:
    """Delete all links and what was heard, before others are put in their place."""
    session_server(url).do(_forget_all)


def _forget_all(connection: Connection) -> None:
    connection.execute("UPDATE wasched_session SET holder = holder + 1")
    connection.execute("UPDATE wasched_session SET jid = NULL, linked_at = NULL")
    connection.execute("DELETE FROM wasched_heard")
    if row_moves.version_of(connection) is not None:
        for (jid,) in connection.execute("SELECT jid FROM whatsmeow_device").fetchall():
            row_moves.delete_device(connection, jid)
