"""What a claim, a page and a month cost with a thousand messages and with a million."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from tests.bench.author import TEXT
from tests.bench.claims import print_claims
from tests.bench.library import MEMBER, NOW, OWNER, VISITOR, build, manager_of
from tests.scopes import session_scope
from wasched.models import Recipient, Role
from wasched.services.caller import Caller
from wasched.services.messages import all_spaces, batches, calendar, dashboard, tab_counts
from wasched.services.messages.filters import Filters
from wasched.services.schedules import create
from wasched.services.schedules.requests import RECIPIENTS_MAX, ScheduleRequest

TIMES = 20
STEPS_MOST = 5_000
"""Thousands of SQLite's steps for a page: a look at each of a million messages takes 20,000."""

WEEK = NOW - timedelta(days=500)
FIRST = date(2026, 2, 23)
PAST = {"tab": "past", "newest_first": True}
SEARCHES: dict[str, dict[str, object]] = {
    "e, coming": {"search": "e"},
    "e, past": {**PAST, "search": "e"},
    "e, of all": {"tab": "", "search": "e", "newest_first": True},
    "e, needs a person": {**PAST, "tab": "needs", "search": "e"},
    "e, failed of an account": {**PAST, "search": "e", "account_id": 1, "status": "failed"},
    "an old text": {**PAST, "search": "Text 3"},
    "a person": {**PAST, "search": "Singer 1234"},
    "a hundred people": {**PAST, "search": "Singer 17"},
    "nobody": {**PAST, "search": "nowhere"},
    "an old week": {**PAST, "search": "e", "since": WEEK, "until": WEEK + timedelta(days=7)},
}


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[dict[int, Engine]]:
    """A small one and a large one, by how many messages they have."""
    sizes = (1_000, 1_000_000) if full else (1_000, 2_000)
    folder = Path(tmp_path_factory.mktemp("library"))
    begun = time.monotonic()
    made = {count: build(folder / f"{count}.db", count) for count in sizes}
    print(f"\n{sum(sizes):,} messages written in {time.monotonic() - begun:.0f} s")
    yield made
    for one in made.values():
        one.dispose()
    for file in folder.iterdir():
        file.unlink()


def test_claims_with_a_million_rows(libraries: dict[int, Engine]) -> None:
    print("\nclaim of one message, committed, ms      p50      p99")
    for count, engine in libraries.items():
        print_claims(engine, count)


def test_pages_with_a_million_rows(libraries: dict[int, Engine], full: bool) -> None:
    times = TIMES if full else 1
    sizes = " ".join(f"{count:10,}" for count in libraries)
    print(f"\nms, the median of {times}            {sizes}   ratio")
    for user in (OWNER, MEMBER):
        for name, question in _questions(user).items():
            few, many = (_median(engine, question, times) for engine in libraries.values())
            print(f"  {user.role:7} {name:26} {few:10.1f} {many:10.1f} {many / few:7.1f}")


def test_pages_of_one_space_among_fifty(tmp_path: Path, full: bool) -> None:
    """The admin's own space, one of a manager, the same for who only looks, and all of them."""
    times, count = (TIMES, 1_000_000) if full else (1, 2_000)
    engine = build(tmp_path / "fifty.db", count, spaces=50)
    manager = manager_of(27)
    print(f"\nms, the median of {times}, {count:,} messages")
    for user in (OWNER, manager, replace(manager, id=VISITOR.id, role=Role.VIEWER)):
        for name, question in _questions(user).items():
            who = "admin" if user.is_admin else user.role
            print(f"  {who:7} {name:26} {_median(engine, question, times):10.1f}")
    taken = _median(engine, lambda s: all_spaces.glance_at_all(s, VISITOR, NOW), times)
    print(f"  {VISITOR.role:7} {'home, of all fifty':26} {taken:10.1f}")
    engine.dispose()


def test_searches_go_along_an_index_until_a_page_is_full(libraries: dict[int, Engine]) -> None:
    """What SQLite does for a page, in steps of its machine: they do not grow with the messages."""
    sizes = " ".join(f"{count:10,}" for count in libraries)
    print(f"\nthousands of steps                 {sizes}")
    for user in (OWNER, MEMBER):
        for name, wanted in SEARCHES.items():
            few, many = (_steps(engine, user, wanted) for engine in libraries.values())
            print(f"  {user.role:7} {name:26} {few:10,} {many:10,}")
            assert many < STEPS_MOST, name


def test_laying_out_for_five_thousand(libraries: dict[int, Engine], full: bool) -> None:
    beside, engine = max(libraries.items())
    count = RECIPIENTS_MAX if full else 50
    with session_scope(bound=engine) as session:
        _strangers(session, count)
    with session_scope(write=False, bound=engine) as session:
        ids = tuple(session.scalars(select(Recipient.id).limit(count)))
    request = ScheduleRequest(1, ids, (TEXT,), date(2026, 4, 1), NOW.time(), "UTC")
    longest: list[float] = []
    done = threading.Event()
    page = threading.Thread(target=_look, args=(engine, done, longest))
    page.start()
    begun = time.monotonic()
    with session_scope(bound=engine) as session:
        create.create_schedule(session, OWNER, request, NOW)
    taken = time.monotonic() - begun
    done.set()
    page.join()
    print(
        f"\nlaying out {len(ids):,} recipients beside {beside:,} rows: {taken:.2f} s;"
        f" a page meanwhile took {max(longest) * 1000:.0f} ms at most"
    )


def _questions(user: Caller) -> dict[str, Callable[[Session], object]]:
    def page(**wanted: object) -> Callable[[Session], object]:
        return lambda session: batches.batch_page(session, user, Filters(**wanted), "", NOW)

    return {
        "list, coming": page(),
        "list, past": page(tab="past", newest_first=True),
        "list, needs a person": page(tab="needs", newest_first=True),
        "list, past of an account": page(tab="past", account_id=user.space_id, newest_first=True),
        "list, past of a person": page(tab="past", recipient_id=78, newest_first=True),
        **{f"search, {name}": page(**wanted) for name, wanted in SEARCHES.items()},
        "the counts on the tabs": lambda session: tab_counts.count_tabs(session, user),
        "calendar, a month": lambda session: _month(session, user),
        "home": lambda session: dashboard.home_view(session, user, NOW),
    }


def _steps(engine: Engine, user: Caller, wanted: dict[str, object]) -> int:
    """How many thousand steps the first page takes."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1

    with session_scope(write=False, bound=engine) as session:
        raw = session.connection().connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(tick, 1_000)
        batches.batch_page(session, user, Filters(**wanted), "", NOW)
        raw.set_progress_handler(None, 0)
    return count


def _month(session: Session, user: Caller) -> object:
    """As the page asks: six weeks, three sends of each day, and all of the chosen one."""
    return calendar.calendar_days(session, user, FIRST, 42, NOW, listed=3, whole=NOW.date())


def _median(engine: Engine, question: Callable[[Session], object], often: int) -> float:
    times = []
    for _ in range(often):
        with session_scope(write=False, bound=engine) as session:
            begun = time.perf_counter()
            question(session)
            times.append(time.perf_counter() - begun)
    return sorted(times)[often // 2] * 1000


def _strangers(session: Session, count: int) -> None:
    for number in range(count):
        phone = f"+49153{number:08}"
        session.add(Recipient(space_id=1, kind="person", phone=phone, created_at=NOW))


def _look(engine: Engine, done: threading.Event, longest: list[float]) -> None:
    """Open the first list again and again, as somebody at the pages would."""
    while not done.is_set():
        begun = time.monotonic()
        with session_scope(write=False, bound=engine) as session:
            batches.batch_page(session, OWNER, Filters(), "", NOW + timedelta(minutes=1))
        longest.append(time.monotonic() - begun)
