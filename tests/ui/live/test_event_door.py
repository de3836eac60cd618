"""What comes in by the live line, and what a page of ours never says goes no further."""

import asyncio
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from tests.product import until
from wasched import client_faults
from wasched.ui.calendar.state import CalendarState
from wasched.ui.live import event_check, event_door
from wasched.ui.live.event_door import EventDoor
from wasched.ui.recipients.import_state import ImportState
from wasched.ui.recipients.state import AddressBookState

ENVIRON = {"asgi.scope": {"client": ("203.0.113.7", 1)}}


class Inner:
    """Takes what the door passes on."""

    namespace = "/_event"

    def __init__(self) -> None:
        self.taken: list[tuple[Any, ...]] = []

    async def trigger_event(self, *said: Any) -> str:
        self.taken.append(said)
        return "answered"


class Line:
    """The server's side of one line."""

    is_there = True
    manager = property(lambda self: self)

    def is_connected(self, sid: str, namespace: str) -> bool:
        return self.is_there

    def get_environ(self, sid: str, namespace: str) -> dict[str, Any]:
        return ENVIRON


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> EventDoor:
    """A door with nothing but a line before it and something that takes events behind."""
    made = EventDoor(Inner())  # type: ignore[arg-type]
    made.server = Line()
    monkeypatch.setattr(client_faults.wrong_events, "note", lambda words: None)
    return made


def says(door: EventDoor, event: Any, *words: Any) -> list[tuple[Any, ...]]:
    """What goes on to the pages."""
    asyncio.run(door.trigger_event(event, "sid", *words))
    taken: list[tuple[Any, ...]] = door._inner.taken  # type: ignore[attr-defined]
    return taken


def event(state: type, handler: str, **payload: Any) -> dict[str, Any]:
    """An event as the page's scripts send it."""
    return {"name": f"{state.get_full_name()}.{handler}", "payload": payload}  # type: ignore[attr-defined]


def test_a_line_is_said_to_come_and_go_by_the_server_alone(door: EventDoor) -> None:
    forged = {"asgi.scope": {"client": ("127.0.0.1", 1)}, "QUERY_STRING": "token=of-another"}

    assert says(door, "connect", forged, None) == []
    assert says(door, "connect", dict(ENVIRON)) == []
    assert says(door, "disconnect") == []

    door.server.is_there = False
    assert says(door, "connect", ENVIRON, None)[-1] == ("connect", "sid", ENVIRON, None)
    assert says(door, "disconnect", "gone")[-1] == ("disconnect", "sid", "gone")


@pytest.mark.parametrize(
    "wrong",
    [
        event(CalendarState, "drop"),
        event(CalendarState, "drop", day=5),
        event(CalendarState, "drop", day=None),
        event(CalendarState, "drop", day="x", more="y"),
        event(CalendarState, "setvar", var_name=["x"], more=1),
        event(ImportState, "use", column=True, use="name"),
        event(ImportState, "use", column=1.5, use="name"),
        event(ImportState, "use", column=1 << 63, use="name"),
        event(AddressBookState, "add", form="name"),
        event(AddressBookState, "nothing"),
        {"name": ["x"]},
        {},
        [],
        "text",
        5,
        None,
    ],
    ids=str,
)
def test_no_event_of_ours_goes_no_further(door: EventDoor, wrong: Any) -> None:
    assert says(door, "event", wrong) == []
    assert says(door, "event", wrong, wrong) == []
    if wrong is not None:
        assert says(door, "connect", ENVIRON, {"event": wrong}) == []


def test_a_form_holds_nothing_but_text(door: EventDoor) -> None:
    form = {"name": "Ada", "error": None, "typing": True, "off": False, "odd": ["x"], "n": 5}

    pairs = [["name", "x"], *([name, value] for name, value in form.items()), ["n"], 5, [5, "n"]]
    sent = [form, {"__reflex_form_data__": pairs}, {"__reflex_form_data__": "text"}]

    for one in sent:
        says(door, "event", event(AddressBookState, "add", form=one))

    given = [taken[2]["payload"]["form"] for taken in door._inner.taken]  # type: ignore[attr-defined]
    assert given == [{"name": "Ada", "typing": "on"}, {"name": "Ada", "typing": "on"}, {}]


def test_every_argument_of_every_handler_is_of_a_kind_that_is_looked_at() -> None:
    """Else a wrong one would be found by the handler, and be a fault of the server's."""
    looked_at = {str, int, float, bool, dict[str, str], str | None}
    for name, registered in RegistrationContext.get().event_handlers.items():
        if ".wasched___ui" in name and not name.endswith(".setvar"):
            hints = event_check._shape(registered.handler.fn)[1]
            kinds = {hint for argument, hint in hints.items() if argument != "return"}
            assert {kind for kind in kinds if not hasattr(kind, "__total__")} <= looked_at, name


def test_what_clients_do_is_said_at_once_and_then_once_in_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "wasched.client_faults")
    tally = client_faults.Tally("wrong events from clients", period_s=0.5)

    for number in range(100):
        tally.note(f"number {number}\n[WA] x" + "y" * 10_000)
    first = caplog.messages[:]
    until(lambda: len(caplog.messages) > 1, "the rest is said")

    assert len(first) == 1 and first[0].startswith("1 wrong events from clients, last: number 0")
    assert len(caplog.messages) == 2
    assert caplog.messages[1].startswith("99 wrong events from clients, last: number 99\\n[WA] x")
    assert len(caplog.messages[1]) < 400


def test_reports_of_browsers_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    noted: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_faults.reports, "note", noted.append)
        event_door.note_report(Exception(" boom "))

    assert noted == ["boom"]
    assert caplog.records == []
