"""Who may write to a session in PostgreSQL: whoever took it over last.

Each life of a link counts its account's `holder` on and says the number on every connection of the
library. A trigger looks at it before each statement that writes keys or evidence. So who was there
before, on whichever machine and however long asleep, keeps no evidence any more, and a message
without evidence does not leave (store_watch.py): what the evidence says after a take-over stays so.
"""

from wasched.adapters.whatsapp.library_address import Connection
from wasched.adapters.whatsapp.store_faults import TAKEN_STATE

SETTING = "wasched.holder"
_FENCE = 0x77617368  # "wash", the first of two keys of an advisory lock; the account is the other
_PATIENCE_MS, _LAST_MS = 2000, 10_000
_GUARDED = (
    "whatsmeow_device",
    "whatsmeow_message_secrets",
    "whatsmeow_sessions",
    "whatsmeow_sender_keys",
    "whatsmeow_pre_keys",
)
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION wasched_fence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine text := current_setting('{SETTING}', true);
BEGIN
    IF coalesce(mine, '') = '' THEN RETURN NULL; END IF; -- no link: somebody who moves rows
    -- Shared with others of the same life; a take-over waits for what is being written.
    PERFORM pg_advisory_xact_lock_shared({_FENCE}, split_part(mine, '.', 1)::int);
    PERFORM 1 FROM wasched_session WHERE account = split_part(mine, '.', 1)::bigint
        AND holder = split_part(mine, '.', 2)::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another process holds this session' USING ERRCODE = '{TAKEN_STATE}';
    END IF;
    RETURN NULL;
END $$"""
_NOTE = f"""
CREATE OR REPLACE FUNCTION wasched_linked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine text := current_setting('{SETTING}', true);
BEGIN
    IF coalesce(mine, '') = '' THEN RETURN NULL; END IF;
    UPDATE wasched_session SET jid = NULL, linked_at = NULL
        WHERE jid = NEW.jid AND account <> split_part(mine, '.', 1)::bigint;
    UPDATE wasched_session SET jid = NEW.jid, linked_at = NULL
        WHERE account = split_part(mine, '.', 1)::bigint AND jid IS DISTINCT FROM NEW.jid;
    RETURN NULL;
END $$"""
_BLOCKERS = """
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND classid = %s::bigint::oid AND objid = %s::bigint::oid
AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def take_fence(connection: Connection, account: int) -> int:
    """Count the account's holder on, within a transaction; nobody before can write from then on.

    Who is asleep in the middle of writing loses the connection, and with it what it was writing.
    """
    connection.execute(f"SET LOCAL statement_timeout = {_PATIENCE_MS}")
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FENCE, account])
    except Exception as fault:
        if getattr(fault, "sqlstate", "") != "57014":  # query_canceled: the time is over
            raise
        connection.execute(f"SET LOCAL statement_timeout = {_LAST_MS}")
        connection.execute(_BLOCKERS, [_FENCE, account])
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FENCE, account])
    (holder,) = connection.execute(
        "INSERT INTO wasched_session (account, holder) VALUES (%s, 1) "
        "ON CONFLICT (account) DO UPDATE SET holder = wasched_session.holder + 1 "
        "RETURNING holder",
        [account],
    ).fetchone() or (0,)
    return int(holder)


def options_of(account: int, holder: int) -> str:
    """What each connection of a life says of itself."""
    return f"-c {SETTING}={account}.{holder}"


def is_heard(connection: Connection) -> bool:
    """True if what a connection said of itself arrived: a pooler may keep it to itself."""
    (found,) = connection.execute(f"SELECT current_setting('{SETTING}', true)").fetchone() or ("",)
    return bool(found)


def guard_tables(connection: Connection) -> None:
    """Put the triggers at the library's tables, where they are not.

    A second one notes whose a new device is, in the transaction that keeps it.
    """
    found = connection.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgname IN ('wasched_fence', 'wasched_linked')"
    )
    (count,) = found.fetchone() or (0,)
    if count == len(_GUARDED) + 1:
        return
    connection.execute(_NOTE)
    connection.execute(
        "CREATE OR REPLACE TRIGGER wasched_linked AFTER INSERT ON whatsmeow_device "
        "FOR EACH ROW EXECUTE FUNCTION wasched_linked()"
    )
    connection.execute(_FUNCTION)
    for table in _GUARDED:
        connection.execute(
            f"CREATE OR REPLACE TRIGGER wasched_fence BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION wasched_fence()"
        )
