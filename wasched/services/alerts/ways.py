"""How each person is told, and of what: their own affair, and of nobody else's sight."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import quiet_hours, wall_clock
from wasched.domain.alert_address import read_service_address
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.incidents import FOR_MANAGERS_TOO, OF_SERVER, UNASKED, IncidentKind
from wasched.domain.reasons import Code, because
from wasched.models import (
    Alert,
    AlertQuiet,
    AlertWay,
    Incident,
    Membership,
    Role,
    User,
    WayKind,
)
from wasched.services.audit_log import record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user

WAYS_MAX = 10
"""Of one person, e-mail among them."""

_ROLES = {IncidentKind.APPROVAL: (Role.MANAGER, Role.EDITOR)}
"""Whom something of a space concerns, where that is not its managers alone."""


@dataclass(frozen=True)
class WayLine:
    """One way in a list; `id` is 0 for e-mail that was never chosen or refused."""

    id: int
    kind: str
    label: str
    kinds: tuple[str, ...]
    fault: str


def offered_kinds(session: Session, user: Caller) -> list[IncidentKind]:
    """What may concern the person, wherever they are, in its order."""
    roles = set(
        session.scalars(
            select(col(Membership.role)).where(col(Membership.user_id) == user.id)
        ).all()
    )
    return [one for one in IncidentKind if _concerns(one, roles, is_admin=user.is_admin)]


def list_ways(session: Session, user: Caller, *, sends_mail: bool) -> list[WayLine]:
    """The person's ways: e-mail first where the server can send any, then the oldest."""
    rows = session.scalars(
        select(AlertWay).where(col(AlertWay.user_id) == user.id).order_by(col(AlertWay.id))
    ).all()
    mails = [one for one in rows if one.kind == WayKind.MAIL]
    others = [_line(one) for one in rows if one.kind != WayKind.MAIL]
    if not sends_mail:
        return others
    unasked = WayLine(0, WayKind.MAIL, "", tuple(sorted(UNASKED)), "")
    return [*([_line(one) for one in mails] or [unasked]), *others]


def is_told(session: Session, user: Caller, *, sends_mail: bool) -> bool:
    """True if the person is told of anything by any way."""
    return any(one.kinds for one in list_ways(session, user, sends_mail=sends_mail))


def is_server_watched(session: Session, *, sends_mail: bool) -> bool:
    """True if anybody who runs the server is told of anything that goes wrong with it."""
    rows = session.execute(
        select(col(User.id), col(AlertWay.kind), col(AlertWay.kinds))
        .outerjoin(AlertWay, col(AlertWay.user_id) == User.id)
        .where(col(User.is_admin), col(User.removed_at).is_(None))
    ).all()
    told = [(user_id, kind) for user_id, kind, kinds in rows if kind and kinds]
    chose_mail = {user_id for user_id, kind, _ in rows if kind == WayKind.MAIL}
    by_mail = {user_id for user_id, kind in told if kind == WayKind.MAIL}
    unasked = {user_id for user_id, _, _ in rows} - chose_mail
    return any(kind != WayKind.MAIL for _, kind in told) or bool(sends_mail and by_mail | unasked)


def read_way(session: Session, user: Caller, way_id: int) -> AlertWay:
    """One of the person's own; NotFoundError if it is none."""
    row = session.get(AlertWay, way_id)
    if row is None or row.user_id != user.id:
        raise NotFoundError()
    return row


def add_service(
    session: Session,
    user: Caller,
    typed: str,
    kinds: Collection[str],
    now: datetime,
    *,
    allows_private: bool,
) -> int:
    """A way by another service; InputError names what cannot be taken: address or kinds."""
    found = read_service_address(typed, allows_private=allows_private)
    new = AlertWay(
        user_id=user.id,
        kind=WayKind.SERVICE,
        label=found.label,
        address=found.url,
        kinds=list(kinds),
        created_at=now,
    )
    return add_way(session, user, new, "address", now)


def add_way(session: Session, user: Caller, new: AlertWay, field: str, now: datetime) -> int:
    """Add a way, told what of its kinds may concern the person; InputError if there are many."""
    count = select(func.count()).where(col(AlertWay.user_id) == user.id)
    if (session.scalar(count) or 0) >= WAYS_MAX:
        raise InputError(field, f"There are {WAYS_MAX} ways already. Remove one first.")
    new.kinds = _checked(session, user, new.kinds)
    session.add(new)
    session.flush()
    record_on_server(session, user, because(Code.ADDED_ALERT_WAY, label=new.label), now)
    announce_to_user(session, user.id, PEOPLE, now)
    return new.id or 0


def choose_kinds(
    session: Session, user: Caller, way_id: int, kinds: Collection[str], now: datetime
) -> None:
    """Of what the person is told by a way; 0 is e-mail that was never chosen."""
    row = read_way(session, user, way_id) if way_id else _mail_way(session, user.id, now)
    row.kinds = _checked(session, user, kinds)
    session.add(row)


def remove_way(session: Session, user: Caller, way_id: int, now: datetime) -> None:
    """Tell the person nothing more by a way; e-mail is kept, and told nothing."""
    row = read_way(session, user, way_id)
    if row.kind == WayKind.MAIL:
        row.kinds = []
        session.add(row)
        return
    record_on_server(session, user, because(Code.REMOVED_ALERT_WAY, label=row.label), now)
    announce_to_user(session, user.id, PEOPLE, now)
    session.delete(row)


def quiet_times(session: Session, user: Caller) -> tuple[time, time] | None:
    """The hours in which the person is told nothing; None if there are none."""
    row = session.get(AlertQuiet, user.id)
    return (row.quiet_from, row.quiet_to) if row else None


def choose_quiet(session: Session, user: Caller, start: time | None, end: time | None) -> None:
    """Set the hours, both or neither; InputError if one of them is missing."""
    row = session.get(AlertQuiet, user.id)
    if start is None and end is None:
        if row is not None:
            session.delete(row)
        return
    if start is None or end is None:
        raise InputError("quiet_from", "Give both: when the quiet hours begin and when they end.")
    session.merge(AlertQuiet(user_id=user.id, quiet_from=start, quiet_to=end))


def lay_out(session: Session, row: Incident, now: datetime, *, sends_mail: bool) -> None:
    """Have an incident told by the ways of everybody whom it concerns."""
    for user in _concerned(session, IncidentKind(row.kind), row.space_id):
        if sends_mail:
            _mail_way(session, user.id or 0, now)
        ways = session.scalars(select(AlertWay).where(col(AlertWay.user_id) == user.id)).all()
        try_at = _after_quiet(session, user, now)
        for way in ways:
            if row.kind in way.kinds and (sends_mail or way.kind != WayKind.MAIL):
                told = Alert(incident_id=row.id or 0, way_id=way.id or 0, try_at=try_at)
                session.add(told)


def quiet_end(session: Session, way_id: int, now: datetime) -> datetime:
    """When something may be told by a way: now, or when its person's quiet hours end."""
    user = session.get_one(User, session.get_one(AlertWay, way_id).user_id)
    return _after_quiet(session, user, now)


def _concerned(session: Session, kind: IncidentKind, space_id: int | None) -> Sequence[User]:
    """Who may sign in, and is to know of it."""
    here = select(User).where(col(User.removed_at).is_(None))
    if space_id is not None:
        roles = _ROLES.get(kind, (Role.MANAGER,))
        members = select(col(Membership.user_id)).where(
            col(Membership.space_id) == space_id, col(Membership.role).in_(roles)
        )
        return session.scalars(here.where(col(User.id).in_(members))).all()
    if kind in FOR_MANAGERS_TOO:
        managers = select(col(Membership.user_id)).where(col(Membership.role) == Role.MANAGER)
        return session.scalars(here.where(col(User.is_admin) | col(User.id).in_(managers))).all()
    return session.scalars(here.where(col(User.is_admin))).all()


def _concerns(kind: IncidentKind, roles: set[str], *, is_admin: bool) -> bool:
    if kind in OF_SERVER:
        return is_admin or (kind in FOR_MANAGERS_TOO and Role.MANAGER in roles)
    return not roles.isdisjoint(_ROLES.get(kind, (Role.MANAGER,)))


def _after_quiet(session: Session, user: User, now: datetime) -> datetime:
    hours = session.get(AlertQuiet, user.id)
    if hours is None:
        return now
    zone = wall_clock.zone(user.zone)
    return quiet_hours.quiet_until(now, hours.quiet_from, hours.quiet_to, zone) or now


def _find_mail_way(session: Session, user_id: int) -> AlertWay | None:
    return session.scalar(
        select(AlertWay).where(col(AlertWay.user_id) == user_id, col(AlertWay.kind) == WayKind.MAIL)
    )


def _mail_way(session: Session, user_id: int, now: datetime) -> AlertWay:
    """The person's e-mail; of who has chosen nothing yet, with what everybody is told."""
    if row := _find_mail_way(session, user_id):
        return row
    row = AlertWay(user_id=user_id, kind=WayKind.MAIL, kinds=sorted(UNASKED), created_at=now)
    session.add(row)
    session.flush()
    return row


def _checked(session: Session, user: Caller, kinds: Collection[str]) -> list[str]:
    """The kinds that may concern the person, in their order; others are left out."""
    return [one.value for one in offered_kinds(session, user) if one in kinds]


def _line(row: AlertWay) -> WayLine:
    return WayLine(row.id or 0, row.kind, row.label, tuple(row.kinds), row.fault)
