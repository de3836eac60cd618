"""Bringing what a line knows of groups and contacts into the database."""

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from wasched.domain.errors import NotNow, SendError
from wasched.models import Account
from wasched.services.ports import ChannelSeen, Clock, Database, GroupSeen, Line
from wasched.services.recipients import broadcasts, recipients

log = logging.getLogger(__name__)

Seen = TypeVar("Seen")


def sync_groups(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Make the stored groups of an account the ones it belongs to now; asks WhatsApp."""

    def write(session: Session, space_id: int, seen: list[GroupSeen]) -> None:
        now = clock.now()
        broadcasts.note_status(session, session.get_one(Account, account_id), now)
        recipients.sync_groups(session, space_id, account_id, seen, now)

    _sync(database, account_id, "groups", line.groups, write)


def sync_channels(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Make the stored channels of an account those that it may post to now; asks WhatsApp."""

    def write(session: Session, _space_id: int, seen: list[ChannelSeen]) -> None:
        account = session.get_one(Account, account_id)
        broadcasts.sync_channels(session, account, seen, clock.now())

    _sync(database, account_id, "channels", line.channels, write)


def sync_contacts(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Learn the names and addresses of the people that the linked phone knows."""
    _sync(
        database,
        account_id,
        "contacts",
        line.contacts,
        lambda session, space_id, seen: recipients.sync_contacts(
            session, space_id, account_id, seen, clock.now()
        ),
    )


def _sync(
    database: Database,
    account_id: int,
    what: str,
    ask: Callable[[], Seen],
    write: Callable[[Session, int, Seen], object],
) -> None:
    """Ask the line, then write what it says; a line that cannot tell is asked again later."""
    try:
        seen = ask()
    except (NotNow, SendError) as fault:
        log.warning("Account %s: its %s could not be read: %s", account_id, what, fault)
        return

    def deed(session: Session) -> None:
        account = session.get(Account, account_id)
        if account is not None:
            write(session, account.space_id, seen)

    database.transaction(deed)
