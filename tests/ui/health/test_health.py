"""Health: since when each part is so, and the log for the owner's eyes alone."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import reflex as rx
from redis import ConnectionError as RedisAwayError

from tests.postgresql import sqlite_only
from tests.scopes import session_scope
from tests.ui.conftest import Tab, move, state_in
from wasched import bootstrap, db
from wasched.adapters import damage_note
from wasched.adapters.queue_watch import QueueWatch
from wasched.config import settings
from wasched.domain import log_tail
from wasched.domain.errors import NotFoundError
from wasched.domain.log_tail import KeptLine, LogPart
from wasched.domain.storage import MALFORMED
from wasched.services.caller import Caller
from wasched.services.server import health
from wasched.services.server import log_tail as tails
from wasched.ui.core import ask_all
from wasched.ui.core.session import SignedOutError
from wasched.ui.health.state import HealthState

pytestmark = pytest.mark.asyncio


@pytest.fixture
def silent_queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A queue that answers nothing until this is set."""
    answers = threading.Event()

    def waits() -> str:
        answers.wait(60)
        return ""

    monkeypatch.setattr(bootstrap, "queue_fault", waits)
    yield answers
    answers.set()


async def shown(root: rx.State) -> HealthState:
    """The page as it loads."""
    state = await state_in(root, HealthState)
    await HealthState.event_handlers["load"].fn(state)
    await HealthState.event_handlers["look"].fn(state)
    return state


def keep(part: LogPart, *sentences: str, ago: timedelta = timedelta(), suffix: str = "") -> None:
    """Put lines into the file of a part, a second apart."""
    file = log_tail.file_of(settings().data_path, part)
    file.parent.mkdir(exist_ok=True)
    start = datetime.now(UTC) - ago - timedelta(seconds=len(sentences))
    lines = [
        log_tail.write_line(
            KeptLine(start + timedelta(seconds=number), part, True, says, "a trace")
        )
        for number, says in enumerate(sentences)
    ]
    file.with_name(file.name + suffix).write_text("\n".join(lines) + "\n")


async def test_nothing_to_report_is_an_empty_log(tab: Tab, alice: Caller) -> None:
    state = await shown(tab(alice, "/health"))

    assert (state.is_admin, state.log, state.faults, state.waits) == (True, [], {}, [])


async def test_the_owner_reads_the_last_lines_of_all_parts_the_newest_first(
    tab: Tab, alice: Caller
) -> None:
    keep(LogPart.SERVER, "Newest")
    keep(LogPart.SERVER, "Older", ago=timedelta(hours=2), suffix=".1")
    keep(LogPart.WORKER, "Between", ago=timedelta(hours=1))
    keep(LogPart.WORKER, "Put aside", ago=timedelta(days=1), suffix=".1")

    log = (await shown(tab(alice, "/health"))).log

    assert [(line.sentence, line.part) for line in log] == [
        ("Newest", "Server"),
        ("Between", "Worker"),
        ("Older", "Server"),
        ("Put aside", "Worker"),
    ]
    assert log[3].at.startswith("Yesterday, ")
    assert (log[0].details, log[0].is_error) == ("a trace", True)


async def test_what_is_said_again_and_again_takes_one_line(tab: Tab, alice: Caller) -> None:
    keep(LogPart.WORKER, "Once", *["The queue does not answer"] * 60)

    log = (await shown(tab(alice, "/health"))).log

    assert [(line.sentence, line.often) for line in log] == [
        ("The queue does not answer", "60 times in a row"),
        ("Once", ""),
    ]


async def test_the_log_ends_after_fifty_lines(tab: Tab, alice: Caller) -> None:
    keep(LogPart.WORKER, *[f"Line {number}" for number in range(80)])

    log = (await shown(tab(alice, "/health"))).log

    assert [log[0].sentence, log[-1].sentence, len(log)] == ["Line 79", "Line 30", 50]


async def test_a_member_sees_no_log_not_even_in_the_owners_tab(
    tab: Tab, alice: Caller, charlie: Caller
) -> None:
    keep(LogPart.WORKER, "For the owner")
    root = tab(alice, "/health")
    await shown(root)
    move(root, charlie, "/health")

    state = await shown(root)

    assert (state.is_admin, state.log) == (False, [])
    assert "For the owner" not in repr(state.dict())
    assert [line.term for line in state.figures] == ["On time", "Waiting", "Version"]
    with pytest.raises(NotFoundError):
        tails.newest_lines(charlie, settings().data_path)


async def test_nobody_sees_it_without_signing_in(tab: Tab) -> None:
    with pytest.raises(SignedOutError):
        await shown(tab(None, "/health"))


async def test_a_log_that_cannot_be_read_is_said_and_hides_nothing_else(
    tab: Tab, alice: Caller
) -> None:
    log_tail.file_of(settings().data_path, LogPart.WORKER).mkdir(parents=True)

    state = await shown(tab(alice, "/health"))

    assert state.faults == {"Log": "It cannot be read: Is a directory."}
    assert [(part.name, part.look) for part in state.parts if part.name != "Worker"] == [
        (name, "works") for name in ("Server", "Database", "Storage", "Queue", "Sending")
    ]


async def test_each_part_tells_since_when_and_when_it_was_heard_of(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        health.note_heartbeat(
            session, "worker", now - timedelta(days=1), now - timedelta(seconds=20)
        )

    parts = {part.name: part for part in (await shown(tab(alice, "/health"))).parts}

    assert parts["Server"].times.startswith("Since today at ")
    assert parts["Worker"].times.startswith("Since yesterday at ")
    assert parts["Worker"].times.endswith("Last heard of less than a minute ago.")
    assert parts["Queue"].look == "works"
    assert parts["Choir phone"].times.startswith("In this state since today at ")


async def test_a_silent_worker_tells_when_it_was_last_heard_of(tab: Tab, alice: Caller) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        health.note_heartbeat(
            session, "worker", now - timedelta(days=1), now - timedelta(minutes=5)
        )

    [worker] = [one for one in (await shown(tab(alice, "/health"))).parts if one.name == "Worker"]

    assert (worker.look, worker.times) == ("broken", "Last heard of 5 minutes ago.")


async def test_a_queue_that_is_away_is_said(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise RedisAwayError("Error 111 connecting to 10.0.0.7:6379")

    watch = QueueWatch(away)
    monkeypatch.setattr(bootstrap, "queue_watch", lambda: watch)
    [queue] = [one for one in (await shown(tab(alice, "/health"))).parts if one.name == "Queue"]

    assert queue.look == "broken"
    assert "What is due is sent without it" in queue.sentence
    assert "10.0.0.7" not in queue.sentence


async def test_what_cannot_be_read_says_so_on_its_own_line(
    tab: Tab, alice: Caller, account_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    for broken in ("shutil.disk_usage", "wasched.services.server.punctuality.waiting_counts"):
        monkeypatch.setattr(broken, fails)
    monkeypatch.setattr("wasched.services.messages.message_actions.status_counts", fails)
    monkeypatch.setattr(bootstrap, "queue_fault", fails)
    state = await shown(tab(alice, "/health"))

    said = "It cannot be read: Input/output error."
    assert {line.term: line.value for line in state.figures if line.is_wrong} == {
        "Disk": said,
        "Waiting": said,
    }
    assert [(one.name, one.sentence) for one in state.parts if one.look == "unread"] == [
        ("Queue", said)
    ]
    assert state.faults == {"Last 7 days": said}
    assert state.parts[-1].name == "Choir phone"
    assert state.verdict == "Something does not work."


async def test_what_is_slow_holds_up_nothing_else(
    tab: Tab, alice: Caller, silent_queue: threading.Event
) -> None:
    root = tab(alice, "/health")
    state = await state_in(root, HealthState)
    await HealthState.event_handlers["load"].fn(state)
    work = asyncio.create_task(HealthState.event_handlers["look"].fn(state))
    while not state.is_loaded:  # noqa: ASYNC110 - as whoever looks at the page
        await asyncio.sleep(0.01)

    looks = {part.name: part.look for part in state.parts}
    assert looks["Storage"] == "works" and looks["Queue"] == "asked"
    assert [line.value for line in state.figures if line.term == "Waiting"] == ["Nothing waits."]
    await HealthState.event_handlers["look"].fn(state)  # is asked again when this look is over
    silent_queue.set()
    await work
    assert {part.name: part.look for part in state.parts}["Queue"] == "works"


async def test_what_does_not_answer_at_all_is_said_in_the_end(
    tab: Tab,
    alice: Caller,
    silent_queue: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ask_all, "PATIENCE_S", 0.5)

    [queue] = [one for one in (await shown(tab(alice, "/health"))).parts if one.name == "Queue"]

    assert (queue.look, queue.sentence[:18]) == ("unread", "It did not answer ")


@sqlite_only
async def test_a_database_that_cannot_be_read_is_a_line_too(tab: Tab, alice: Caller) -> None:
    root = tab(alice, "/health")
    db.engine().dispose()
    settings().db_path.write_bytes(b"no database " * 1000)

    state = await shown(root)

    assert [(one.name, one.look) for one in state.parts] == [("Database", "unread")]
    assert "The database is damaged" in state.parts[0].sentence


async def test_damage_that_is_known_is_said_with_the_way_back(tab: Tab, alice: Caller) -> None:
    damage_note.of_database(settings().db_path).add(MALFORMED, datetime.now(UTC))
    damage_note.of_links(settings().db_path).add("account-7.db", datetime.now(UTC))

    state = await shown(tab(alice, "/health"))

    parts = {part.name: part for part in state.parts}
    assert {parts[name].look for name in ("Database", "Links")} == {"broken"}
    assert "restore --replace" in parts["Database"].sentence
    assert "account-7.db" in parts["Links"].sentence
    assert state.verdict == "Something does not work."
