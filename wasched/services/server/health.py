"""Whether each part of the server works, in one sentence each."""

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import case, func, literal, select
from sqlmodel import Session, col

from wasched.domain import storage
from wasched.domain.link import STORE_CODE, LinkState
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models import Account, Heartbeat
from wasched.models.base import ReasonColumn
from wasched.services.server.health_views import HealthLine, HealthTrouble
from wasched.services.server.workers_said import workers_sentence

SILENT = timedelta(seconds=150)
"""A worker beats once a minute; after two missed beats it counts as down."""

STOPPED = "Nothing goes out: a person stopped it."


def note_heartbeat(session: Session, worker: str, started_at: datetime, now: datetime) -> None:
    """Note for people that a worker is alive; its beats are for the other workers."""
    row = session.get(Heartbeat, worker) or Heartbeat(worker=worker, at=now, started_at=started_at)
    row.at, row.started_at = now, started_at
    session.add(row)


def health_report(
    session: Session, now: datetime, folder: Path, damage: str = "", link_damage: str = ""
) -> list[HealthLine]:
    """Database, data folder, worker, links and accounts, given what is known to be damaged.

    It names no phone number, for strangers read it too.
    """
    return [
        database_line(session, damage),
        storage_line(folder_fault(folder)),
        worker_line(session, now),
        links_line(link_damage),
        *account_lines(session),
    ]


def is_worker_silent(session: Session, now: datetime) -> bool:
    """True while no worker reports: nothing is sent, and no file is read or converted."""
    last = session.scalar(select(func.max(Heartbeat.at)))
    return last is None or now - last >= SILENT


def standstill_reason(session: Session, now: datetime) -> str:
    """Why nothing is sent at all, in one sentence; empty while the worker is alive."""
    last = session.scalar(select(func.max(Heartbeat.at)))
    if last is None:
        return "Nothing is sent yet: the sending part of the server has not started."
    if now - last < SILENT:
        return ""
    minutes = int((now - last).total_seconds() // 60)
    return (
        "Sending stands still: the sending part of the server has not reported for "
        f"{minutes} minutes."
    )


def folder_fault(folder: Path) -> str:
    """What keeps a folder from being written to, in one sentence; empty if nothing does."""
    try:
        found = os.statvfs(folder)
    except OSError as fault:
        return f"The data folder cannot be reached: {fault.strerror}."
    return storage.sentence_at(
        free=found.f_bavail * found.f_frsize, is_read_only=bool(found.f_flag & os.ST_RDONLY)
    )


def storage_line(wrong: str) -> HealthLine:
    """How the data folder is, given what is wrong with it."""
    return HealthLine("storage", not wrong, wrong or "The data folder can be written to.")


def with_troubles(lines: Iterable[HealthLine], found: Iterable[HealthTrouble]) -> list[HealthLine]:
    """The lines, where each trouble stands in the place of its part's own; the first one wins.

    What stops nothing is said, and leaves its part as well as it is.
    """
    told = {one.part: one for one in reversed(list(found))}
    own = [
        replace(line, ok=not told[line.name].stops, sentence=told[line.name].sentence)
        if line.ok and line.name in told
        else line
        for line in lines
    ]
    names = {line.name for line in own}
    others = [one for one in told.values() if one.part not in names]
    return own + [HealthLine(one.part, not one.stops, one.sentence) for one in others]


def sending_line(found: Iterable[HealthTrouble]) -> HealthLine:
    """Whether what is due goes out, as far as nothing explains why it does not."""
    wrong = next((one.sentence for one in found if one.part == "sending"), "")
    return HealthLine("sending", not wrong, wrong or "Nothing is overdue without a reason.")


def database_line(session: Session, damage: str = "") -> HealthLine:
    """The database, which has to be read for it unless its damage is known."""
    if damage:
        return damaged_line(damage)
    session.execute(select(Heartbeat.worker).limit(1))
    return HealthLine("database", True, "The database answers.")


def damaged_line(damage: str) -> HealthLine:
    """The database, given what is known to be damaged in it."""
    return HealthLine("database", False, damage)


def links_line(damage: str) -> HealthLine:
    """The links' files, given what is known to be damaged among them."""
    return HealthLine("links", not damage, damage or "No damage to the links' files is known of.")


def server_line(started_at: datetime) -> HealthLine:
    """The api, which is there if anybody asks."""
    return HealthLine("server", True, "The pages are served.", since=started_at)


def queue_line(wrong: str) -> HealthLine:
    """The queue, given what is wrong with it; without it sending goes on, a little less on time."""
    said = f"{wrong} What is due is sent without it." if wrong else "Tasks are passed on at once."
    return HealthLine("queue", not wrong, said)


def worker_line(session: Session, now: datetime) -> HealthLine:
    """The worker, as it has reported."""
    last = session.scalar(select(Heartbeat).order_by(col(Heartbeat.at).desc()).limit(1))
    since, seen = (last.started_at, min(last.at, now)) if last else (None, None)
    sentence = standstill_reason(session, now)
    if not sentence:
        return HealthLine("worker", True, workers_sentence(session, now, SILENT), since, seen)
    return HealthLine("worker", False, f"{sentence} See the worker's log.", None, seen)


def account_lines(session: Session) -> list[HealthLine]:
    """Every account, by its number; one that a person stopped works as they want it to."""
    rows = session.execute(
        select(
            Account.id,
            Account.state,
            Account.state_since,
            Account.paused_at,
            case(
                (col(Account.state_code).startswith(STORE_CODE), Account.state_detail),
                else_=literal(NO_REASON, ReasonColumn),
            ),
        )
        .where(col(Account.removed_at).is_(None))
        .order_by(col(Account.id))
    )
    return [_account(*row) for row in rows]


def _account(
    number: int, state: str, since: datetime, stopped_at: datetime | None, wrong: Reason
) -> HealthLine:
    """The line of an account; `wrong` is what its link's file suffers from, if it does."""
    name = f"account {number}"
    if wrong:
        return HealthLine(name, False, "", since, why=wrong)
    if stopped_at is not None:
        return HealthLine(name, True, STOPPED, stopped_at)
    return HealthLine(name, state == LinkState.CONNECTED, _SAYS[LinkState(state)], since)


_SAYS = {
    LinkState.CONNECTED: "Works.",
    LinkState.CONNECTING: "Is connecting to WhatsApp.",
    LinkState.RECONNECTING: "Has no connection to WhatsApp; it tries again by itself.",
    LinkState.NEEDS_LINK: "Is not linked.",
    LinkState.LOGGED_OUT: "Is not linked any more.",
    LinkState.REPLACED: "Was taken over by another program.",
    LinkState.OUTDATED: "Needs a newer version of this server.",
    LinkState.BANNED: "Is restricted by WhatsApp.",
    LinkState.NEEDS_PASSKEY: "Is asked for a passkey.",
    LinkState.ERROR: "Does not work.",
}
