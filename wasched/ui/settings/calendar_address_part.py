"""The part of Settings with the address at which other programs read one's calendar."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.section import settings_part
from wasched.ui.settings.calendar_address_state import CalendarAddressState
from wasched.ui.settings.invitation_links import only_here
from wasched.ui.settings.shown_once import shown_once

_WHY = (
    "An address at which Google Calendar, Apple Calendar, Thunderbird and others show what is to "
    "come and what went, beside your own appointments. They read it and can change nothing."
)
_HOW = (
    ("Google Calendar", "on a computer: Other calendars, +, From URL. It looks a few times a day."),
    ("Apple Calendar", "on a Mac: File, New Calendar Subscription."),
    ("iPhone and iPad", "Calendars, Add Calendar, Add Subscription Calendar."),
    ("Thunderbird", "New Calendar, On the Network, and the address as its location."),
)


def calendar_address_part() -> rx.Component:
    """None, or one since some day; a new one is shown once."""
    return settings_part(
        "calendar-address",
        "Calendar elsewhere",
        _WHY,
        rx.cond(CalendarAddressState.link != "", _new_address()),
        rx.cond(CalendarAddressState.since != "", _there_is_one(), _make()),
        words="ics ical icalendar feed subscribe google apple outlook thunderbird",
    )


def _make() -> rx.Component:
    return rx.el.button(
        "Make an address", type="button", on_click=CalendarAddressState.make, class_name="btn"
    )


def _there_is_one() -> rx.Component:
    return rx.fragment(
        rx.cond(
            CalendarAddressState.link == "",
            rx.el.p(
                "There is one, made ",
                CalendarAddressState.since,
                ". It ends when you leave this space.",
            ),
        ),
        rx.el.div(_renew(), _end(), class_name="line"),
    )


def _renew() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Make another", type="button", class_name="btn"),
        "Make another address?",
        "The one from before shows nothing any more: give the new one to all that read it.",
        "Make another",
        "Keep it",
        CalendarAddressState.make,
    )


def _end() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Take it back", type="button", class_name="btn ghost"),
        "Take the address back?",
        "Whatever reads your calendar at it finds nothing there any more.",
        "Take it back",
        "Keep it",
        CalendarAddressState.end,
        ends=True,
    )


def _new_address() -> rx.Component:
    return rx.fragment(
        shown_once(
            CalendarAddressState.link,
            rx.fragment(
                "Whoever has it sees what you see here. You will not see it again. ",
                only_here(CalendarAddressState.is_local),
            ),
        ),
        rx.el.ul(
            *[rx.el.li(rx.el.strong(f"{program}: "), way) for program, way in _HOW],
            class_name="small",
        ),
    )
