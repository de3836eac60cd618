"""Incidents: what was seen becomes one of each kind and subject, told once, and once when over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlmodel import Session, col

from wasched.domain.incidents import AGAIN, Sighting, is_newer, settle_time, told_from
from wasched.domain.reasons import Reason
from wasched.models import Alert, Incident
from wasched.services.alerts import ways
from wasched.services.caller import Caller
from wasched.services.permissions import Action, may

KEPT = timedelta(days=90)
"""How long it is known what happened."""

_SHOWN, _SHOWN_THERE = 100, 20


@dataclass(frozen=True)
class IncidentLine:
    """One in a list; `over_at`: when it was last seen."""

    id: int
    kind: str
    what: Reason
    began_at: datetime
    over_at: datetime | None


def note_sightings(
    session: Session, seen: Iterable[Sighting], now: datetime, *, sends_mail: bool
) -> None:
    """Begin, keep up and end incidents by what is wrong now, and lay out who is told.

    It may be said as often as one likes, by any process: one that is open is not begun again.
    """
    found = {(str(one.kind), one.subject): one for one in seen}
    known = {(one.kind, one.subject): one for one in open_incidents(session)}
    for key, one in found.items():
        if key in known:
            _keep_up(known[key], one, now)
        elif one.begins:
            known[key] = _begin(session, one, now)
    for key, row in known.items():
        _move_on(session, row, now, is_seen=key in found, sends_mail=sends_mail)


def open_incidents(session: Session) -> Sequence[Incident]:
    """Those that are not over."""
    return session.scalars(select(Incident).where(col(Incident.over_at).is_(None))).all()


def latest_incidents(session: Session, _now: datetime) -> list[IncidentLine]:
    """What is or was wrong, the newest first; what nobody was to be told of yet is left out."""
    rows = session.scalars(
        select(Incident)
        .where(col(Incident.told_at).is_not(None))
        .order_by(col(Incident.began_at).desc(), col(Incident.id).desc())
        .limit(_SHOWN)
    )
    return [_line(one) for one in rows]


def incidents_for(session: Session, user: Caller) -> list[IncidentLine]:
    """What concerns a person where they are now, and the server's for who runs it; newest first."""
    mine = [col(Incident.space_id) == user.space_id] if may(user, Action.MANAGE) else []
    if may(user, Action.RUN_SERVER):
        mine.append(col(Incident.space_id).is_(None))
    if not mine:
        return []
    rows = session.scalars(
        select(Incident)
        .where(col(Incident.told_at).is_not(None), or_(*mine))
        .order_by(col(Incident.began_at).desc(), col(Incident.id).desc())
        .limit(_SHOWN_THERE)
    )
    return [_line(one) for one in rows]


def is_any_open(session: Session, _now: datetime) -> bool:
    """True while something is wrong, or settles."""
    return bool(open_incidents(session))


def prune_incidents(session: Session, now: datetime) -> None:
    """Forget what was over long ago, with whom it was told."""
    session.execute(delete(Incident).where(col(Incident.over_at) < now - KEPT))


def _line(row: Incident) -> IncidentLine:
    over_at = row.seen_at if row.over_at else None
    return IncidentLine(row.id or 0, row.kind, row.what, row.began_at, over_at)


def _begin(session: Session, one: Sighting, now: datetime) -> Incident:
    row = Incident(
        kind=one.kind,
        subject=one.subject,
        space_id=one.space_id,
        what=one.what,
        began_at=min(one.since, now),
        seen_at=now,
        returns=_returns(session, one, now),
    )
    session.add(row)
    session.flush()
    return row


def _returns(session: Session, one: Sighting, now: datetime) -> int:
    """How often it has come back by now; 0 if the last one of it was over long before."""
    before = session.scalar(
        select(col(Incident.returns))
        .where(
            col(Incident.kind) == one.kind,
            col(Incident.subject) == one.subject,
            col(Incident.over_at) > now - AGAIN,
        )
        .order_by(col(Incident.over_at).desc())
        .limit(1)
    )
    return 0 if before is None else before + 1


def _keep_up(row: Incident, one: Sighting, now: datetime) -> None:
    row.seen_at, row.space_id = now, one.space_id
    if is_newer(one.what, row.what):
        row.what = one.what


def _move_on(
    session: Session, row: Incident, now: datetime, *, is_seen: bool, sends_mail: bool
) -> None:
    if row.told_at is None:
        if not is_seen:
            session.delete(row)  # it came and went before anybody was told
        elif now >= told_from(row.kind, row.began_at):
            row.told_at = now
            ways.lay_out(session, row, now, sends_mail=sends_mail)
    elif not is_seen and now - row.seen_at >= settle_time(row.returns):
        row.over_at = now
        _lay_out_end(session, row, now)


def _lay_out_end(session: Session, row: Incident, now: datetime) -> None:
    """Tell the end to who was told the beginning; who was not yet is told both at once."""
    told = session.scalars(
        select(Alert).where(
            col(Alert.incident_id) == row.id,
            col(Alert.is_over).is_(False),
            col(Alert.sent_at).is_not(None),
        )
    ).all()
    for one in told:
        try_at = ways.quiet_end(session, one.way_id, now)
        session.add(Alert(incident_id=row.id or 0, way_id=one.way_id, is_over=True, try_at=try_at))
