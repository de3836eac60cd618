"""What the compose page told is what is saved, however long it was open, on days of clock changes
as on others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
import reflex as rx

from tests.scopes import session_scope
from tests.ui.compose.test_editing import opened, row
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call, saved
from wasched import bootstrap
from wasched.domain.content import Text
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.schedules import preview
from wasched.services.schedules.create import create_schedule
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.compose import draft_state
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core import date_fields

pytestmark = pytest.mark.asyncio

BERLIN = "Europe/Berlin"
Turn = Callable[[str], None]


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Turns the clock to an instant (UTC)."""

    def turn_to(instant: str) -> None:
        now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
        monkeypatch.setattr(bootstrap, "clock", lambda: SimpleNamespace(now=lambda: now))

    return turn_to


async def written(root: rx.State) -> tuple[ComposeState, WhenState]:
    """A new message of which only the time is missing."""
    state = await state_in(root, ComposeState)
    await call(state, "load")
    await call(await state_in(root, RecipientsState), "enter", {"to": "+4915100000012"})
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, "Hello")
    return state, await state_in(root, WhenState)


def fill(at: WhenState, **fields: str) -> None:
    """Fill fields of time, as a person does."""
    for name, value in fields.items():
        WhenState.event_handlers["fill"].fn(at, name, value)


async def look(root: rx.State, user: Caller, state: ComposeState, at: WhenState) -> datetime:
    """Have the page tell its plan; returns when it begins."""
    seen = await draft_state.look_at_draft(await state_in(root, DraftState), user.zone)
    with session_scope(write=False) as session:
        plan = preview.preview(session, user, seen.requests[0], bootstrap.clock().now())
    assert plan.first_at is not None
    state._told = (at.at, plan.first_at)
    return plan.first_at


@pytest.mark.parametrize(
    ("phrase", "typed", "pressed", "goes_out"),
    [
        ("tomorrow at 9", "2027-03-17 22:59:50", "2027-03-17 23:00:10", "2027-03-18 08:00"),
        ("tomorrow at 9", "2027-03-17 12:00", "2027-03-18 07:00", "2027-03-18 08:00"),
        ("on friday at 9", "2027-03-17 12:00", "2027-03-18 23:30", "2027-03-19 08:00"),
        ("in 2 hours", "2027-03-17 12:00", "2027-03-17 12:20", "2027-03-17 14:00"),
        ("in 90 minutes", "2027-10-30 23:50", "2027-10-30 23:51", "2027-10-31 01:20"),
        ("in an hour", "2027-10-31 00:30", "2027-10-31 00:31", "2027-10-31 01:30"),
        ("in 30 min", "2027-10-31 00:45", "2027-10-31 00:45", "2027-10-31 01:15"),
        ("in 10 min", "2027-10-31 01:05", "2027-10-31 01:06", "2027-10-31 01:15"),
        ("31 october 2027 at 1:30 utc", "2027-03-17 12:00", "2027-03-17 12:00",
         "2027-10-31 01:30"),
    ],
)  # fmt: skip
async def test_a_phrase_means_what_it_meant_when_it_was_typed(
    tab: Tab, alice: Caller, account_id: int, turn: Turn, phrase: str, typed: str, pressed: str,
    goes_out: str,
) -> None:  # fmt: skip
    turn(typed)
    state, at = await written(tab(alice, "/new"))
    fill(at, mode="typed", phrase=phrase)

    turn(pressed)
    await call(state, "submit")

    assert state.error == ""
    assert [f"{one.due_at:%Y-%m-%d %H:%M}" for one in saved()] == [goes_out]


async def test_a_phrase_that_came_true_while_the_page_was_open_is_refused(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    turn("2027-03-17 12:00")
    state, at = await written(tab(alice, "/new"))
    fill(at, mode="typed", phrase="tomorrow at 9")

    turn("2027-03-18 09:00")
    await call(state, "submit")

    assert state.field == "day"  # which the phrase has filled in
    assert "18 March, 09:00 is over" in state.error
    assert saved() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "typed", "phrase": "every weekday at 9"},
        {"mode": "repeat", "unit": "weekday", "clock": "09:00"},
        {"mode": "typed", "phrase": "every day at 9, 3 times"},
    ],
)
async def test_a_repetition_whose_first_time_passed_is_asked_about_before_it_is_saved(
    tab: Tab, alice: Caller, account_id: int, turn: Turn, fields: dict[str, str]
) -> None:
    turn("2027-03-17 20:00")
    root = tab(alice, "/new")
    state, at = await written(root)
    fill(at, **fields)
    assert f"{await look(root, alice, state, at):%d %H:%M}" == "18 08:00"

    turn("2027-03-18 09:00")
    await call(state, "submit")
    assert "is over" in state.error
    assert "tomorrow at 09:00" in state.error
    assert saved() == []

    await call(state, "submit")
    assert [f"{one.due_at:%d %H:%M}" for one in saved()] == ["19 08:00"]
    assert row(1).starts_local == datetime(2027, 3, 19, 9)


async def test_the_button_in_an_hour_is_an_hour_through_a_clock_change(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    turn("2027-10-30 22:00")
    state, at = await written(tab(alice, "/new"))
    pick = at.picks[0]
    assert pick.label == "In an hour"

    turn("2027-10-31 00:20")  # it was shown long ago
    WhenState.event_handlers["pick"].fn(at, pick.day, pick.clock, pick.label)
    await call(state, "submit")

    assert [one.due_at for one in saved()] == [datetime(2027, 10, 31, 1, 20, tzinfo=UTC)]


async def test_the_usual_times_are_those_of_the_zone_that_is_chosen(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    turn("2027-03-17 12:00")
    state, at = await written(tab(alice, "/new"))
    fill(at, zone="America/New_York")

    WhenState.event_handlers["pick"].fn(at, *date_fields.quick_picks(BERLIN, NOON)[0][1:])
    WhenState.event_handlers["pick"].fn(at, at.picks[0].day, at.picks[0].clock, at.picks[0].label)
    await call(state, "submit")

    assert [one.due_at for one in saved()] == [datetime(2027, 3, 17, 13, tzinfo=UTC)]


NOON = datetime(2027, 3, 17, 12, tzinfo=UTC)


async def test_a_time_of_the_hour_that_comes_twice_is_the_one_still_to_come(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    turn("2027-10-31 00:45")  # 02:45, for the first time
    state, at = await written(tab(alice, "/new"))
    fill(at, mode="once", day="2027-10-31", clock="02:15")

    await call(state, "submit")

    assert [one.due_at for one in saved()] == [datetime(2027, 10, 31, 1, 15, tzinfo=UTC)]


def repeating(alice: Caller, account_id: int, rrule: str, **values: object) -> int:
    """A schedule at 18:00 in Berlin, made on 1 November 2026."""
    fields: dict[str, object] = {"day": date(2026, 11, 2), "clock": time(18), "zone": BERLIN}
    request = ScheduleRequest(
        account_id, ("+4915100000012",), (Text("Hello"),), rrule=rrule, **(fields | values)
    )  # type: ignore[arg-type]
    with session_scope() as session:
        return create_schedule(
            session, alice, request, datetime(2026, 11, 1, 12, tzinfo=UTC)
        ).schedule_id


@pytest.mark.parametrize("scope", ["all", "following"])
@pytest.mark.parametrize(
    ("rrule", "begins", "month_end", "days"),
    [
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2027, 1, 29), "skip",
         ["2027-01-29", "2027-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", date(2027, 2, 1), "skip", ["2027-02-01", "2027-02-15"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 11, 30), "last", ["2026-11-30", "2026-12-31"]),
    ],
)  # fmt: skip
async def test_another_time_of_day_leaves_the_days_of_a_phrase(
    tab: Tab, alice: Caller, account_id: int, turn: Turn, scope: str, rrule: str, begins: date,
    month_end: str, days: list[str],
) -> None:  # fmt: skip
    made = repeating(alice, account_id, rrule, day=begins, month_end=month_end)
    turn("2026-11-29 12:00")
    root = tab(alice, f"/new?schedule={made}")
    state, at = await opened(root), await state_in(root, WhenState)
    await call(await state_in(root, EditState), "choose", scope)
    assert "at 18:00" in at.at.phrase

    fill(at, phrase=at.at.phrase.replace("18:00", "17:00"))
    await call(state, "submit")

    assert state.error == ""
    with session_scope(write=False) as session:
        plan = preview.preview(
            session, alice, _request_of(session, alice, made), bootstrap.clock().now()
        )
    assert [f"{one.local:%Y-%m-%d}" for one in plan.next_times[:2]] == days
    assert plan.next_times[0].local.time() == time(17)


def _request_of(session: object, alice: Caller, made: int) -> ScheduleRequest:
    return schedules.request_of(session, alice, made)  # type: ignore[arg-type]


async def test_an_exception_typed_in_an_edit_is_left_out(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    made = repeating(alice, account_id, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    turn("2026-11-29 12:00")
    root = tab(alice, f"/new?schedule={made}")
    state, at = await opened(root), await state_in(root, WhenState)
    await call(await state_in(root, EditState), "choose", "all")

    fill(at, mode="typed", phrase="every weekday at 9 except on 9 December 2026")
    await call(state, "submit")

    assert row(made).exdates == ["2026-12-09T09:00:00"]


async def test_all_of_them_are_edited_from_the_next_one_on_wherever_the_edit_began(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    made = repeating(alice, account_id, "FREQ=DAILY", day=date(2026, 12, 1))
    turn("2026-11-29 12:00")
    root = tab(alice, f"/new?schedule={made}&at=2026-12-04T17:00:00%2B00:00")
    state, at = await opened(root), await state_in(root, WhenState)
    assert at.at.day == "2026-12-04"
    await call(await state_in(root, EditState), "choose", "following")
    fill(at, clock="19:00")
    await call(await state_in(root, EditState), "choose", "all")
    await call(state, "submit")

    assert row(made).starts_local == datetime(2026, 12, 1, 19)


async def test_an_edit_of_a_message_in_the_second_of_two_hours_leaves_its_time(
    tab: Tab, alice: Caller, account_id: int, turn: Turn
) -> None:
    turn("2027-10-31 00:30")
    state, at = await written(tab(alice, "/new"))
    fill(at, mode="typed", phrase="in an hour")
    await call(state, "submit")
    root = tab(alice, "/new?schedule=1", "other")
    state, content = await opened(root), await state_in(root, ContentState)

    ContentState.event_handlers["say"].fn(content, 0, "Other words")
    await call(state, "submit")
    assert [one.due_at for one in saved()] == [datetime(2027, 10, 31, 1, 30, tzinfo=UTC)]

    root = tab(alice, "/new?schedule=1", "third")
    state, at = await opened(root), await state_in(root, WhenState)
    fill(at, day="2027-11-01")
    await call(state, "submit")
    assert [one.due_at for one in saved()] == [datetime(2027, 11, 1, 1, 30, tzinfo=UTC)]
