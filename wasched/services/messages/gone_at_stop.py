"""What had gone when somebody stopped sending: told, for "stopped" alone would not be true."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.message import NO_TRY, Status
from wasched.models import Account, Message
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.schedules.already_gone import count_gone, done_words

_SENDS_MOST = 50


def say_stopped(
    session: Session, user: Caller, account_ids: Sequence[int] | None, now: datetime
) -> str:
    """How much had gone of what is under way through these accounts, None for all the user's.

    Nothing if nothing is under way.
    """
    permissions.require(user, Action.STOP)
    mine = select(col(Account.id)).where(permissions.visible_to(Account.space_id, user))
    if account_ids is not None:
        mine = mine.where(col(Account.id).in_(account_ids))
    return _say_gone(session, user, session.scalars(mine).all(), now)


def say_server_stopped(session: Session, admin: Caller, now: datetime) -> str:
    """The same of the whole server, of whom is nobody's business."""
    permissions.require(admin, Action.RUN_SERVER)
    return _say_gone(session, admin, session.scalars(select(col(Account.id))).all(), now)


def _say_gone(
    session: Session, user: Caller, account_ids: Sequence[int | None], now: datetime
) -> str:
    keys = session.execute(
        select(Message.schedule_id, Message.due_at)
        .where(
            col(Message.status).in_((Status.SCHEDULED, Status.SENDING)),
            col(Message.due_at) <= now,
            col(Message.try_at) < NO_TRY,
            hints.off_index(Message.account_id, 0).in_(account_ids),
        )
        .distinct()
        .limit(_SENDS_MOST)
    )
    pairs = [(schedule_id, due_at) for schedule_id, due_at in keys]
    found = count_gone(session, *hints.pairs_in(Message.schedule_id, Message.due_at, pairs))
    # What is claimed and not handed over is held, so it was caught.
    caught = found.waiting + found.on_way
    held = replace(found, gone=found.gone - found.on_way, on_way=0, waiting=caught)
    return done_words("Stopped", held, user, now) if held.gone else ""
