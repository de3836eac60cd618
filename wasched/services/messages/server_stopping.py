"""Stop the whole server and go on: for who runs it, whatever is stopped in spaces."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.domain.reasons import Code, Reason
from wasched.models import Account, Message, Setting, User
from wasched.services import effects, permissions, server_stop
from wasched.services.audit_log import record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES, announce_to_all
from wasched.services.messages import stopping
from wasched.services.messages.stopping import Meanwhile
from wasched.services.permissions import Action
from wasched.services.server_stop import ServerStop
from wasched.services.views import FellDue, WholeStop


def stop_server(session: Session, admin: Caller, now: datetime) -> None:
    """Let nothing more go out from this server; one that is stopped already stays as it was."""
    permissions.require(admin, Action.RUN_SERVER)
    if server_stop.is_server_stopped(session):
        return
    server_stop.put_server_stop(session, ServerStop(now, admin.id))
    _record(session, admin, Code.STOPPED_SERVER, now)


def resume_server(
    session: Session, admin: Caller, meanwhile: Meanwhile, asked_at: datetime, now: datetime
) -> int:
    """Let messages go out again, but through what is stopped in its space.

    The choice is about what had fallen due by `asked_at`; returns about how many messages it was.
    InputError while that is not known yet.
    """
    permissions.require(admin, Action.RUN_SERVER)
    if not server_stop.is_server_stopped(session):
        return 0
    held = _held(session)
    stopping.bring_up(session, held, now)
    count = sum(stopping.settle(session, admin, one, meanwhile, asked_at, now) for one in held)
    session.execute(delete(Setting).where(col(Setting.name) == server_stop.NAME))
    _record(session, admin, Code.RESUMED_SERVER, now)
    for account in held:
        effects.wake(session, account.id or 0, now)
    return count


def fell_due_everywhere(session: Session, admin: Caller, now: datetime) -> FellDue | None:
    """How much fell due while the server is stopped, of whom is nobody's business; None if it is
    not. InputError while it is not known yet."""
    permissions.require(admin, Action.RUN_SERVER)
    if not server_stop.is_server_stopped(session):
        return None
    held = _held(session)
    stopping.bring_up(session, held, now)
    due = stopping.due_of([one.id or 0 for one in held], now)
    count, oldest = session.execute(
        select(func.count(), func.min(Message.due_at)).where(*due)
    ).one()
    return FellDue(("the whole server",), count, oldest, named=(), missed=0)


def whole_stop(session: Session, user: Caller) -> WholeStop | None:
    """Who stopped the whole server and since when, for everybody; None while nobody has."""
    stop = server_stop.server_stop(session)
    if stop is None:
        return None
    by = session.get(User, stop.by_id)
    return WholeStop(
        stop.at,
        by.name if by else "",
        is_by_me=stop.by_id == user.id,
        may_go_on=permissions.may(user, Action.RUN_SERVER),
        admin=session.scalar(select(User.name).where(col(User.is_admin))) or "somebody",
    )


def _held(session: Session) -> Sequence[Account]:
    """The accounts that go on once the server does."""
    is_there = col(Account.removed_at).is_(None), col(Account.paused_at).is_(None)
    return session.scalars(select(Account).where(*is_there).order_by(col(Account.id))).all()


def _record(session: Session, admin: Caller, did: Code, now: datetime) -> None:
    record_on_server(session, admin, Reason(did), now)
    announce_to_all(session, ACCOUNTS, now)
    announce_to_all(session, MESSAGES, now)
