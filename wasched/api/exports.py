"""Files to take away: the messages that a list shows, people, the audit log, and back-ups."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.callers import PoliteRoute, caller
from wasched.domain.errors import SignInError
from wasched.domain.reasons import Code, Reason
from wasched.domain.typed import read_id, read_instant
from wasched.services.address_book import export_people
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.messages import export_messages, filters
from wasched.services.server import audit_page, export_audit_log, kept_back_ups
from wasched.services.votes import export_votes
from wasched.text.reasons import reason_sentence

Lines = Callable[[Session, Caller], Iterator[str]]
Record = Callable[[Session, Caller, datetime], None]

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_PIECE = 1 << 20  # bytes

router = APIRouter(prefix="/export", route_class=PoliteRoute)


@router.get("/messages.csv")
def messages(request: Request) -> Response:
    """The messages that the query chooses, in the words of the list's own address."""

    def lines(session: Session, user: Caller) -> Iterator[str]:
        wanted = filters.read_filters(request.query_params, user.zone)
        now = bootstrap.clock().now()
        word = partial(reason_sentence, zone=user.zone, now=now)
        return export_messages.csv_lines(session, user, wanted, now, word)

    return _file(request, "messages.csv", "text/csv", lines, _took(Code.EXPORTED_MESSAGES))


@router.get("/votes.csv")
def votes(request: Request) -> Response:
    """Who voted what on the send that the query names by its schedule and instant."""

    def lines(session: Session, user: Caller) -> Iterator[str]:
        given = request.query_params
        schedule_id, at = read_id(given.get("schedule", "")), read_instant(given.get("at", ""))
        return export_votes.csv_lines(session, user, (schedule_id, at or _NEVER))

    return _file(request, "votes.csv", "text/csv", lines, _took(Code.EXPORTED_VOTES))


@router.get("/people.csv")
def people_csv(request: Request) -> Response:
    """All the caller's people, for spreadsheets and to be imported again."""
    took = _took(Code.EXPORTED_PEOPLE)
    return _file(request, "people.csv", "text/csv", export_people.csv_lines, took)


@router.get("/people.vcf")
def people_vcf(request: Request) -> Response:
    """All the caller's people, for the contacts of a phone."""
    took = _took(Code.EXPORTED_PEOPLE)
    return _file(request, "people.vcf", "text/vcard", export_people.write_vcards, took)


@router.get("/audit-log.csv")
def audit_log(request: Request) -> Response:
    """The entries of the audit log that the query chooses, in the words of its page's address."""

    def wanted(user: Caller) -> audit_page.AuditFilters:
        return audit_page.read_filters(request.query_params, user.zone)

    def lines(session: Session, user: Caller) -> Iterator[str]:
        word = partial(reason_sentence, zone=user.zone, now=bootstrap.clock().now())
        return export_audit_log.csv_lines(session, user, wanted(user), word)

    def record(session: Session, user: Caller, now: datetime) -> None:
        audit_page.record_export(session, user, wanted(user), now)

    return _file(request, "audit-log.csv", "text/csv", lines, record)


@router.get("/back-ups/{name}")
def back_up(request: Request, name: str) -> Response:
    """A kept back-up of the whole server, for who runs it and gave their password just now."""
    user = caller(request)
    kept = bootstrap.transaction(lambda s, now: kept_back_ups.take_back_up(s, user, name, now))
    headers = {
        "Content-Disposition": f'attachment; filename="{kept.name}"',
        "Content-Length": str(kept.size),
        "Cache-Control": "no-store",
    }
    kind = "application/octet-stream"
    return StreamingResponse(_read(kept.name), media_type=kind, headers=headers)


def _read(name: str) -> Iterator[bytes]:
    with bootstrap.back_up_place().opened(name) as source:
        while piece := source.read(_PIECE):
            yield piece


def _took(what: Code) -> Record:
    return lambda session, user, now: record_deed(session, user, Reason(what), now)


def _file(request: Request, name: str, kind: str, lines: Lines, record: Record) -> Response:
    """A file to save, once the audit log has it; who is not signed in is led to where they can."""
    try:
        user = caller(request)
    except SignInError:
        return RedirectResponse("/sign-in", status_code=303)
    bootstrap.transaction(lambda session, now: record(session, user, now))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_written(user, lines), media_type=kind, headers=headers)


def _written(user: Caller, lines: Lines) -> Iterator[str]:
    return bootstrap.database().stream(lambda session: lines(session, user))
