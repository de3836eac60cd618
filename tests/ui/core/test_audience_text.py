"""A message to a list is called by the list wherever it stands, and rows say no raw variables."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.reasons import words
from tests.scopes import session_scope
from wasched.domain.content import Content, Poll, Text
from wasched.services import schedules
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.messages import batches, calendar, dashboard, export_messages, message_actions
from wasched.services.messages.filters import Filters
from wasched.services.recipients import recipients
from wasched.services.schedules import create
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.calendar import calendar_grid
from wasched.ui.compose import bubbles
from wasched.ui.core import rows
from wasched.ui.home.text import home_lines
from wasched.ui.messages import history_text

NOW = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
GREETING = Text("Hello {first_name}, {nickname|dear} member of {voice_part}")


def a_daily(
    session: Session, user: Caller, account_id: int, *to: str, content: Content, **more: object
) -> int:
    """Something that goes out every day, first in an hour."""
    at = NOW + timedelta(hours=1)
    request = ScheduleRequest(
        account_id=account_id,
        to=to,
        contents=(content,),
        day=at.date(),
        clock=at.time(),
        zone="UTC",
        rrule="FREQ=DAILY",
        **more,  # type: ignore[arg-type]
    )
    return create.create_schedule(session, user, request, NOW).schedule_id


def a_list(session: Session, user: Caller, name: str, numbers: Sequence[str]) -> int:
    """A list of people called Jörg 1, Jörg 2, …"""
    made = lists.add_list(session, user, name, NOW)
    ids = [
        recipients.person_with_number(session, user.space_id, number, NOW, f"Jörg {one}").id or 0
        for one, number in enumerate(numbers, 1)
    ]
    lists.put_in(session, user, made, ids, NOW)
    return made


@pytest.fixture
def choir(alice: Caller, account_id: int) -> int:
    """A schedule that goes to a list of three."""
    with session_scope() as session:
        numbers = [f"+4915123456{one}" for one in (701, 702, 703)]
        made = a_list(session, alice, "Chor", numbers)
        return a_daily(session, alice, account_id, content=GREETING, lists=(made,))


def test_a_message_to_a_list_bears_its_name_everywhere(alice: Caller, choir: int) -> None:
    with session_scope() as session:
        [send] = batches.batch_page(session, alice, Filters(), "", NOW).sends
        home = home_lines(dashboard.home_view(session, alice, NOW), "UTC", NOW)
        [repeating] = schedules.list_schedules(session, alice, NOW).lines
        days = calendar.calendar_days(session, alice, NOW.date(), 3, NOW)
        exported = "".join(export_messages.csv_lines(session, alice, Filters(), NOW, words))

    said = "Hello [first name], dear member of [voice part]"
    row, series = rows.message_line(send, {}, "UTC", NOW), rows.schedule_line(repeating, "UTC", NOW)
    assert (row.recipient, row.kind, row.others, row.text) == ("Chor", "list", "3 recipients", said)
    assert (series.recipient, series.others, series.text) == ("Chor", "3 recipients", said)
    assert home.summary.endswith("to \u2068Chor\u2069.")
    page = calendar_grid.Page("week", NOW.date(), 0)
    [week] = calendar_grid.calendar_weeks(page, days, {}, "UTC", NOW)
    cells = week.cells
    names = {entry.name for cell in cells for entry in cell.shown}
    assert names == {"Chor"}
    coming = [line for day in days for line in calendar_grid.day_lines(day, {}, "UTC", NOW)]
    assert {(line.recipient, line.text) for line in coming} == {("Chor", said)}
    assert exported.count(',"Chor","",""\r\n') == 3
    assert '"Jörg 2"' in exported and "Hello Jörg, dear" in exported


def test_who_is_chosen_beside_a_list_is_counted(alice: Caller, account_id: int) -> None:
    with session_scope() as session:
        made = [a_list(session, alice, name, [f"+4915123456{n}"]) for n, name in _LISTS.items()]
        more = "+4915123456790"
        a_daily(session, alice, account_id, more, content=GREETING, lists=tuple(made))
        [send] = batches.batch_page(session, alice, Filters(), "", NOW).sends

    row = rows.message_line(send, {}, "UTC", NOW)

    assert (row.recipient, row.others) == ("Alt, Łuna, Zoo and 1 more list", "and 1 other")


_LISTS = {701: "Zoo", 702: "Łuna", 703: "Alt", 704: "Zug"}


def test_the_page_of_one_of_many_says_what_that_person_gets(alice: Caller, choir: int) -> None:
    with session_scope() as session:
        each = batches.batch_page(session, alice, Filters(schedule_id=choir, each=True), "", NOW)
        story = message_actions.message_story(session, alice, each.sends[0].row.id, NOW)
        [bubble] = bubbles.saved_bubbles(session, alice, [story.content])

    page, facts = (
        history_text.history_page(story, {}, "UTC", NOW),
        history_text.message_facts(story, "UTC", NOW),
    )
    assert (page.recipient, page.recipient_href) == ("Jörg 1", "/recipients/1")
    assert ("List", "Chor") in [(one.term, one.value) for one in facts]
    assert bubble.blocks[0].spans[0].text.startswith("Hello Jörg, dear")


def test_the_answers_of_a_poll_are_read_after_it_was_saved(alice: Caller, account_id: int) -> None:
    poll = Poll("Coming, {first_name}?", ("Yes", "No"))
    with session_scope() as session:
        made = a_daily(session, alice, account_id, "+4915123456701", content=poll)
        [send] = batches.batch_page(session, alice, Filters(), "", NOW).sends
        story = message_actions.message_story(session, alice, send.row.id, NOW)
        request = schedules.request_of(session, alice, made)
        shown = [
            *bubbles.saved_bubbles(session, alice, [story.content]),
            *bubbles.of_request(session, alice, request, NOW),
        ]

    assert [(one.kind, one.options) for one in shown] == [("poll", ("Yes", "No"))] * 2
