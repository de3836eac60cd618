"""The link of an account, as the worker reports it and as people ask for it."""

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.link import (
    UNANSWERED,
    CaughtUp,
    CodeRefused,
    CodeShown,
    ContactsChanged,
    GroupsChanged,
    Identified,
    IncomingDeleted,
    IncomingEdited,
    IncomingSeen,
    LinkEvent,
    LinkState,
    PasskeyAsked,
    PasskeyRefused,
    PasskeyTaken,
    PhoneHeard,
    QrShown,
    ReactionSeen,
    ReceiptSeen,
    StateChanged,
    VoteSeen,
    WroteOnPhone,
)
from wasched.domain.log_words import AS_IT_IS
from wasched.domain.reasons import NO_REASON, Code, because
from wasched.domain.visible import clean_name
from wasched.models import Account, LinkWish, Pairing, PairingKind
from wasched.services.accounts import qr_codes, warm_up
from wasched.services.audit_log import record_entry
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.delivery import receipts
from wasched.services.line import link_restarts, passkey_events, replies
from wasched.services.line.link_restarts import PROCESS_ENDED
from wasched.services.phone_numbers import phones
from wasched.services.recipients import recipients
from wasched.services.replies import record
from wasched.services.votes import unsettled

log = logging.getLogger(__name__)


def apply_event(
    session: Session, account_id: int, events: Iterable[LinkEvent], now: datetime
) -> None:
    """Write down, in order, what the line of an account reports."""
    account = session.get(Account, account_id)
    if account is None:
        return
    for kind, some in groupby(events, type):
        if kind is ReceiptSeen:
            seen = [one for one in some if isinstance(one, ReceiptSeen)]
            receipts.record_receipts(session, account, seen)
        elif kind is IncomingSeen:
            wrote = [one for one in some if isinstance(one, IncomingSeen)]
            replies.take_replies(session, account, wrote, now)
        else:
            for event in some:
                _apply(session, account, event, now)


def _apply(session: Session, account: Account, event: LinkEvent, now: datetime) -> None:
    match event:
        case StateChanged():
            _change_state(session, account, event)
            passkey_events.follow_state(session, account, event)
        case PasskeyAsked() | PasskeyRefused() | PasskeyTaken():
            passkey_events.note_passkey(session, account, event)
        case QrShown():
            _show(session, account, PairingKind.QR, event)
            code = qr_codes.ascii_block(event.code)
            log.info("[WA] Action Required: Scan QR Code\n%s", code, extra=AS_IT_IS)
        case CodeShown():
            _show(session, account, PairingKind.CODE, event)
            log.info("[WA] A pairing code is shown on the Accounts page", extra=AS_IT_IS)
        case CodeRefused():
            _refuse_code(session, account, event)
        case Identified():
            _identify(session, account, event)
        case IncomingEdited():
            record.edit_reply(session, account, event, now)
            return
        case IncomingDeleted():
            record.delete_reply(session, account, event, now)
            return
        case WroteOnPhone():
            record.note_answer(session, account, event, now)
            return
        case VoteSeen() | ReactionSeen():
            unsettled.keep_answer(session, account, event, now)
            return
        case PhoneHeard():
            account.heard_at = max(event.at, account.heard_at or event.at)
            return
        case GroupsChanged() | ContactsChanged() | CaughtUp():
            return  # the holder sees to what follows
    announce(session, account.space_id, ACCOUNTS, now)


def take_wish(session: Session, account_id: int) -> LinkWish | None:
    """What a person asked of the link, taken so that it is done once."""
    wish = session.get(LinkWish, account_id)
    if wish is not None:
        session.delete(wish)
        session.flush()
    return wish


def pending_wish(session: Session) -> list[int]:
    """The accounts of whose link something was asked."""
    return list(session.scalars(select(LinkWish.account_id)))


def _change_state(session: Session, account: Account, event: StateChanged) -> None:
    if event.state == LinkState.CONNECTED:
        if account.state != LinkState.CONNECTED:
            log.info("[WA] WhatsApp Client Connected", extra=AS_IT_IS)
        session.execute(delete(Pairing).where(col(Pairing.account_id) == account.id))
    elif account.state != event.state:
        log.info("The link is %s", event.state, extra={"account": account.id})
    if event.code == UNANSWERED:
        log.warning("WhatsApp does not answer a message of account %s; connecting anew", account.id)
    if event.state == LinkState.OUTDATED:
        log.error(
            "[WA] WhatsApp refuses this version (405). Pull or build a newer image of wasched.",
            extra=AS_IT_IS,
        )
    if event.code == PROCESS_ENDED:
        link_restarts.note_restart(session)
    if account.state != event.state:
        account.state_since = event.at
    account.state = event.state
    account.state_code, account.state_detail = event.code, event.detail
    account.state_until = event.until
    if event.state == LinkState.LOGGED_OUT or event.code == "unlinked":
        account.linked_at = None


def _show(
    session: Session, account: Account, kind: PairingKind, event: QrShown | CodeShown
) -> None:
    phone = event.phone if isinstance(event, CodeShown) else ""
    session.merge(
        Pairing(
            account_id=account.id or 0,
            kind=kind,
            code=event.code,
            phone=phone,
            refusal=NO_REASON,
            shown_at=event.at,
            expires_at=event.expires_at,
        )
    )


def _refuse_code(session: Session, account: Account, event: CodeRefused) -> None:
    session.merge(
        Pairing(
            account_id=account.id or 0,
            kind=PairingKind.CODE,
            code="",
            phone=event.phone,
            refusal=event.reason,
            shown_at=event.at,
            expires_at=event.at,
        )
    )


def _identify(session: Session, account: Account, event: Identified) -> None:
    account.jid, account.lid, account.push_name = event.jid, event.lid, clean_name(event.name)
    if account.linked_at is None:
        account.linked_at = event.at
        linked = because(Code.LINKED_ACCOUNT, account_id=account.id or 0, account=account.name)
        record_entry(session, linked, event.at, space_id=account.space_id)
    warm_up.note_number(session, account, event.jid, event.at)
    number = phones.from_jid(event.jid)
    if number and event.lid:
        recipients.learn_lid(session, account.space_id, number, event.lid)
