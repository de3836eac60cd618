"""Files that nothing refers to any more."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, or_, select
from sqlmodel import Session, col

from wasched.domain.reasons import Code, Reason
from wasched.models import (
    LIVE_STATUSES,
    KeptDraft,
    MediaFile,
    MediaState,
    Message,
    Schedule,
    Upload,
)
from wasched.services.files import conversion, uploads

UNUSED = timedelta(days=1)
"""How long a file that neither a schedule nor a draft names is kept: one is being written."""

_STUCK = timedelta(hours=1)
_INTERRUPTED = Reason(Code.CONVERSION_INTERRUPTED)


def clean_up(session: Session, now: datetime) -> set[str]:
    """Forget uploads and files that nothing refers to; returns the digests still wanted.

    What the store may sweep is what is not among them and was not touched for UNUSED.
    """
    session.execute(delete(Upload).where(col(Upload.touched_at) < now - uploads.KEPT))
    stuck = select(MediaFile).where(
        MediaFile.state == MediaState.PREPARING, col(MediaFile.created_at) < now - _STUCK
    )
    for row in session.scalars(stuck):
        conversion.refuse_file(session, row.id or 0, _INTERRUPTED, now)
    wanted = set(_named_in_schedules(session))
    parents = select(MediaFile.made_from).where(col(MediaFile.made_from).is_not(None))
    unused = select(MediaFile.id, MediaFile.digest, MediaFile.made_from).where(
        col(MediaFile.used_at) < now - UNUSED, col(MediaFile.id).not_in(parents)
    )
    drafted = set(_named_in_drafts(session))
    gone = [
        row.id
        for row in session.execute(unused)
        if row.digest not in wanted and not {row.id, row.made_from} & drafted
    ]
    for some in _chunks(gone):
        session.execute(delete(MediaFile).where(col(MediaFile.id).in_(some)))
    return wanted | set(session.scalars(select(MediaFile.digest)))


def _named_in_drafts(session: Session) -> Iterator[int]:
    """The ids of files that unfinished messages name."""
    for named in session.scalars(
        select(KeptDraft.media).where(cast(KeptDraft.media, String) != "[]")
    ):
        yield from named


def _named_in_schedules(session: Session) -> Iterator[str]:
    """The digests of files that schedules with messages, or with more to come, name."""
    has_messages = select(Message.id).where(Message.schedule_id == Schedule.id).exists()
    lives = col(Schedule.status).in_(LIVE_STATUSES)
    rows = session.scalars(
        select(Schedule.contents).where(
            cast(Schedule.contents, String).contains('"digest"'), or_(lives, has_messages)
        )
    )
    for variants in rows:
        for one in variants:
            yield from (
                d for d in (one.get("digest"), (one.get("preview") or {}).get("digest")) if d
            )


def _chunks(ids: Iterable[int | None]) -> Iterator[list[int | None]]:
    listed = list(ids)
    for start in range(0, len(listed), 500):
        yield listed[start : start + 500]
