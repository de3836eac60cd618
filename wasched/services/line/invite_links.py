"""Asking WhatsApp for the invite links of groups that somebody waits for."""

import logging

from wasched.domain.errors import NotNow, SendError
from wasched.domain.reasons import NO_REASON, Reason
from wasched.services.ports import Clock, Database, Line
from wasched.services.recipients import invites

log = logging.getLogger(__name__)


def ask_waiting(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Ask for them one by one; without a connection whoever calls comes again by and by."""
    waiting = database.answer(lambda s: invites.waiting_groups(s, account_id, clock.now()))
    for group_id, jid in waiting:
        link, refusal = "", NO_REASON
        try:
            link = line.invite_link(jid)
        except NotNow:
            return
        except SendError as fault:
            log.warning("Account %s: no invite link of group %s", account_id, group_id)
            refusal = fault.reason
        _keep(database, clock, group_id, link, refusal)


def _keep(database: Database, clock: Clock, group_id: int, link: str, refusal: Reason) -> None:
    database.transaction(lambda s: invites.keep_answer(s, group_id, clock.now(), link, refusal))
