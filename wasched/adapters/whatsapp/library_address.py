"""How the library's own driver (lib/pq) reaches the PostgreSQL that psycopg has reached.

It is told what psycopg found by environment and defaults as well, so that both mean the same; and
whether to encrypt by what psycopg came to, for "prefer" is not one thing to both.
"""

from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from wasched.domain.session_database import library_words

Connection = psycopg.Connection[tuple[Any, ...]]

_PLAIN, _ENCRYPTED = "disable", "require"
_UNDECIDED = ("allow", "prefer")
_CONNECT_S = "10"


def library_address(url: str, connection: Connection, options: str) -> str:
    """The address for the library, with its password: not to be logged.

    `connection` is one that was made with `url`; `options` are said to the server beside its own.
    """
    given = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    found = connection.info
    words = {
        "connect_timeout": _CONNECT_S,
        "binary_parameters": "yes",  # lib/pq's own: one round trip for a statement instead of two
        **library_words(given),
        "host": found.host,
        "port": str(found.port),
        "user": found.user,
        "dbname": found.dbname,
        "options": joined_options(given, options),
    }
    if found.password:
        words["password"] = found.password
    if words.get("sslmode", _UNDECIDED[0]) in _UNDECIDED:
        words["sslmode"] = _ENCRYPTED if connection.pgconn.ssl_in_use else _PLAIN
    # All of it behind the "?": the library makes a file of what stands before.
    return "postgres:///?" + urlencode(words, quote_via=quote)


def joined_options(given: dict[str, str], options: str) -> str:
    """What is set for a connection, by the URL and by us."""
    return f"{given.get('options', '')} {options}".strip()
