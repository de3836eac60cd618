"""Every event of every State, Reflex's own among them, said by everybody with everybody's ids.

Through the door, the line and the event processor of the app, without a browser: what may not be
done changes no row, what may be done changes none of another space, nobody hears a word of another
space, and things of others are answered word for word like things that do not exist.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from tests.attacks.walk.conftest import Server
from tests.attacks.walk.line import Line, handler_of, load_of, registered_events
from tests.attacks.walk.payloads import payloads_of
from tests.attacks.walk.people import Walker
from tests.attacks.walk.rules import rule_of_event, unruled
from tests.attacks.walk.verdicts import runs_server, told_apart, wrong_with
from wasched import wasched
from wasched.services import permissions
from wasched.ui.live.connections import LiveConnections

pytestmark = [
    *(pytest.mark.asyncio, pytest.mark.usefixtures("no_pauses")),
    pytest.mark.timeout(900),  # half a minute of work, which a busy machine makes long
]

_AS_IT_COMES = ("health_state.load", "health_state.look")
"""What says how the server is, part by part as each is known; it is about no row."""

_MIRRORED = "manager of another space"
"""Who meets what the manager meets, the spaces exchanged; an admin looks from there as well."""

_PARTS = [0, 1, pytest.param(None, marks=pytest.mark.torture)]
"""Halves of the people, who walk beside each other where there are two cores, and the mirror."""

Answers = dict[tuple[str, int], str]


@dataclass
class Walk:
    """What was tried, and what was found."""

    tried: int = 0
    wrong: set[str] = field(default_factory=set)
    effective: set[str] = field(default_factory=set)  # what changed something for somebody


@pytest_asyncio.fixture
async def lines(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LiveConnections]:
    """The lines of the app, with nobody at them."""
    found = wasched.app.event_namespace
    assert isinstance(found, LiveConnections)
    monkeypatch.setattr(found, "emit", None)  # a tab puts its ear here
    monkeypatch.setattr(LiveConnections, "_unsent", lambda *_: 0)
    async with wasched.app._setup_event_processor():
        yield found
    wasched.app.state_manager.states.clear()


@pytest.mark.slow
@pytest.mark.parametrize("part", _PARTS)
async def test_every_event_is_for_those_whom_its_rule_names(
    server: Server, lines: LiveConnections, part: int | None
) -> None:
    names, walkers = registered_events(), _people(server, part)
    assert unruled(names, rule_of_event) == []

    walk = await _walk(server, lines, walkers, names)

    print(f"{walk.tried} calls of {len(names)} events by {len(walkers)} people")
    print(f"{len(walk.effective)} events changed something for somebody")
    assert sorted(walk.wrong) == []


def _people(server: Server, part: int | None) -> list[Walker]:
    if part is None:
        return [one for one in server.walkers if one.name == _MIRRORED]
    return [one for one in server.walkers if one.name != _MIRRORED][part::2]


async def _walk(
    server: Server, lines: LiveConnections, walkers: Sequence[Walker], names: Sequence[str]
) -> Walk:
    """Say these events, as each of these people."""
    walk = Walk()
    for walker in walkers:
        answers = {
            whose: await _say_all(walk, server, Line(lines, walker, first), names)
            for whose, first in walker.ids.items()
        }
        for name, _number in told_apart(answers["foreign"], answers["unknown"]):
            if not (runs_server(walker, rule_of_event(name)) or name.endswith(_AS_IT_COMES)):
                walk.wrong.add(f"{walker.name}: {name} tells foreign from unknown")
    return walk


async def _say_all(walk: Walk, server: Server, line: Line, names: Sequence[str]) -> Answers:
    """Say each event in one tab; whatever one changes is put back before the next."""
    answers: Answers = {}
    await line.open()
    for name in names:
        for number, payload in enumerate(payloads_of(handler_of(name), line.first)):
            said = answers[name, number] = await line.say(name, payload)
            await _judge(walk, server, line, name, said)
    await line.close()
    return answers


async def _judge(walk: Walk, server: Server, line: Line, name: str, said: str) -> None:
    rule, changed = rule_of_event(name), server.watched.changes()
    assert rule is not None
    walk.tried += 1
    if wrong := wrong_with(line.walker, rule, said, changed):
        walk.wrong.add(f"{line.walker.name}: {name} {wrong}")
    if changed:
        walk.effective.add(name)
        if load := load_of(name):  # what was put back is shown again
            await line.say(load, {})
            server.watched.changes()


def test_an_event_that_nobody_has_said_anything_about_is_found() -> None:
    planted = "reflex___state____state.wasched___ui___home___state____home_state.send_all"

    assert unruled([planted], rule_of_event) == [planted]


async def test_events_that_do_not_ask_the_rule_book_are_found(
    server: Server, lines: LiveConnections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the silence of the walk would prove nothing."""
    monkeypatch.setattr(permissions, "require", lambda *_: None)
    walkers = [one for one in server.walkers if one.name in ("viewer", "manager")]
    names = [one for one in registered_events() if "templates_state" in one]

    walk = await _walk(server, lines, walkers, names)

    found = " ".join(walk.wrong)
    for fault in ("save changes template", "changes another space's template", "tells foreign"):
        assert fault in found
