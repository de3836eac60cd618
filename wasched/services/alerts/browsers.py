"""Browsers that are told by push: each a way of one person, as long as that is signed in there."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.incidents import NEEDS_A_PERSON
from wasched.domain.push_address import FIELD, PushKeys, read_push_address
from wasched.domain.reasons import Code, because
from wasched.models import AlertWay, Setting, SignIn, WayKind
from wasched.services.alerts import ways
from wasched.services.audit_log import record_entry
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity import users

_KEYS = "push_keys"


def push_keys(session: Session, _now: datetime) -> PushKeys | None:
    """By what push services know this server; None before anybody asked for it."""
    kept = session.get(Setting, _KEYS)
    return PushKeys(**json.loads(kept.value)) if kept else None


def keep_push_keys(session: Session, made: PushKeys) -> PushKeys:
    """Keep them for good, unless another process was a moment faster; what is kept now."""
    kept = session.get(Setting, _KEYS)
    if kept is not None:
        return PushKeys(**json.loads(kept.value))
    session.add(Setting(name=_KEYS, value=json.dumps(asdict(made))))
    return made


def browser_way(session: Session, user: Caller, token: str) -> int:
    """The person's way by the browser that has this token; 0 while it is told nothing."""
    found = _way_of(session, user, _sign_in(session, token))
    return found.id or 0 if found else 0


def add_browser(
    session: Session,
    user: Caller,
    token: str,
    said: str,
    label: str,
    now: datetime,
    *,
    allows_private: bool,
) -> int:
    """Have the person told by this browser, whoever was before; InputError if it cannot be.

    `said` is what the browser says of itself (`PushSubscription.toJSON`).
    """
    address = read_push_address(said, allows_private=allows_private).dump()
    sign_in = _sign_in(session, token)
    row, known = _way_of(session, user, sign_in), _way_at(session, address)
    if known is not None and known is not row:
        if row is None and known.user_id == user.id:
            row = known  # signed in anew
        else:
            _forget(session, known, Code.REMOVED_ALERT_WAY, now)
    if row is not None:
        row.address, row.sign_in_id, row.fault = address, sign_in, ""
        session.add(row)
        announce_to_user(session, user.id, PEOPLE, now)
        return row.id or 0
    new = AlertWay(
        user_id=user.id,
        kind=WayKind.PUSH,
        label=label,
        address=address,
        kinds=[one.value for one in NEEDS_A_PERSON],
        sign_in_id=sign_in,
        created_at=now,
    )
    return ways.add_way(session, user, new, FIELD, now)


def forget_gone(session: Session, way_id: int, now: datetime) -> None:
    """Let go of a browser whose push service does not know it any more."""
    row = session.get(AlertWay, way_id)
    if row is not None and row.kind == WayKind.PUSH:
        _forget(session, row, Code.ENDED_ALERT_WAY, now)


def _sign_in(session: Session, token: str) -> int | None:
    return session.scalar(
        select(col(SignIn.id)).where(col(SignIn.token_hash) == users.hash_secret(token))
    )


def _way_of(session: Session, user: Caller, sign_in: int | None) -> AlertWay | None:
    if sign_in is None:
        return None
    return session.scalar(
        select(AlertWay).where(
            col(AlertWay.kind) == WayKind.PUSH,
            col(AlertWay.user_id) == user.id,
            col(AlertWay.sign_in_id) == sign_in,
        )
    )


def _way_at(session: Session, address: str) -> AlertWay | None:
    return session.scalar(
        select(AlertWay).where(col(AlertWay.kind) == WayKind.PUSH, col(AlertWay.address) == address)
    )


def _forget(session: Session, row: AlertWay, code: Code, now: datetime) -> None:
    """The person's own affair is written down as theirs, whoever found out."""
    record_entry(session, because(code, label=row.label), now, user_id=row.user_id)
    announce_to_user(session, row.user_id, PEOPLE, now)
    session.delete(row)
    session.flush()
