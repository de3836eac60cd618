"""Unfinished messages: kept for who writes them, on all their devices, until they are sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.models import KeptDraft
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.change_notes import DRAFTS, announce_to_user
from wasched.services.permissions import Action

DRAFTS_MAX = 50
BODY_MAX = 200_000
"""Bytes of one draft: the longest text in most scripts with all its recipients."""

GONE = "gone"
"""The code of the refusal to send a draft that is not there any more."""

_SHOWN = 200


@dataclass(frozen=True)
class DraftBody:
    """A draft as its page reads it back, what a list shows of it, and the files it names."""

    body: str
    to_whom: str
    words: str
    media: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list."""

    id: int
    to_whom: str
    words: str
    changed_at: datetime


@dataclass(frozen=True)
class SavedDraft:
    """Which draft it is now, and which version of it; a conflict made another one of it."""

    id: int
    version: int
    is_apart: bool = False


def list_drafts(session: Session, user: Caller) -> list[DraftLine]:
    """What the user has not finished; the newest first."""
    rows = session.execute(
        select(KeptDraft.id, KeptDraft.to_whom, KeptDraft.words, KeptDraft.changed_at)
        .where(*_of_user(user))
        .order_by(col(KeptDraft.changed_at).desc(), col(KeptDraft.id).desc())
    )
    return [DraftLine(*row) for row in rows]


def fetch_draft(session: Session, user: Caller, draft_id: int) -> KeptDraft:
    """One draft; NotFoundError if it is somebody else's, sent, or thrown away."""
    return permissions.fetch_own(session, KeptDraft, draft_id, user, Action.OPEN_PRIVATE)


def keep_draft(
    session: Session,
    user: Caller,
    body: DraftBody,
    now: datetime,
    draft_id: int = 0,
    version: int = 0,
) -> SavedDraft:
    """Keep a draft, or a change of the version that was read.

    Where another tab has changed it since, both are kept. InputError if there is no room.
    """
    permissions.require(user, Action.OPEN_PRIVATE)
    if len(body.body.encode(errors="surrogatepass")) > BODY_MAX:
        raise InputError("", "This is too long to be kept as a draft. Schedule it, or shorten it.")
    announce_to_user(session, user.id, DRAFTS, now)
    values = {
        "body": body.body,
        "to_whom": body.to_whom[:_SHOWN],
        "words": body.words[:_SHOWN],
        "media": list(body.media),
        "changed_at": now,
    }
    changed = session.execute(
        update(KeptDraft)
        .where(*_this_draft(user, draft_id, version))
        .values(version=KeptDraft.version + 1, **values)
    )
    if changed.rowcount:  # type: ignore[attr-defined]
        return SavedDraft(draft_id, version + 1)
    return SavedDraft(
        _add_draft(session, user, values, now), 1, is_apart=_is_there(session, user, draft_id)
    )


def throw_away(session: Session, user: Caller, draft_id: int, now: datetime) -> KeptDraft:
    """Forget a draft; returns what it was."""
    row = fetch_draft(session, user, draft_id)
    announce_to_user(session, user.id, DRAFTS, now)
    session.delete(row)
    return row


def finish_draft(
    session: Session, user: Caller, draft_id: int, version: int, now: datetime
) -> None:
    """Forget a draft that is being sent, unless another tab has changed it since.

    InputError once if it is gone: somebody has sent or thrown it away meanwhile.
    """
    gone = session.execute(delete(KeptDraft).where(*_this_draft(user, draft_id, version)))
    if gone.rowcount:  # type: ignore[attr-defined]
        announce_to_user(session, user.id, DRAFTS, now)
    if not gone.rowcount and draft_id and not _is_there(session, user, draft_id):  # type: ignore[attr-defined]
        raise InputError(
            "",
            "This draft was sent or thrown away meanwhile, in another tab or on another device. "
            "Press again to send it all the same.",
            GONE,
        )


def _this_draft(user: Caller, draft_id: int, version: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(KeptDraft.id) == draft_id,
        *_of_user(user),
        col(KeptDraft.version) == version,
    )


def _of_user(user: Caller) -> tuple[ColumnElement[bool], ...]:
    return col(KeptDraft.user_id) == user.id, col(KeptDraft.space_id) == user.space_id


def _is_there(session: Session, user: Caller, draft_id: int) -> bool:
    found = select(KeptDraft.id).where(col(KeptDraft.id) == draft_id, *_of_user(user))
    return session.scalar(found) is not None


def _add_draft(session: Session, user: Caller, values: dict[str, Any], now: datetime) -> int:
    mine = select(func.count()).where(*_of_user(user))
    if (session.scalar(mine) or 0) >= DRAFTS_MAX:
        sentence = f"{DRAFTS_MAX} unfinished messages are kept already. Throw one away first."
        raise InputError("", sentence)
    row = KeptDraft(user_id=user.id, space_id=user.space_id, created_at=now, **values)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id
