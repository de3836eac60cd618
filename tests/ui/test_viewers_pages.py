"""Who only looks is shown nothing that they would be refused, by pages or by their words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.attacks.walk.rules import LOOK, OPEN, OWN, Rule, rule_of_event
from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.services.sent import a_send
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call
from wasched import wasched
from wasched.domain.message import Status
from wasched.models import Account, Approval, Role, Schedule
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.ui.core.page_slots import STOPPED
from wasched.ui.frame.palette_state import PaletteState
from wasched.ui.frame.state import ShellState
from wasched.ui.home.state import HomeState
from wasched.ui.messages.message_state import MessageState
from wasched.ui.prefill import first_stop
from wasched.ui.schedule.state import ScheduleState

_EVENT = re.compile(r'ReflexEvent\("([\w.]+)"')
_SHOWN = r"accounts_state.account_rx_state_.*shows|passkey_link_state.page_rx_state_.*step"
"""What the page of an account shows of linking, which it does for who may link alone."""

_ASKS: dict[Rule, re.Pattern[str]] = {
    Action.WRITE: re.compile(
        r"may_write|may_mark|may_delete|may_correct|_state____schedule_state.may_rx"
    ),
    Action.STOP: re.compile(rf"may_stop|may_go_on|is_admin|{_SHOWN}"),
    Action.APPROVE: re.compile("may_decide|may_correct|asked"),
    Action.MANAGE: re.compile(rf"may_manage|may_make|moving_state.spaces|{_SHOWN}"),
    Action.RUN_SERVER: re.compile("runs_server|is_admin|is_peopled|node_state.is_shown"),
}
"""What a page asks about its reader before it shows what changes something, by what that is."""

_BY_WORDS = {
    "home_state.dismiss", "home_state.send_now",  # a need has its key for who may
    "held_state.go_on", "held_state.take_back_rest", "person_state.ask_invite",  # these have words
    "messages_state.make_list",  # so has this
    "message_state.back_to_usual", "message_state.decide",  # what may be done is said by the story
    "schedule_state.back_to_usual", "schedule_state.skip",  # lines name what may be done with them
    "stopping_state.answer",  # of a question that a button opens
    "calendar_state.drop",  # of what may be dragged
}  # fmt: skip
"""What is shown by words that the server gives to none but who may; tested below."""

_LEAD_AWAY = ("new", "recipients/import", "set-up/phone", "settings/webhooks")
"""Pages that are for who may alone: everybody else is led elsewhere."""


def test_every_button_that_changes_something_stands_behind_a_question_about_its_reader() -> None:
    shown = {
        f"{route}: {event.rpartition('____')[2]}"
        for route, page in wasched.app._unevaluated_pages.items()
        if route not in _LEAD_AWAY
        for event, asks in _events_in(page.component().render(), "")
        if (rule := _changing(event)) and not _ASKS[rule].search(asks)
    }
    assert {one for one in shown if one.partition(": ")[2] not in _BY_WORDS} == set()


def test_one_that_asks_nothing_is_found() -> None:
    event = "reflex___state____state.wasched___ui___templates___state____templates_state.remove"
    planted = {"children": [{"props": [f'onClick: () => ReflexEvent("{event}")']}]}

    assert [one for one, asks in _events_in(planted, "") if _changing(one)] == [event]


@pytest.mark.asyncio
async def test_what_a_viewer_is_told_offers_nothing(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        vera = add_to_space(session, alice, "Vera", Role.VIEWER, now)
        states = (Status.MISSED, Status.FAILED, Status.UNKNOWN)
        for state in states:
            a_send(session, alice, account_id, now, state)

    for who, offers in ((alice, True), (vera, False)):
        home = await state_in(tab(who, "/"), HomeState)
        message = await state_in(tab(who, "/messages/1"), MessageState)
        schedule = await state_in(tab(who, "/schedules/1"), ScheduleState)
        for one in (home, message, schedule):
            await call(one, "load")

        assert len(home.needs) == len(states)
        assert any(need.key or need.goes or need.label != "Look" for need in home.needs) is offers
        assert bool(message.may) is bool(schedule.may) is offers


@pytest.mark.asyncio
async def test_who_writes_and_does_not_approve_is_offered_neither_that_nor_a_stop(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        ada = add_to_space(session, alice, "Ada", Role.AUTHOR, now)
        eve = add_to_space(session, alice, "Eve", Role.EDITOR, now)
        a_send(session, alice, account_id, now + timedelta(hours=1))
        made = session.get_one(Schedule, 1)
        made.approval, made.asked_by_id, made.asked_at = Approval.WAITING, ada.id, now
        session.get_one(Account, account_id).paused_at = now

    for who, offers in ((eve, True), (ada, False)):
        root = tab(who, "/schedules/1")
        shell, schedule = await state_in(root, ShellState), await state_in(root, ScheduleState)
        palette = await state_in(root, PaletteState)
        await call(shell, "arrive")
        await call(schedule, "load")
        await call(palette, "look", "")
        with session_scope(write=False) as session:
            first = first_stop.words(session, who, now)[STOPPED]

        assert "edit" in schedule.may and shell.may_write
        assert (schedule.page.approval.may_decide, shell.may_stop) == (offers, offers)
        assert [one.may_go_on for one in shell.stops] == [offers]
        assert ("Go on" in first) is offers
        assert not shell.may_manage
        names = {one.name for one in palette.hits}
        assert "New message" in names and "Link a phone" not in names


def _changing(event: str) -> Rule | None:
    """What an event does that is not everybody's; None for any other."""
    rule = rule_of_event(event)
    return None if rule in (LOOK, OPEN, OWN) else rule


def _events_in(part: Any, asks: str) -> Iterator[tuple[str, str]]:
    """The events of a rendered page, each with the conditions that it stands under."""
    if isinstance(part, dict):
        under = f"{asks} {part.get('cond_state', '')} {part.get('cond', '')}"
        for inner in part.values():
            yield from _events_in(inner, under)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _events_in(inner, asks)
    elif isinstance(part, str):
        yield from ((name, asks) for name in _EVENT.findall(part))
