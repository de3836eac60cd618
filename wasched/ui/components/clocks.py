"""Times that go on while a page is open: scripts/clocks.js says them anew, without the server."""

import reflex as rx


def live_clock(zone: rx.Var[str], shown: rx.Var[str]) -> rx.Component:
    """The time of day in a zone; `shown` is what it was when the page was shown."""
    return rx.el.time(shown, class_name="num", custom_attrs={"data-clock": zone})


def time_away(instant: rx.Var[str], shown: rx.Var[str]) -> rx.Component:
    """How far away an instant (ISO 8601) is, as in: in 3 hours."""
    return rx.el.time(shown, date_time=instant, class_name="away", custom_attrs={"data-away": ""})
