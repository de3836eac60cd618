"""Health: since when each part is so, and the log for the owner's eyes alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import reflex as rx

from tests.ui.conftest import Tab, move, state_in
from wasched import bootstrap, db
from wasched.adapters.queue import QueueAwayError
from wasched.config import settings
from wasched.domain import log_tail
from wasched.domain.errors import NotYoursError
from wasched.domain.log_tail import Kept, Part
from wasched.services import health
from wasched.services import log_tail as tails
from wasched.services.views import SignedIn
from wasched.ui.states.health import HealthState
from wasched.ui.states.session import SignedOutError

pytestmark = pytest.mark.asyncio


async def shown(root: rx.State) -> HealthState:
    """The page as it loads."""
    state = await state_in(root, HealthState)
    await HealthState.event_handlers["load"].fn(state)
    return state


def keep(part: Part, *sentences: str, ago: timedelta = timedelta(), suffix: str = "") -> None:
    """Put lines into the file of a part, a second apart."""
    file = log_tail.file_of(settings().data_path, part)
    file.parent.mkdir(exist_ok=True)
    start = datetime.now(UTC) - ago - timedelta(seconds=len(sentences))
    lines = [
        log_tail.written(Kept(start + timedelta(seconds=number), part, True, says, "a trace"))
        for number, says in enumerate(sentences)
    ]
    file.with_name(file.name + suffix).write_text("\n".join(lines) + "\n")


async def test_nothing_to_report_is_an_empty_log(tab: Tab, alice: SignedIn) -> None:
    state = await shown(tab(alice, "/health"))

    assert (state.is_owner, state.log, state.log_error) == (True, [], "")


async def test_the_owner_reads_the_last_lines_of_all_parts_the_newest_first(
    tab: Tab, alice: SignedIn
) -> None:
    keep(Part.SERVER, "Newest")
    keep(Part.SERVER, "Older", ago=timedelta(hours=2), suffix=".1")
    keep(Part.WORKER, "Between", ago=timedelta(hours=1))
    keep(Part.WORKER, "Put aside", ago=timedelta(days=1), suffix=".1")

    log = (await shown(tab(alice, "/health"))).log

    assert [(line.sentence, line.part) for line in log] == [
        ("Newest", "Server"),
        ("Between", "Worker"),
        ("Older", "Server"),
        ("Put aside", "Worker"),
    ]
    assert log[3].at.startswith("Yesterday, ")
    assert (log[0].details, log[0].is_error) == ("a trace", True)


async def test_what_is_said_again_and_again_takes_one_line(tab: Tab, alice: SignedIn) -> None:
    keep(Part.WORKER, "Once", *["The queue does not answer"] * 60)

    log = (await shown(tab(alice, "/health"))).log

    assert [(line.sentence, line.often) for line in log] == [
        ("The queue does not answer", "60 times in a row"),
        ("Once", ""),
    ]


async def test_the_log_ends_after_fifty_lines(tab: Tab, alice: SignedIn) -> None:
    keep(Part.WORKER, *[f"Line {number}" for number in range(80)])

    log = (await shown(tab(alice, "/health"))).log

    assert [log[0].sentence, log[-1].sentence, len(log)] == ["Line 79", "Line 30", 50]


async def test_a_member_sees_no_log_not_even_in_the_owners_tab(
    tab: Tab, alice: SignedIn, charlie: SignedIn
) -> None:
    keep(Part.WORKER, "For the owner")
    root = tab(alice, "/health")
    await shown(root)
    move(root, charlie, "/health")

    state = await shown(root)

    assert (state.is_owner, state.log) == (False, [])
    assert "For the owner" not in repr(state.dict())
    assert [line.term for line in state.figures] == ["On time", "Waiting", "Version"]
    with pytest.raises(NotYoursError):
        tails.newest(charlie, settings().data_path)


async def test_nobody_sees_it_without_signing_in(tab: Tab) -> None:
    with pytest.raises(SignedOutError):
        await shown(tab(None, "/health"))


async def test_a_log_that_cannot_be_read_is_said_and_hides_nothing_else(
    tab: Tab, alice: SignedIn
) -> None:
    log_tail.file_of(settings().data_path, Part.WORKER).mkdir(parents=True)

    state = await shown(tab(alice, "/health"))

    assert state.log_error.startswith("The log cannot be read: ")
    assert [part.name for part in state.parts] == [
        *("Server", "Database", "Storage", "Worker", "Queue"),
    ]


async def test_each_part_tells_since_when_and_when_it_was_heard_of(
    tab: Tab, alice: SignedIn, account_id: int
) -> None:
    now = datetime.now(UTC)
    with db.session_scope() as session:
        health.beat(session, "worker", now - timedelta(days=1), now - timedelta(seconds=20))

    parts = {part.name: part for part in (await shown(tab(alice, "/health"))).parts}

    assert parts["Server"].times.startswith("Since today at ")
    assert parts["Worker"].times.startswith("Since yesterday at ")
    assert parts["Worker"].times.endswith("Last heard of less than a minute ago.")
    assert parts["Queue"].ok
    assert parts["Choir phone"].times.startswith("In this state since today at ")


async def test_a_silent_worker_tells_when_it_was_last_heard_of(tab: Tab, alice: SignedIn) -> None:
    now = datetime.now(UTC)
    with db.session_scope() as session:
        health.beat(session, "worker", now - timedelta(days=1), now - timedelta(minutes=5))

    [worker] = [one for one in (await shown(tab(alice, "/health"))).parts if one.name == "Worker"]

    assert (worker.ok, worker.times) == (False, "Last heard of 5 minutes ago.")


async def test_a_queue_that_is_away_is_said(
    tab: Tab, alice: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        """A queue without its server."""

        def pending_count(self) -> int:
            raise QueueAwayError("Error 111 connecting to 10.0.0.7:6379")

    monkeypatch.setattr(bootstrap, "queue", Away)
    [queue] = [one for one in (await shown(tab(alice, "/health"))).parts if one.name == "Queue"]

    assert not queue.ok
    assert "What is due is sent without it" in queue.sentence
    assert "10.0.0.7" not in queue.sentence


async def test_a_disk_that_cannot_be_read_is_said_on_its_line(
    tab: Tab, alice: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("shutil.disk_usage", fails)
    figures = {line.term: line.value for line in (await shown(tab(alice, "/health"))).figures}

    assert figures["Disk"] == "It cannot be read."
