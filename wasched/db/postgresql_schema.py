"""What a PostgreSQL has to be like, and what is made in it beside the tables."""

import logging

from sqlalchemy import Connection, Engine

from wasched.db import outbox_triggers
from wasched.db.postgresql_looks import AS_IT_IS
from wasched.domain.errors import UnusableDatabaseError

log = logging.getLogger(__name__)

OLDEST = 15
"""The oldest version that is tried."""

CHANGES = "wasched_changes"
"""Where whoever listens hears of each commit that noted a change (LISTEN)."""

_TELL_CHANGES = f"""
CREATE OR REPLACE FUNCTION tell_of_changes() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_notify('{CHANGES}', ''); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER tell_of_changes AFTER INSERT ON change
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changes()"""

_SEARCHED = (
    *(("recipient", "name"), ("recipient", "notes"), ("schedule", "preview"), ("reply", "text")),
    *(("contact", "name"), ("contact", "push_name")),
)
# Words within a text are found by its groups of three letters, whatever their case:
# https://www.postgresql.org/docs/15/pgtrgm.html
_HAVE_TRIGRAMS = """
DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'Searching reads every text: %', SQLERRM;
END $$"""
_HAS_TRIGRAMS = "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')"

_FITNESS = (
    "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datcollate,"
    " 'B' < 'a' AND 'z' < 'é' AND 'É' ILIKE 'é'"
    " FROM pg_database WHERE datname = current_database()"
)


def require_fit(made: Engine) -> None:
    """UnusableDatabaseError if the server is too old, or names would be sorted in another way."""
    with made.connect() as connection:
        version, encoding, collation, is_fit = connection.exec_driver_sql(_FITNESS).one()
    if version < OLDEST * 10_000:
        raise UnusableDatabaseError(
            f"PostgreSQL {OLDEST} or newer is needed; the server is {version // 10_000}. "
            "Upgrade it."
        )
    if encoding != "UTF8" or not is_fit:
        raise UnusableDatabaseError(
            f"The database {made.url.database} is in {encoding} and sorted by {collation}. Make "
            "one that is in UTF8 and sorted by C: CREATE DATABASE … TEMPLATE template0 ENCODING "
            "'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'."
        )


def finish_schema(connection: Connection) -> None:
    """Make the triggers that write events and tell of changes anew, and what searches look up."""
    for statement in [*outbox_triggers.permanent_triggers(), _TELL_CHANGES]:
        connection.exec_driver_sql(statement, execution_options=AS_IT_IS)
    _index_words(connection)


def _index_words(connection: Connection) -> None:
    """Make what searches look up, where the server has what that needs."""
    connection.exec_driver_sql(_HAVE_TRIGRAMS, execution_options=AS_IT_IS)
    if not connection.exec_driver_sql(_HAS_TRIGRAMS).scalar():
        log.warning("Searches read every text: PostgreSQL has no extension pg_trgm for us")
        return
    for table, column in _SEARCHED:
        connection.exec_driver_sql(
            f"CREATE INDEX IF NOT EXISTS search_{table}_{column} ON {table}"
            f" USING gin ({column} gin_trgm_ops)"
        )
