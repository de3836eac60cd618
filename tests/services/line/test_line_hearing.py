"""A line has caught up when it was told so since it connected, and all it heard is written."""

from typing import Any

from tests.services.conftest import NOW
from tests.services.fakes import FakeClock
from wasched.domain.link import CaughtUp, LinkState, StateChanged
from wasched.services.line.line_hearing import LineHearing
from wasched.services.line.report_writer import ReportWriter

UP, AWAY = StateChanged(LinkState.CONNECTED, NOW), StateChanged(LinkState.RECONNECTING, NOW)


def test_it_catches_up_anew_each_time_that_it_was_away() -> None:
    writer: Any = None
    line, caught_up = LineHearing(writer), []
    for event in (UP, CaughtUp(NOW), AWAY, UP, CaughtUp(NOW)):
        line.heed(event)
        caught_up.append(line.is_caught_up)

    assert caught_up == [False, True, False, False, True]


def test_what_was_reported_is_waited_for_until_it_is_written() -> None:
    wrote = []

    class Database:
        def transaction(self, deed: Any) -> None:
            wrote.append(deed)

    database: Any = Database()
    writer = ReportWriter(database, FakeClock(NOW), lambda _id, _event: None)
    assert writer.wait_until_written(0)
    writer.put(1, UP)
    assert not writer.wait_until_written(0.01)
    writer.start()
    assert writer.wait_until_written(5) and len(wrote) == 1
    writer.stop()
