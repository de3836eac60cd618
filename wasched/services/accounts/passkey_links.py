"""Linking an account that WhatsApp asks for its passkey, as a person does it step by step."""

from datetime import datetime, timedelta

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.link import BY_PASSKEY, LinkState
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import Account, LinkWish, PasskeyLink, Wish
from wasched.services import permissions
from wasched.services.accounts import account_limits
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, announce
from wasched.services.permissions import Action
from wasched.services.views import PasskeyCard, PasskeyStep

ANSWER_FIELD = "answer"

_LINKING = (
    LinkState.NEEDS_PASSKEY,
    LinkState.NEEDS_LINK,
    LinkState.CONNECTING,
    LinkState.LOGGED_OUT,
)
_HOUR, _AN_HOUR_MOST = timedelta(hours=1), 3
_ANSWER_MAX = 16_384  # characters; a real answer has about a thousand


def begin_link(session: Session, user: Caller, account_id: int, now: datetime) -> None:
    """Begin a round with new codes; InputError when it is linked, or was begun too often."""
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    if account.state == LinkState.CONNECTED:
        raise InputError(ANSWER_FIELD, Reason(Code.LINKED_ALREADY))
    link = session.get(PasskeyLink, account_id) or PasskeyLink(account_id=account_id)
    if link.hour_began_at is None or not link.hour_began_at <= now < link.hour_began_at + _HOUR:
        link.hour_began_at, link.begun = now, 0
    if link.begun >= _AN_HOUR_MOST:
        raise InputError(ANSWER_FIELD, Reason(Code.PASSKEY_TOO_OFTEN))
    link.begun += 1
    forget_round(link)
    session.add(link)
    what = because(Code.ASKED_TO_LINK, account_id=account_id, account=account.name)
    record_deed(session, user, what, now)
    _note_wish(session, account, Wish.LINK_BY_PASSKEY, now)


def hand_in_answer(
    session: Session, user: Caller, account_id: int, answer: str, now: datetime
) -> None:
    """Hand in what a browser gave for the passkey; InputError when nothing waits for it."""
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    link = session.get(PasskeyLink, account_id)
    if link is None or not link.request or link.taken_at is not None:
        raise InputError(ANSWER_FIELD, Reason(Code.PASSKEY_NOT_ASKED))
    if link.expires_at is not None and link.expires_at <= now:
        raise InputError(ANSWER_FIELD, Reason(Code.PASSKEY_TOO_LATE))
    if not answer.strip() or len(answer) > _ANSWER_MAX:
        raise InputError(ANSWER_FIELD, Reason(Code.ANSWER_UNREADABLE))
    link.refusal = NO_REASON
    _note_wish(session, account, Wish.ANSWER_PASSKEY, now, answer.strip())


def compare_code(
    session: Session, user: Caller, account_id: int, now: datetime, *, is_same: bool
) -> None:
    """Say whether the phone shows the code; InputError when there is none to compare."""
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    link = session.get(PasskeyLink, account_id)
    if link is None or not link.must_confirm:
        raise InputError(ANSWER_FIELD, Reason(Code.PASSKEY_NOT_ASKED))
    link.must_confirm = False
    _note_wish(session, account, Wish.SAME_CODE if is_same else Wish.OTHER_CODE, now)


def passkey_card(
    session: Session, user: Caller, account_id: int, now: datetime
) -> PasskeyCard | None:
    """How far it has come, for who may link the account; None if WhatsApp asks for no passkey."""
    account = permissions.fetch_own(session, Account, account_id, user, Action.MANAGE)
    link = session.get(PasskeyLink, account_id)
    if link is None or account.state not in _LINKING:
        return None
    step = _step(account, link, now)
    is_asked = step is PasskeyStep.SHOW
    ended = account.state == LinkState.NEEDS_PASSKEY
    return PasskeyCard(
        step=step,
        request=link.request if is_asked else "",
        expires_at=link.expires_at if is_asked else None,
        refusal=account.state_detail if ended else link.refusal,
        code=link.code,
    )


def forget_round(link: PasskeyLink) -> None:
    """Let go of what belonged to a round that is over."""
    link.request, link.code, link.must_confirm = "", "", False
    link.expires_at = link.taken_at = None
    link.refusal = NO_REASON


def _step(account: Account, link: PasskeyLink, now: datetime) -> PasskeyStep:
    if account.state == LinkState.CONNECTING:
        return PasskeyStep.WAIT
    if account.state != LinkState.NEEDS_LINK or account.state_code != BY_PASSKEY:
        return PasskeyStep.BEGIN
    if link.taken_at is not None:
        return PasskeyStep.COMPARE if link.must_confirm else PasskeyStep.PHONE
    if not link.request:
        return PasskeyStep.SCAN
    is_over = link.expires_at is not None and link.expires_at <= now
    return PasskeyStep.BEGIN if is_over else PasskeyStep.SHOW


def _note_wish(
    session: Session, account: Account, wish: Wish, now: datetime, answer: str = ""
) -> None:
    assert account.id is not None
    session.merge(LinkWish(account_id=account.id, wish=wish, answer=answer, asked_at=now))
    announce(session, account.space_id, ACCOUNTS, now)
