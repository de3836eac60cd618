"""What a line reports while an account is linked by showing its passkey."""

from sqlmodel import Session

from wasched.domain.link import (
    LinkState,
    PasskeyAsked,
    PasskeyRefused,
    PasskeyTaken,
    StateChanged,
)
from wasched.domain.reasons import NO_REASON
from wasched.models import Account, PasskeyLink
from wasched.services.accounts.passkey_links import forget_round

PasskeyEvent = PasskeyAsked | PasskeyRefused | PasskeyTaken


def note_passkey(session: Session, account: Account, event: PasskeyEvent) -> None:
    """Write down how far showing the passkey has come."""
    link = _link_of(session, account)
    match event:
        case PasskeyAsked(request, _, expires_at):
            link.request, link.expires_at, link.taken_at = request, expires_at, None
        case PasskeyRefused(reason):
            link.refusal = reason
        case PasskeyTaken(at, code, must_confirm):
            link.taken_at, link.refusal = at, NO_REASON
            link.code, link.must_confirm = code, must_confirm
    session.add(link)


def follow_state(session: Session, account: Account, event: StateChanged) -> None:
    """Remember who is asked for a passkey, and let go of a round that is over."""
    if event.state is LinkState.NEEDS_PASSKEY:
        link = _link_of(session, account)
    elif event.state is LinkState.CONNECTED:
        found = session.get(PasskeyLink, account.id)
        if found is None:
            return
        link = found
        if link.taken_at is not None:
            link.linked_at = event.at
    else:
        return
    forget_round(link)
    session.add(link)


def _link_of(session: Session, account: Account) -> PasskeyLink:
    assert account.id is not None
    return session.get(PasskeyLink, account.id) or PasskeyLink(account_id=account.id)
