"""What a claim, a page and a month cost with a thousand messages and with a million."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from tests.bench.author import TEXT
from tests.bench.library import MEMBER, NOW, OWNER, build
from wasched import db
from wasched.models import Message, Recipient
from wasched.services import calendar, overview, scheduling, sends, tabs
from wasched.services.delivery.claim import take
from wasched.services.drafting import RECIPIENTS_MAX, Draft
from wasched.services.filters import Filters

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

FEW, MANY, TIMES = 1_000, 1_000_000, 20
MONTH = date(2026, 3, 1)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """A small one and a large one."""
    folder = Path(tmp_path_factory.mktemp("library"))
    begun = time.monotonic()
    made = build(folder / "few.db", FEW), build(folder / "many.db", MANY)
    print(f"\n{MANY:,} messages written in {time.monotonic() - begun:.0f} s")
    yield made
    for one in made:
        one.dispose()
    for file in folder.iterdir():
        file.unlink()


def test_claims_with_a_million_rows(libraries: tuple[Engine, Engine]) -> None:
    print("\nclaim of one message, committed, ms      p50      p99")
    for count, engine in zip((FEW, MANY), libraries, strict=True):
        times = sorted(_claims(engine))
        half, most = times[len(times) // 2], times[len(times) * 99 // 100 - 1]
        print(f"  with {count:9,} rows                  {half:7.2f}  {most:7.2f}")


def test_pages_with_a_million_rows(libraries: tuple[Engine, Engine]) -> None:
    print(f"\nms, the median of {TIMES}                 1,000  1,000,000   ratio")
    for user in (OWNER, MEMBER):
        for name, question in _questions(user).items():
            few, many = (_median(engine, question) for engine in libraries)
            print(f"  {user.role:7} {name:26} {few:6.1f} {many:10.1f} {many / few:7.1f}")


def test_laying_out_for_five_thousand(libraries: tuple[Engine, Engine]) -> None:
    with db.session_scope(bound=libraries[1]) as session:
        _strangers(session)
    with db.session_scope(write=False, bound=libraries[1]) as session:
        ids = tuple(session.scalars(select(Recipient.id).limit(RECIPIENTS_MAX)))
    draft = Draft(1, ids, (TEXT,), date(2026, 4, 1), NOW.time(), "UTC")
    longest: list[float] = []
    done = threading.Event()
    page = threading.Thread(target=_look, args=(libraries[1], done, longest))
    page.start()
    begun = time.monotonic()
    with db.session_scope(bound=libraries[1]) as session:
        scheduling.schedule(session, OWNER, draft, NOW)
    taken = time.monotonic() - begun
    done.set()
    page.join()
    print(
        f"\nlaying out {len(ids):,} recipients beside {MANY:,} rows: {taken:.2f} s;"
        f" a page meanwhile took {max(longest) * 1000:.0f} ms at most"
    )


def _claims(engine: Engine) -> Iterator[float]:
    """Claim what waits, one message after another, each at its instant."""
    with db.session_scope(write=False, bound=engine) as session:
        waiting = select(Message.due_at).where(
            Message.account_id == 2, Message.status == "scheduled", Message.due_at > NOW
        )
        instants = session.scalars(waiting.order_by(Message.due_at).limit(400)).all()
    for instant in instants:
        begun = time.perf_counter()
        with db.session_scope(bound=engine) as session:
            assert isinstance(take(session, 2, instant, Random(1), most=1), list)
        yield (time.perf_counter() - begun) * 1000


def _questions(user: object) -> dict[str, Callable[[Session], object]]:
    def page(**wanted: object) -> Callable[[Session], object]:
        return lambda session: sends.page(session, user, Filters(**wanted), "", NOW)

    return {
        "list, coming": page(),
        "list, past": page(tab="past", newest_first=True),
        "list, needs a person": page(tab="needs", newest_first=True),
        "list, past of an account": page(tab="past", account_id=user.id, newest_first=True),
        "list, past of a person": page(tab="past", recipient_id=78, newest_first=True),
        "the counts on the tabs": lambda session: tabs.counts(session, user),
        "calendar, a month": lambda session: calendar.days(session, user, MONTH, 31, NOW),
        "home": lambda session: overview.home(session, user, NOW),
    }


def _median(engine: Engine, question: Callable[[Session], object]) -> float:
    times = []
    for _ in range(TIMES):
        with db.session_scope(write=False, bound=engine) as session:
            begun = time.perf_counter()
            question(session)
            times.append(time.perf_counter() - begun)
    return sorted(times)[TIMES // 2] * 1000


def _strangers(session: Session) -> None:
    for number in range(RECIPIENTS_MAX):
        phone = f"+49153{number:08}"
        session.add(Recipient(owner_id=1, kind="person", phone=phone, created_at=NOW))


def _look(engine: Engine, done: threading.Event, longest: list[float]) -> None:
    """Open the first list again and again, as somebody at the pages would."""
    while not done.is_set():
        begun = time.monotonic()
        with db.session_scope(write=False, bound=engine) as session:
            sends.page(session, OWNER, Filters(), "", NOW + timedelta(minutes=1))
        longest.append(time.monotonic() - begun)
