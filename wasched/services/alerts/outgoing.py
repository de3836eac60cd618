"""Alerts on their way: taken by one process at a time, told together, and tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from wasched.domain.incidents import TellResult, next_try
from wasched.domain.reasons import Reason
from wasched.models import Alert, AlertWay, Incident, User, WayKind
from wasched.services.alerts import browsers, ways
from wasched.services.caller import Caller

_TAKEN = timedelta(minutes=10)
"""What a process has taken is left alone by others for so long; it may have died with it."""


@dataclass(frozen=True)
class Told:
    """One incident in a message; `over_at`: it is over, since when it was last seen."""

    alert_id: int
    kind: str
    subject: str
    what: Reason
    began_at: datetime
    over_at: datetime | None
    is_end: bool  # the beginning was told before
    space_id: int | None = None  # None: it is about the server


@dataclass(frozen=True)
class Target:
    """Whom and where a message goes; `address` is a secret of a service."""

    way_id: int
    kind: str
    address: str
    email: str
    name: str
    zone: str
    label: str = ""  # what the way is called


@dataclass(frozen=True)
class Parcel:
    """All that is to be told by one way now, the oldest first."""

    target: Target
    told: tuple[Told, ...]


def is_any_due(session: Session, now: datetime) -> bool:
    """True if something is to be told now."""
    return session.scalar(select(col(Alert.id)).where(*_is_due(now)).limit(1)) is not None


def take_due(session: Session, now: datetime) -> list[Parcel]:
    """What is to be told now, by way; it is the caller's until `finish`, for a while."""
    due: dict[int, list[Alert]] = {}
    for one in session.scalars(select(Alert).where(*_is_due(now)).order_by(col(Alert.id))):
        due.setdefault(one.way_id, []).append(one)
    return [_take(session, way_id, alerts, now) for way_id, alerts in due.items()]


def finish(session: Session, parcel: Parcel, result: TellResult, now: datetime) -> None:
    """Write down what came of it, and when what was not taken is tried again."""
    way = session.get(AlertWay, parcel.target.way_id)
    if way is None:
        return
    if result.is_gone:
        browsers.forget_gone(session, parcel.target.way_id, now)
        return
    way.fault = result.fault[:300]
    session.add(way)
    for one in parcel.told:
        if (alert := session.get(Alert, one.alert_id)) is not None:
            _finish(session, alert, one, result, now)


def target_of(session: Session, way: AlertWay) -> Target:
    """Where a way leads."""
    user = session.get_one(User, way.user_id)
    label = way.label or "E-mail"
    return Target(way.id or 0, way.kind, way.address, user.email, user.name, user.zone, label)


def own_target(session: Session, user: Caller, way_id: int) -> Target:
    """Where one of the person's own ways leads; 0 is e-mail that was never chosen."""
    if way_id:
        return target_of(session, ways.read_way(session, user, way_id))
    return _by_mail(user)


def targets_of(session: Session, email: str, *, sends_mail: bool) -> list[Target]:
    """Where all ways of a person lead; none for who is not there."""
    user = session.scalar(
        select(User).where(col(User.email) == email.strip().lower(), col(User.removed_at).is_(None))
    )
    if user is None:
        return []
    rows = session.scalars(
        select(AlertWay).where(col(AlertWay.user_id) == user.id).order_by(col(AlertWay.id))
    )
    services = [target_of(session, one) for one in rows if one.kind != WayKind.MAIL]
    return [_by_mail(user), *services] if sends_mail else services


def _by_mail(user: User | Caller) -> Target:
    return Target(0, WayKind.MAIL, "", user.email, user.name, user.zone, "E-mail")


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Alert.sent_at).is_(None),
        col(Alert.given_up_at).is_(None),
        col(Alert.try_at) <= now,
    )


def _take(session: Session, way_id: int, alerts: Sequence[Alert], now: datetime) -> Parcel:
    for one in alerts:
        one.try_at, one.tries = now + _TAKEN, one.tries + 1
        session.add(one)
    target = target_of(session, session.get_one(AlertWay, way_id))
    return Parcel(target, tuple(_told(session, one) for one in alerts))


def _told(session: Session, alert: Alert) -> Told:
    row = session.get_one(Incident, alert.incident_id)
    return Told(
        alert_id=alert.id or 0,
        kind=row.kind,
        subject=row.subject,
        what=row.what,
        began_at=row.began_at,
        over_at=row.seen_at if row.over_at else None,
        is_end=alert.is_over,
        space_id=row.space_id,
    )


def _finish(session: Session, alert: Alert, told: Told, result: TellResult, now: datetime) -> None:
    session.add(alert)
    if not result.fault:
        alert.sent_at = now
        _tell_end_as_well(session, alert, told, now)
        return
    again = None if result.permanent else next_try(alert.tries, now)
    if again is None:
        alert.given_up_at = now
    else:
        alert.try_at = again


def _tell_end_as_well(session: Session, alert: Alert, told: Told, now: datetime) -> None:
    """It came to its end while its beginning was being told."""
    row = session.get_one(Incident, alert.incident_id)
    if row.over_at is not None and told.over_at is None and not alert.is_over:
        try_at = ways.quiet_end(session, alert.way_id, now)
        session.add(
            Alert(incident_id=row.id or 0, way_id=alert.way_id, is_over=True, try_at=try_at)
        )
