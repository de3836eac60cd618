"""Accounts: the linked WhatsApp numbers as their people see and steer them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.pacing import caps_at
from wasched.domain.reasons import Code, because
from wasched.domain.visible import clean_name
from wasched.models import Account, LinkWish, Message, Pairing, PairingKind, Wish
from wasched.services import permissions
from wasched.services.accounts import account_limits, qr_codes
from wasched.services.accounts.account_limits import MEMBER_MOST
from wasched.services.accounts.link_status import standing
from wasched.services.accounts.todays_use import pace_today
from wasched.services.accounts.warm_up import warm_up_of
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones, typed_numbers
from wasched.services.phone_numbers.countries import country_of_zone
from wasched.services.server_stop import is_server_stopped
from wasched.services.views import AccountCard, AccountName, PairingCard

NAME_MAX = 60


def list_accounts(session: Session, user: Caller, now: datetime) -> list[AccountCard]:
    """The accounts the user may see, oldest first."""
    return [_card_of(session, row, now) for row in _seen_by(session, user)]


def account_names(session: Session, user: Caller) -> list[AccountName]:
    """The same accounts without what has to be counted."""
    is_all_stopped = is_server_stopped(session)
    return [
        AccountName(
            row.id or 0,
            row.name,
            row.state,
            is_stopped=is_all_stopped or row.paused_at is not None,
        )
        for row in _seen_by(session, user)
    ]


def account_card(session: Session, user: Caller, account_id: int, now: datetime) -> AccountCard:
    """One account; NotFoundError if the user may not see it."""
    account = permissions.fetch_own(session, Account, account_id, user, Action.LOOK)
    return _card_of(session, account, now)


def account_country(session: Session, user: Caller, account_id: int = 0) -> str:
    """The ISO 3166 code of an account's country, else of the first one's; empty if none is."""
    jid = session.scalar(
        select(col(Account.jid))
        .where(
            permissions.visible_to(Account.space_id, user),
            col(Account.jid).is_not(None),
            col(Account.removed_at).is_(None),
        )
        .order_by(col(Account.id) != account_id, col(Account.id))
        .limit(1)
    )
    return phones.country_of(phones.from_jid(jid)) if jid else ""


def add_account(
    session: Session, user: Caller, name: str, now: datetime, member_most: int = MEMBER_MOST
) -> int:
    """A new account, which asks for a code at once; returns its id.

    InputError if its name cannot be taken, or the user has as many as they may.
    """
    permissions.require(user, Action.MANAGE)
    account_limits.require_room(session, user, member_most)
    name = clean_name(name)
    if not name or len(name) > NAME_MAX:
        raise InputError("name", f"Give the phone a name, in at most {NAME_MAX} characters.")
    account = Account(
        space_id=user.space_id,
        name=name,
        zone=user.zone,
        created_at=now,
        state=LinkState.CONNECTING,
        state_since=now,
    )
    session.add(account)
    session.flush()
    assert account.id is not None
    _record(session, user, account, Code.ADDED_ACCOUNT, now)
    _note_wish(session, account, Wish.CONNECT, now)
    return account.id


def connect_account(session: Session, user: Caller, account_id: int, now: datetime) -> None:
    """Ask for a new code, or a new connection after a fault."""
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    _record(session, user, account, Code.ASKED_TO_LINK, now)
    _note_wish(session, account, Wish.CONNECT, now)


def pair_by_code(
    session: Session, user: Caller, account_id: int, phone: str, now: datetime
) -> None:
    """Ask for a pairing code for a phone; InputError if the number cannot be one.

    One without its country is from where the user's time zone is.
    """
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    try:
        number = typed_numbers.read_registered(phone, country_of_zone(user.zone))
    except InputError as refusal:
        raise InputError("phone", refusal.reason) from None
    _record(session, user, account, Code.ASKED_TO_LINK, now)
    _note_wish(session, account, Wish.PAIR_BY_CODE, now, number)


def unlink_account(session: Session, user: Caller, account_id: int, now: datetime) -> None:
    """Ask the worker to end the link; what waits stays as it is."""
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    _record(session, user, account, Code.UNLINKED_ACCOUNT, now)
    _note_wish(session, account, Wish.UNLINK, now)


def pairing_card(session: Session, user: Caller, account_id: int, now: datetime) -> PairingCard:
    """The codes a phone can link with at this moment."""
    permissions.fetch_own(session, Account, account_id, user, Action.MANAGE)
    found = {
        row.kind: row
        for row in session.scalars(select(Pairing).where(Pairing.account_id == account_id))
    }
    qr, code = found.get(PairingKind.QR), found.get(PairingKind.CODE)
    shown: dict[str, Any] = {}
    if qr is not None and qr.code and qr.expires_at > now:
        path, size = qr_codes.svg_path(qr.code)
        lasts = (qr.expires_at - qr.shown_at).total_seconds()
        shown |= {"qr_path": path, "qr_size": size, "qr_key": qr.shown_at.isoformat()}
        shown |= {"qr_lasts_s": lasts, "qr_age_s": (now - qr.shown_at).total_seconds()}
    if code is not None and (code.refusal or code.expires_at > now):
        shown |= {"code": code.code, "code_phone": code.phone, "refusal": code.refusal}
        shown |= {"code_expires_at": code.expires_at}
    return PairingCard(**shown)


def _seen_by(session: Session, user: Caller) -> Iterable[Account]:
    return session.scalars(
        select(Account)
        .where(permissions.visible_to(Account.space_id, user), col(Account.removed_at).is_(None))
        .order_by(col(Account.id))
    )


def _record(session: Session, user: Caller, account: Account, did: Code, now: datetime) -> None:
    what = because(did, account_id=account.id or 0, account=account.name)
    record_deed(session, user, what, now)


def _note_wish(
    session: Session, account: Account, wish: Wish, now: datetime, phone: str = ""
) -> None:
    assert account.id is not None
    session.merge(LinkWish(account_id=account.id, wish=wish, phone=phone, asked_at=now))
    announce(session, account.space_id, ACCOUNTS, now)


def _card_of(session: Session, account: Account, now: datetime) -> AccountCard:
    assert account.id is not None
    waits = (Message.account_id == account.id, Message.status == Status.SCHEDULED)
    # Asked apart, so that both are answered by the index that claims walk.
    waiting = session.scalar(select(func.count()).where(*waits)) or 0
    next_due = session.scalar(
        select(Message.due_at).where(*waits).order_by(col(Message.try_at)).limit(1)
    )
    pace, use = pace_today(session, account, now)
    return AccountCard(
        id=account.id,
        name=account.name,
        phone=phones.pretty_number(phones.from_jid(account.jid or "")),
        state=account.state,
        standing=standing(account, waiting, now),
        since=account.state_since,
        until=account.state_until,
        sent_today=use.sent_today,
        daily_cap=account.daily_cap,
        cap_today=caps_at(pace, now, wall_clock.zone(account.zone)).messages,
        waiting=waiting,
        next_due_at=next_due,
        is_linked=account.jid is not None,
        is_stopped=account.paused_at is not None or is_server_stopped(session),
        warm_up=warm_up_of(session, account, now),
    )
