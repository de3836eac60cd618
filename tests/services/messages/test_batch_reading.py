"""Pages give all that a filter chooses, each line once, however the messages are found."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session, col

from tests.bench.library import MEMBER, NOW, OWNER, build
from tests.scopes import session_scope
from wasched.domain.message import NEEDS_A_PERSON
from wasched.models import Message, Recipient, Schedule
from wasched.services.caller import Caller
from wasched.services.messages import batch_reading, batches
from wasched.services.messages.filters import Filters
from wasched.services.messages.message_rows import COMING, PAST

STATUSES = {"coming": COMING, "past": PAST, "needs": tuple(NEEDS_A_PERSON), "": (*COMING, *PAST)}
LONG_AGO = NOW - timedelta(days=500)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A small library, of which what was to come a year ago still waits, as if it were paused."""
    made = build(Path(tmp_path_factory.mktemp("library")) / "app.db", 600)
    with session_scope(bound=made) as session:
        waits = update(Message).where(col(Message.schedule_id) == 6)
        session.execute(waits.values(status="scheduled", sent_at=None))
    yield made
    made.dispose()


@pytest.fixture(
    params=[((30, 60), 10, (0, 0), (0, 0)), ((7, 7), 0, (3, 60), (9, 200)), ((10**4,),)],
    ids=["strides", "ids", "one stride"],
)
def bounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds so small that each way of reading is taken."""
    for name, value in zip(("STRIDES", "_SHORT", "_FEW", "_SOME"), request.param, strict=False):
        monkeypatch.setattr(batch_reading, name, value)


NARROWED: list[tuple[str, dict[str, Any]]] = [
    ("coming", {}),
    ("past", {"search": "e"}),
    ("coming", {"search": "text"}),
    ("", {"search": "text 1"}),
    ("past", {"search": "Singer 17"}),
    ("needs", {"search": "singer"}),
    ("", {"search": "nowhere"}),
    ("", {"status": "failed", "account_id": 2}),
    ("past", {"status": "scheduled", "account_id": 2}),
    ("", {"search": "singer", "since": LONG_AGO, "until": NOW, "each": True}),
    ("coming", {"search": "1", "account_id": 2, "status": "scheduled"}),
    ("", {"schedule_id": 6, "search": "5"}),
    ("past", {"recipient_id": 17, "search": "text"}),
]


@pytest.mark.usefixtures("bounds")
@pytest.mark.parametrize(("user", "newest_first"), [(OWNER, True), (MEMBER, False)])
def test_all_pages_together_are_what_a_filter_chooses(
    engine: Engine, user: Caller, newest_first: bool
) -> None:
    with session_scope(write=False, bound=engine) as session:
        every = _all_messages(session)
        for tab, more in NARROWED:
            wanted = Filters(tab=tab, newest_first=newest_first, **more)
            assert _paged(session, user, wanted) == _expected(every, user, wanted), wanted


def _paged(session: Session, user: Caller, wanted: Filters) -> list[tuple[object, ...]]:
    lines, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        limit = 100 if wanted.each else 4
        page = batches.batch_page(session, user, wanted, cursor, NOW, limit)
        lines += [
            (one.row.due_at, one.schedule_id, one.row.id if wanted.each else 0, one.count)
            for one in page.sends
        ]
        cursor, pages = page.next_cursor, pages + 1
        assert pages < 500
    return lines


def _all_messages(session: Session) -> list[tuple[Message, str, str, str]]:
    people = {one.id: one for one in session.scalars(select(Recipient))}
    texts = {one.id: one.preview for one in session.scalars(select(Schedule))}
    return [
        (one, people[one.recipient_id].name, people[one.recipient_id].phone or "", text)
        for one in session.scalars(select(Message))
        for text in [texts[one.schedule_id]]
    ]


def _expected(
    every: list[tuple[Message, str, str, str]], user: Caller, wanted: Filters
) -> list[tuple[object, ...]]:
    """What Python alone chooses."""
    counts: dict[tuple[object, ...], int] = {}
    for one, name, phone, text in every:
        words = wanted.search.lower()
        if (
            one.space_id == user.space_id
            and one.status in STATUSES[wanted.tab]
            and not (wanted.tab == "needs" and one.dismissed_at)
            and (
                words in name.lower()
                or words in text.lower()
                or (words.isdigit() and words in phone)
            )
            and wanted.status in ("", one.status)
            and wanted.account_id in (0, one.account_id)
            and wanted.recipient_id in (0, one.recipient_id)
            and wanted.schedule_id in (0, one.schedule_id)
            and (wanted.since is None or one.due_at >= wanted.since)
            and (wanted.until is None or one.due_at < wanted.until)
        ):
            key = (one.due_at, one.schedule_id, one.id if wanted.each else 0)
            counts[key] = counts.get(key, 0) + 1
    return [(*key, counts[key]) for key in sorted(counts, reverse=wanted.newest_first)]
