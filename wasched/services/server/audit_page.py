"""The audit log as it is read: a page of it, newest first, narrowed as an address says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.deeds import DeedKind
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.typed import read_day, read_id
from wasched.models import AuditEntry, Schedule, User
from wasched.services import permissions
from wasched.services.audit_log import record_deed, record_on_server
from wasched.services.caller import Caller
from wasched.services.paging import Keyset, Place, read_page
from wasched.services.permissions import Action

PAGE = 50
_NEWEST = Keyset((AuditEntry.at, AuditEntry.id), backwards=True)

SERVER = "server"
"""What an address calls the log of the server; anything else is that of the space."""

_ABOUT_USER, _ABOUT_SCHEDULE = "user_id", "schedule_id"


@dataclass(frozen=True)
class AuditFilters:
    """Empty values choose all; `since` and `until` bound the instant, the second not included."""

    of_server: bool = False
    user_id: int = 0
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class AuditLine:
    """One entry; `who` is empty for the server itself, `key_name` unless a program did it for them.

    `schedule_id` is 0 unless the entry is about a schedule that is there, which says `about`.
    """

    id: int
    at: datetime
    who: str
    kind: str
    what: Reason
    address: str
    key_name: str
    schedule_id: int = 0
    about: str = ""


@dataclass(frozen=True)
class AuditPage:
    """A page of the log, and the cursor of the next one, empty at the end."""

    lines: list[AuditLine]
    next_cursor: str = ""


def read_filters(given: Mapping[str, str], zone: str) -> AuditFilters:
    """The filter of an address; what cannot be read there chooses all.

    Names: of (server), who, kind, from and to (days in the zone, both included).
    """
    first, last = read_day(given.get("from", "")), read_day(given.get("to", ""))
    where, kind = wall_clock.zone(zone), given.get("kind", "")
    return AuditFilters(
        of_server=given.get("of") == SERVER,
        user_id=read_id(given.get("who", "")),
        kind=kind if kind in tuple(DeedKind) else "",
        since=wall_clock.start_of(first, where) if first else None,
        until=wall_clock.start_of(last + timedelta(days=1), where) if last else None,
    )


def audit_page(
    session: Session, user: Caller, wanted: AuditFilters, cursor: str = "", limit: int = PAGE
) -> AuditPage:
    """A page of the log that the user may read; InputError if the cursor is damaged."""
    require_reader(user, wanted)
    chosen = _chosen(user, wanted)
    rows, following = read_page(session, chosen, _NEWEST, cursor, limit, _place_of)
    entries = [AuditLine(*row) for row in rows]
    return AuditPage(_named(session, user, entries), following)


def people_of_log(session: Session, user: Caller, wanted: AuditFilters) -> list[tuple[int, str]]:
    """Everybody who did something that the log has, by name; also who was removed since."""
    require_reader(user, wanted)
    did = exists().where(_is_of_log(user, wanted), col(AuditEntry.user_id) == col(User.id))
    rows = session.execute(select(User.id, User.name).where(did).order_by(User.name, col(User.id)))
    return [(number or 0, name) for number, name in rows]


def all_lines(
    session: Session, user: Caller, wanted: AuditFilters, chunk: int = 1_000
) -> Iterator[AuditLine]:
    """Every entry that the filter chooses, read a chunk at a time."""
    cursor = ""
    while True:
        page = audit_page(session, user, wanted, cursor, chunk)
        yield from page.lines
        cursor = page.next_cursor
        if not cursor:
            return


def record_export(session: Session, user: Caller, wanted: AuditFilters, now: datetime) -> None:
    """Write down that the log is taken away as a file; RoleError, NotFoundError if it may not."""
    require_reader(user, wanted)
    record = record_on_server if wanted.of_server else record_deed
    record(session, user, Reason(Code.EXPORTED_AUDIT_LOG), now)


def require_reader(user: Caller, wanted: AuditFilters) -> None:
    """RoleError or NotFoundError unless the user may read this log.

    A space's is for its managers, and the server's for who runs it.
    """
    permissions.require(user, Action.RUN_SERVER if wanted.of_server else Action.MANAGE)


def _place_of(row: Any) -> Place:
    return row.at, row.id


def _chosen(user: Caller, wanted: AuditFilters) -> Select[Any]:
    entry = AuditEntry
    shown = (col(entry.id), col(entry.at), User.name, col(entry.kind))
    found: Select[Any] = (
        select(*shown, col(entry.what), col(entry.address), col(entry.key_name))
        .outerjoin(User, col(User.id) == entry.user_id)
        .where(_is_of_log(user, wanted))
    )
    if wanted.user_id:
        found = found.where(col(entry.user_id) == wanted.user_id)
    if wanted.kind:
        found = found.where(col(entry.kind) == wanted.kind)
    if wanted.since is not None:
        found = found.where(col(entry.at) >= wanted.since)
    if wanted.until is not None:
        found = found.where(col(entry.at) < wanted.until)
    return found


def _is_of_log(user: Caller, wanted: AuditFilters) -> ColumnElement[bool]:
    space = col(AuditEntry.space_id)
    return space.is_(None) if wanted.of_server else permissions.visible_to(space, user)


def _named(session: Session, user: Caller, entries: list[AuditLine]) -> list[AuditLine]:
    """The entries with the names of whom they are about, and what their schedules say."""
    whom = {one.id: _param(one.what, _ABOUT_USER) for one in entries}
    which = {one.id: _param(one.what, _ABOUT_SCHEDULE) for one in entries}
    people = select(User.id, User.name).where(col(User.id).in_(set(whom.values()) - {0}))
    names = {number: name for number, name in session.execute(people) if number}
    schedules = select(Schedule.id, Schedule.preview).where(
        col(Schedule.id).in_(set(which.values()) - {0}),
        permissions.visible_among(Schedule.space_id, user),
    )
    says = {number: preview for number, preview in session.execute(schedules) if number}
    return [_with_names(one, names.get(whom[one.id]), which[one.id], says) for one in entries]


def _with_names(
    one: AuditLine, person: str | None, schedule_id: int, says: Mapping[int, str]
) -> AuditLine:
    what = one.what if person is None else because(one.what.code, **_params(one), person=person)
    is_there = schedule_id in says
    return AuditLine(
        one.id,
        one.at,
        one.who or "",
        one.kind,
        what,
        one.address,
        one.key_name,
        schedule_id if is_there else 0,
        says.get(schedule_id, ""),
    )


def _params(one: AuditLine) -> dict[str, str | int]:
    return dict(one.what.params)


def _param(what: Reason, name: str) -> int:
    return read_id(str(dict(what.params).get(name, "")))
