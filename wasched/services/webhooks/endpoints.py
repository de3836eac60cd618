"""Webhooks as managers keep them: where they lead, what they tell, and their secrets."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.errors import InputError, ScopeError
from wasched.domain.outbox import EventKind
from wasched.domain.reasons import Code, because
from wasched.domain.webhook_address import host_of, read_webhook_address
from wasched.domain.webhook_secret import make_secret
from wasched.models import DeliveryState, Webhook, WebhookDelivery, WebhookState
from wasched.services import permissions
from wasched.services.audit_log import record_deed, record_entry
from wasched.services.caller import Caller
from wasched.services.change_notes import WEBHOOKS, announce
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action
from wasched.services.webhooks.events import newest_event
from wasched.services.webhooks.readers import settle_reader

WEBHOOKS_MAX = 10
"""Webhooks of one space at the same time."""

OLD_SECRET_LASTS = timedelta(days=1)
"""For so long after another secret was made deliveries are signed with the one before as well."""


@dataclass(frozen=True)
class WebhookRequest:
    """A webhook as it is to be; no `kinds`: every kind there is."""

    url: str
    kinds: tuple[str, ...] = ()
    has_texts: bool = False


@dataclass(frozen=True)
class WebhookLine:
    """A webhook in a list; `waiting` deliveries have not been taken yet."""

    id: int
    url: str
    host: str
    kinds: tuple[str, ...]
    has_texts: bool
    state: str
    state_since: datetime
    failing_since: datetime | None
    try_at: datetime | None
    old_secret_until: datetime | None
    waiting: int
    created_at: datetime


def list_webhooks(session: Session, user: Caller, now: datetime) -> list[WebhookLine]:
    """The webhooks of the user's space, the oldest first."""
    permissions.require(user, Action.MANAGE)
    rows = session.scalars(
        select(Webhook)
        .where(permissions.visible_to(Webhook.space_id, user))
        .order_by(col(Webhook.id))
    )
    return [_line_of(session, one, now) for one in rows.all()]


def read_webhook(session: Session, user: Caller, webhook_id: int, now: datetime) -> WebhookLine:
    """One of them; NotFoundError if there is none."""
    row = permissions.fetch_own(session, Webhook, webhook_id, user, Action.MANAGE)
    return _line_of(session, row, now)


def make_webhook(
    session: Session, user: Caller, wanted: WebhookRequest, now: datetime, *, allows_private: bool
) -> tuple[int, str]:
    """A new webhook, for who has given their password just now; its id and its secret."""
    require_recent_password(user, now)
    return add_webhook(session, user, wanted, now, allows_private=allows_private)


def add_webhook(
    session: Session, user: Caller, wanted: WebhookRequest, now: datetime, *, allows_private: bool
) -> tuple[int, str]:
    """The id of a new webhook, and its secret, which is shown this once.

    It is told what happens from now on. InputError names the field that cannot be taken: url or
    kinds.
    """
    _require_whole_space(user)
    count = select(func.count()).where(col(Webhook.space_id) == user.space_id)
    if (session.scalar(count) or 0) >= WEBHOOKS_MAX:
        raise InputError("url", f"There are {WEBHOOKS_MAX} webhooks already. Remove one first.")
    row = Webhook(
        space_id=user.space_id,
        url=read_webhook_address(wanted.url, allows_private=allows_private),
        kinds=_checked_kinds(wanted.kinds),
        has_texts=wanted.has_texts,
        secret=make_secret(),
        state_since=now,
        seen_event_id=newest_event(session),
        created_at=now,
    )
    session.add(row)
    _note(session, user, row, Code.MADE_WEBHOOK, now)
    settle_reader(session, user.space_id, now)
    return row.id or 0, row.secret


def rewrite_webhook(
    session: Session,
    user: Caller,
    webhook_id: int,
    wanted: WebhookRequest,
    now: datetime,
    *,
    allows_private: bool,
) -> None:
    """Change a webhook, for who has given their password just now: it tells others what is here."""
    require_recent_password(user, now)
    change_webhook(session, user, webhook_id, wanted, now, allows_private=allows_private)


def change_webhook(
    session: Session,
    user: Caller,
    webhook_id: int,
    wanted: WebhookRequest,
    now: datetime,
    *,
    allows_private: bool,
) -> None:
    """Let a webhook lead elsewhere, or tell something else; InputError as `add_webhook`."""
    row = _fetch(session, user, webhook_id)
    if row.url != wanted.url:
        row.url = read_webhook_address(wanted.url, allows_private=allows_private)
        _begin_anew(row)
    row.kinds, row.has_texts = _checked_kinds(wanted.kinds), wanted.has_texts
    _note(session, user, row, Code.CHANGED_WEBHOOK, now)


def renew_secret(session: Session, user: Caller, webhook_id: int, now: datetime) -> str:
    """Another secret, for who has given their password just now."""
    require_recent_password(user, now)
    return rotate_secret(session, user, webhook_id, now)


def rotate_secret(session: Session, user: Caller, webhook_id: int, now: datetime) -> str:
    """Another secret, which is shown this once; the one before is good for a day more."""
    row = _fetch(session, user, webhook_id)
    row.old_secret, row.old_secret_until = row.secret, now + OLD_SECRET_LASTS
    row.secret = make_secret()
    _note(session, user, row, Code.ROTATED_WEBHOOK, now)
    return row.secret


def pause_webhook(session: Session, user: Caller, webhook_id: int, now: datetime) -> None:
    """Deliver nothing to it; what happens meanwhile waits, for a week at most."""
    row = _fetch(session, user, webhook_id)
    if row.state == WebhookState.ACTIVE:
        _come_to(session, row, WebhookState.PAUSED, now)
        _note(session, user, row, Code.PAUSED_WEBHOOK, now)


def resume_webhook(session: Session, user: Caller, webhook_id: int, now: datetime) -> None:
    """Go on delivering to it; one that was off is told what happens from now on."""
    row = _fetch(session, user, webhook_id)
    if row.state == WebhookState.ACTIVE:
        return
    if row.state != WebhookState.PAUSED:
        row.seen_event_id = newest_event(session)
    _begin_anew(row)
    _come_to(session, row, WebhookState.ACTIVE, now)
    _note(session, user, row, Code.RESUMED_WEBHOOK, now)


def remove_webhook(session: Session, user: Caller, webhook_id: int, now: datetime) -> None:
    """Forget a webhook, and what it was told."""
    row = _fetch(session, user, webhook_id)
    _note(session, user, row, Code.REMOVED_WEBHOOK, now)
    session.delete(row)
    settle_reader(session, row.space_id, now)


def switch_off(session: Session, row: Webhook, state: WebhookState, now: datetime) -> None:
    """End a webhook that took nothing for days (OFF), or wants no more (GONE).

    What waits for it has failed. The managers find it among what needs them, and in the audit log.
    """
    _come_to(session, row, state, now)
    what = because(
        Code.WEBHOOK_OFF if state is WebhookState.OFF else Code.WEBHOOK_GONE, host=host_of(row.url)
    )
    record_entry(session, what, now, space_id=row.space_id)
    announce(session, row.space_id, WEBHOOKS, now)


def count_off(session: Session, user: Caller) -> int:
    """How many webhooks of the user's space are off, for who could do something about it."""
    if not permissions.may(user, Action.MANAGE):
        return 0
    off = select(func.count()).where(
        permissions.visible_to(Webhook.space_id, user),
        col(Webhook.state).in_((WebhookState.OFF, WebhookState.GONE)),
    )
    return session.scalar(off) or 0


def _fetch(session: Session, user: Caller, webhook_id: int) -> Webhook:
    _require_whole_space(user)
    return permissions.fetch_own(session, Webhook, webhook_id, user, Action.MANAGE)


def _require_whole_space(user: Caller) -> None:
    """A webhook tells of all accounts: a key that is for some of them makes none."""
    permissions.require(user, Action.MANAGE)
    if user.account_ids is not None:
        raise ScopeError(())


def _begin_anew(row: Webhook) -> None:
    """Nothing that went wrong before counts any more."""
    row.failures, row.failing_since, row.try_at = 0, None, None


def _come_to(session: Session, row: Webhook, state: WebhookState, now: datetime) -> None:
    row.state, row.state_since = state, now
    session.add(row)
    settle_reader(session, row.space_id, now)


def _line_of(session: Session, row: Webhook, now: datetime) -> WebhookLine:
    waiting = select(func.count()).where(
        col(WebhookDelivery.webhook_id) == row.id,
        col(WebhookDelivery.state) == hints.written_text(DeliveryState.WAITING),
    )
    until = row.old_secret_until
    return WebhookLine(
        id=row.id or 0,
        url=row.url,
        host=host_of(row.url),
        kinds=tuple(row.kinds),
        has_texts=row.has_texts,
        state=row.state,
        state_since=row.state_since,
        failing_since=row.failing_since,
        try_at=row.try_at,
        old_secret_until=until if until and until > now else None,
        waiting=session.scalar(waiting) or 0,
        created_at=row.created_at,
    )


def _checked_kinds(named: Collection[str]) -> list[str]:
    """The kinds in their order, none for all; InputError for one that there is not."""
    if unknown := set(named) - set(EventKind):
        raise InputError("kinds", f"There is no event {min(unknown)[:40]!r}.")
    chosen = [one.value for one in EventKind if one in named]
    return [] if len(chosen) == len(EventKind) else chosen


def _note(session: Session, user: Caller, row: Webhook, did: Code, now: datetime) -> None:
    session.add(row)
    session.flush()
    record_deed(session, user, because(did, host=host_of(row.url)), now)
    announce(session, row.space_id, WEBHOOKS, now)
