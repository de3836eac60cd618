"""Bringing what a line knows of groups and contacts into the database."""

import logging
from collections.abc import Callable

from sqlmodel import Session

from wasched.domain.errors import NotNow, SendError
from wasched.models import Account
from wasched.services.ports import Clock, Database, Line
from wasched.services.recipients import recipients

log = logging.getLogger(__name__)


def sync_groups(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Make the stored groups of an account the ones it belongs to now; asks WhatsApp."""
    try:
        seen = line.groups()
    except (NotNow, SendError) as fault:
        log.warning("Account %s: its groups could not be read: %s", account_id, fault)
        return
    now = clock.now()
    _write(
        database,
        account_id,
        lambda session, owner: recipients.sync_groups(session, owner, account_id, seen, now),
    )


def sync_contacts(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Learn the names and addresses of the people that the linked phone knows."""
    try:
        seen = line.contacts()
    except (NotNow, SendError) as fault:
        log.warning("Account %s: its contacts could not be read: %s", account_id, fault)
        return
    now = clock.now()
    _write(
        database,
        account_id,
        lambda session, owner: recipients.sync_contacts(session, owner, account_id, seen, now),
    )


def _write(database: Database, account_id: int, write: Callable[[Session, int], None]) -> None:
    def deed(session: Session) -> None:
        account = session.get(Account, account_id)
        if account is not None:
            write(session, account.owner_id)

    database.transaction(deed)
