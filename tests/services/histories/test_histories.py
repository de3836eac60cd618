"""Whatever is decided in whatever order, and whatever dies: each time comes once, and no other."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from random import Random

import pytest
from hypothesis import given
from sqlalchemy import select, update
from sqlmodel import Session, col

from tests.fuzz import fuzzed_by, seeds
from tests.services.histories.history import History
from tests.services.histories.server import PEOPLE, Server, Template
from tests.services.requests import daily
from wasched.domain.content import Text
from wasched.domain.nudge import HasNot, Nudge
from wasched.models import Message
from wasched.services.schedules import cancel_schedule, create, pause_schedule, undo_action
from wasched.services.schedules.requests import ScheduleRequest

BEGINS = (
    datetime(2026, 3, 24, 10, 20, tzinfo=UTC),  # the clocks go forward in Berlin
    datetime(2026, 10, 20, 10, 20, tzinfo=UTC),  # and back
    datetime(2026, 6, 3, 10, 20, tzinfo=UTC),
)

Play = Callable[[int], History]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Where every history begins."""
    return Template(tmp_path_factory.mktemp("histories"), BEGINS[0])


@pytest.fixture(scope="module")
def play(template: Template) -> Play:
    """Plays the history of a seed."""

    def played(seed: int) -> History:
        rng = Random(seed)
        history = History(Server(template, rng.choice(BEGINS), rng), rng)
        history.live(steps=rng.randint(3, 10))
        return history

    return played


@fuzzed_by(250, least=20)
@given(seed=seeds)
def test_each_time_comes_once_for_each_person_and_none_that_was_left_out(
    play: Play, seed: int
) -> None:
    history = play(seed)

    sent, expected = history.server.gateway.sent, history.diary.expected
    assert sent == expected, "\n".join(history.told)


@fuzzed_by(2500, least=2)
@given(seed=seeds)
def test_a_nudge_comes_once_to_each_who_has_not_and_to_nobody_else(
    template: Template, seed: int
) -> None:
    """Whenever the worker dies, and whatever becomes of the schedule before its time."""
    rng = Random(seed)
    server = Server(template, BEGINS[2], rng)
    expected = Counter[str]()
    made = server.do(create.create_schedule, _daily_with_nudge(server)).schedule_id
    for day in range(4, 9):
        if rng.random() < 0.3:
            back = server.do(rng.choice((pause_schedule, cancel_schedule)), made)
            server.do(undo_action, back.undo)
        server.live_to(BEGINS[2].replace(day=day, hour=9))
        answered = {one for one in PEOPLE if rng.random() < 0.5}
        reached = _note_read(server, made, answered)
        server.live_to(BEGINS[2].replace(day=day, hour=11))
        expected.update(reached - answered)

    nudged = Counter(name for name, said, _ in server.gateway.sent.elements() if said == "Hello?")
    assert nudged == expected


def _daily_with_nudge(server: Server) -> ScheduleRequest:
    nudge = Nudge(HasNot.READ, 0, time(10), "Hello?")
    first = {"day": date(2026, 6, 4), "clock": time(8), "zone": "UTC"}
    asked = daily(server.account_id, *server.ids.values(), contents=(Text("Coming?"),), nudge=nudge)
    return replace(asked, **first)


def _note_read(server: Server, made: int, names: set[str]) -> set[str]:
    """These have read what went to them today; returns whom it surely reached."""
    eight = server.clock.now().replace(hour=8, minute=0, second=0, microsecond=0)
    today = (
        col(Message.schedule_id) == made,
        col(Message.due_at) == eight,
        col(Message.sent_at).is_not(None),
    )
    theirs = col(Message.recipient_id).in_([server.ids[name] for name in names])
    with Session(server.engine) as session:
        reached = set(session.scalars(select(Message.recipient_id).where(*today)))
        read = update(Message).where(*today, theirs)
        session.execute(read.values(read_at=server.clock.now()))
        session.commit()
    return {name for name, recipient_id in server.ids.items() if recipient_id in reached}
