"""Which words of a database's URL the WhatsApp library's own driver (lib/pq) understands as libpq.

Sources: libpq-connect.html of PostgreSQL 15; lib/pq 1.12, Config. What either side lacks and what
changes nothing of who is trusted is left off; the rest is refused before anything is dialled.
"""

from collections.abc import Iterable, Mapping

_SAME = frozenset(
    {
        *("host", "hostaddr", "port", "dbname", "user", "password", "passfile", "options"),
        *("sslmode", "sslnegotiation", "sslcert", "sslkey", "sslrootcert", "sslsni"),
        *("connect_timeout", "application_name", "client_encoding", "target_session_attrs"),
    }
)
_LEFT_OFF = frozenset(
    {
        *("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count"),
        *("tcp_user_timeout", "fallback_application_name"),
    }
)
_HARMLESS = {"gssencmode": ("disable", "prefer"), "channel_binding": ("disable", "prefer")}


def refused_words(given: Iterable[tuple[str, str]]) -> list[str]:
    """The names of what the library's driver would not heed, sorted; their values are not said."""
    return sorted(
        {
            name
            for name, value in given
            if name not in _SAME | _LEFT_OFF and value not in _HARMLESS.get(name, ())
        }
    )


def library_words(given: Mapping[str, str]) -> dict[str, str]:
    """What of it is said to the library's driver."""
    return {name: value for name, value in given.items() if name in _SAME}
