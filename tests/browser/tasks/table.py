"""What each task may take: more than this fails it; docs/benchmarks.md shows the same table."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.browser.tasks.hands import Effort

QUICK = frozenset(
    {
        "test_a_first_message_is_on_a_phone",
        "test_what_became_of_it",
        "test_everything_is_stopped_at_once",
    }
)
"""What `make test` does too."""


@dataclass(frozen=True)
class Task:
    """Who does what, and what it may take."""

    who: str
    what: str
    takes: Effort


_SECRETARY, _SHOP, _SHEETS = "secretary, phone", "shop, desk", "from a sheet, desk"
_COLLEAGUE, _KEYBOARD = "colleague, phone", "keyboard, desk"

TASKS = {
    "test_it_is_set_up_and_linked_by_a_number_code": Task(
        _SECRETARY,
        "set up with one password too short, link this phone",
        Effort(11, 1, 83, 6),
    ),
    "test_a_first_message_is_on_a_phone": Task(
        _SECRETARY, "first message, now, to a number", Effort(4, 1, 39, 3)
    ),
    "test_what_became_of_it": Task(
        _SECRETARY, "what became of it: delivered, read", Effort(3, 0, 0, 3)
    ),
    "test_every_other_tuesday": Task(
        _SECRETARY, "every other Tuesday at 18:00, in words", Effort(4, 1, 58, 3)
    ),
    "test_every_other_tuesday_is_chosen": Task(
        _SECRETARY, "the same by fields", Effort(8, 2, 35, 3)
    ),
    "test_every_thursday_but_in_the_holidays": Task(
        _SECRETARY, "every Thursday, but not in the school holidays", Effort(4, 1, 85, 3)
    ),
    "test_a_poll_goes_to_the_group_each_thursday": Task(
        _SECRETARY, "a poll to the group each Thursday", Effort(6, 1, 44, 3)
    ),
    "test_a_reminder_goes_each_day": Task(
        _SECRETARY, "a reminder each day, in words", Effort(4, 1, 46, 3)
    ),
    "test_the_text_of_tomorrow_alone_is_changed": Task(
        _SECRETARY, "change tomorrow's text alone", Effort(6, 1, 26, 4)
    ),
    "test_todays_is_skipped_and_taken_in_again": Task(
        _SECRETARY, "skip today's, and undo it", Effort(5, 0, 0, 3)
    ),
    "test_a_message_is_moved_by_touch": Task(
        _SECRETARY, "move a message to the next day by touch", Effort(5, 0, 8, 2)
    ),
    "test_everything_is_stopped_at_once": Task(_SECRETARY, "stop everything", Effort(1, 0, 0, 1)),
    "test_it_is_stopped_while_whatsapp_is_away": Task(
        _SECRETARY, "the same while WhatsApp is away", Effort(1, 0, 0, 1)
    ),
    "test_nothing_is_lost_when_the_line_breaks_in_the_middle_of_writing": Task(
        _SECRETARY, "the connection is lost in the middle of writing", Effort(4, 1, 53, 3)
    ),
    "test_pressed_three_times_without_a_line_it_goes_once": Task(
        _SECRETARY, "*Send* pressed three times without connection", Effort(6, 1, 32, 3)
    ),
    "test_a_message_is_sent_on_a_slow_line": Task(
        _SECRETARY, "a message on a line with 0.8 s each way", Effort(4, 1, 31, 3)
    ),
    "test_two_tabs_hold_two_texts": Task(
        _SECRETARY, "two tabs with two texts", Effort(8, 2, 54, 6)
    ),
    "test_what_was_begun_on_a_phone_is_finished_at_a_desk": Task(
        _SECRETARY, "begun on the phone, gone on with at a desk", Effort(4, 1, 29, 3)
    ),
    "test_back_leads_to_the_tab_one_came_from": Task(
        _SECRETARY, "the browser's own Back from a message", Effort(4, 0, 0, 4)
    ),
    "test_at_night_it_is_dark": Task(_SECRETARY, "look at it at night", Effort(0, 0, 0, 1)),
    "test_it_can_be_installed_as_an_app": Task(
        _SECRETARY, "the browser offers to install it", Effort(0, 0, 0, 1)
    ),
    "test_a_colleague_is_invited": Task(_SECRETARY, "invite a colleague", Effort(4, 0, 12, 3)),
    "test_a_link_leads_there_after_signing_in": Task(
        _SECRETARY, "a link to a schedule, signed out", Effort(3, 0, 41, 2)
    ),
    "test_a_wrong_password_is_said_and_the_address_kept": Task(
        _SECRETARY, "sign in, first with a wrong password", Effort(5, 0, 54, 2)
    ),
    "test_a_colleague_signs_up": Task(
        _COLLEAGUE, "sign up with an invitation", Effort(3, 0, 46, 2)
    ),
    "test_a_colleague_writes_through_the_same_phone": Task(
        _COLLEAGUE, "write to the group through the same phone", Effort(4, 1, 27, 3)
    ),
    "test_a_forgotten_password_is_replaced": Task(
        _COLLEAGUE, "a forgotten password, with the owner's part", Effort(5, 0, 27, 5)
    ),
    "test_a_spreadsheet_becomes_a_list": Task(
        _SHEETS, "13 people from Excel's CSV into a new list", Effort(8, 0, 5, 4)
    ),
    "test_a_spreadsheet_of_an_old_excel_keeps_its_letters": Task(
        _SHEETS, "three people from a CSV in Windows-1252", Effort(5, 0, 0, 4)
    ),
    "test_a_workbook_of_excel_is_looked_at": Task(
        _SHEETS, "an .xlsx, up to what becomes of its rows", Effort(4, 0, 0, 3)
    ),
    "test_an_import_is_taken_back_later": Task(
        _SHEETS, "take an import back, later", Effort(4, 0, 0, 3)
    ),
    "test_four_numbers_are_pasted_into_to": Task(
        _SHEETS, "four numbers pasted into *To*", Effort(2, 1, 0, 2)
    ),
    "test_what_went_to_one_person_last_month_is_found": Task(
        _SHOP, "what went to one person in the last month", Effort(6, 0, 20, 2)
    ),
    "test_a_photo_goes_with_a_text": Task(_SHOP, "a photo with a text, now", Effort(7, 1, 19, 3)),
    "test_300_customers_are_told_though_a_day_takes_20": Task(
        _SHOP, "300 people, one {name} misspelt, though 20 a day may go", Effort(6, 2, 103, 3)
    ),
    "test_a_wrong_number_is_told_before_saving": Task(
        _SHOP, "a wrong number is told before saving", Effort(1, 1, 14, 2)
    ),
    "test_a_wrong_number_is_corrected_and_what_waits_follows": Task(
        _SHOP, "correct a number, and what waits follows", Effort(5, 1, 13, 4)
    ),
    "test_the_messages_are_taken_away": Task(_SHOP, "take the messages away", Effort(2, 0, 0, 2)),
    "test_the_people_are_taken_away": Task(
        _SHOP, "take the people away, as CSV and as vCard", Effort(4, 0, 0, 2)
    ),
    "test_a_message_is_dragged_to_another_day": Task(
        _SHOP, "drag a message of next month to another day", Effort(3, 0, 0, 2)
    ),
    "test_a_message_is_moved_by_two_days_by_keyboard": Task(
        _KEYBOARD, "move a message by two days", Effort(0, 13, 0, 2)
    ),
    "test_who_answers_stop_is_seen": Task(_SHOP, "see who has answered STOP", Effort(1, 0, 0, 2)),
}
"""By the names of their tests."""


def written(took: Mapping[str, Effort]) -> str:
    """The table in Markdown, as far as it was measured."""
    known = [(one, took[name]) for name, one in TASKS.items() if name in took]
    rows = (f"{one.what} | {one.who} | {_figures(effort)}" for one, effort in known)
    head = ("task | who | clicks | keys | typed | pages", "--- | --- | ---: | ---: | ---: | ---:")
    return "\n".join(f"| {row} |" for row in (*head, *rows))


def _figures(effort: Effort) -> str:
    return " | ".join(str(spent) for spent in vars(effort).values())
