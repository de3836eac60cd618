"""How often processes of links ended by themselves: kept in the database, for a monitor to see.

The worker sees it, and the api is asked.
"""

from sqlmodel import Session

from wasched.models import Setting

PROCESS_ENDED = "process_ended"
"""The code of a link whose process ended, and is started again."""

_NAME = "link_restarts"


def count_restarts(session: Session) -> int:
    """How often it happened since this server began."""
    noted = session.get(Setting, _NAME)
    return int(noted.value) if noted else 0


def note_restart(session: Session) -> None:
    """Count one more."""
    session.merge(Setting(name=_NAME, value=str(count_restarts(session) + 1)))
