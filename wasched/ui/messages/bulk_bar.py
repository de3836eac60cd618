"""What can be done with all the messages that were chosen."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.icons import icon
from wasched.ui.components.taken import held_box
from wasched.ui.core.rows import MessageLine
from wasched.ui.messages.selection import ChoosingState
from wasched.ui.messages.state import MessagesState

_IS_HERE = ChoosingState.of == MessagesState.query  # the choice is of another list where it is not


def bulk_bar() -> rx.Component:
    """Choosing all, and the deeds; what can be undone is not asked about."""
    chosen = rx.cond(_IS_HERE, ChoosingState.keys.length(), 0)
    return rx.el.div(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=chosen > 0,
                on_change=lambda _value: ChoosingState.choose_all(),
                class_name="check",
            ),
            rx.cond(chosen > 0, rx.el.span(chosen, " chosen"), "Choose all"),
            class_name="line",
        ),
        rx.cond(
            chosen > 0,
            rx.el.div(
                _deed("cancel", "Cancel them", "ban"),
                _deed("dismiss", "Dismiss", "check"),
                _again(),
                _move(),
                rx.el.button(
                    "Clear", type="button", on_click=ChoosingState.clear, class_name="btn ghost"
                ),
                class_name="line",
            ),
        ),
        class_name="bulk",
        role="group",
        custom_attrs={"aria-label": "With the chosen messages"},
    )


def tick_box(line: rx.Var[MessageLine]) -> rx.Component:
    """The box that chooses a row; the browser ticks it before the server knows."""
    return rx.el.span(
        held_box(
            _IS_HERE & ChoosingState.keys.contains(line.key),
            key=line.key,
            on_change=lambda _value: ChoosingState.toggle(line.key),
            class_name="check",
            aria_label=f"Choose {line.recipient}, {line.clock}",
        ),
        class_name="hit",
    )


def _deed(choice: str, label: str, name: str) -> rx.Component:
    return rx.el.button(
        icon(name), label, type="button", on_click=ChoosingState.decide(choice), class_name="btn"
    )


def _again() -> rx.Component:
    return confirm_dialog(
        rx.el.button(icon("rotate_cw"), "Send again", type="button", class_name="btn"),
        "Send all of these again?",
        "They go out at once, one after another. Who did get the first one gets it twice.",
        "Send again",
        "Back",
        ChoosingState.decide("send_again"),
    )


def _move() -> rx.Component:
    return rx.el.details(
        rx.el.summary(icon("calendar_clock"), "Move", class_name="btn"),
        rx.el.form(
            rx.el.p("The first goes out then, the others as long after it as now."),
            rx.el.div(
                _field("day", "Date", "date"), _field("clock", "Time", "time"), class_name="line"
            ),
            rx.cond(
                ChoosingState.error != "",
                rx.el.p(ChoosingState.error, class_name="wrong", role="alert"),
            ),
            rx.el.button("Move", type="submit", class_name="btn primary"),
            on_submit=ChoosingState.move,
            class_name="card pop",
        ),
        class_name="popper",
    )


def _field(name: str, label: str, kind: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="small muted"),
        rx.el.input(name=name, type=kind, required=True),
        class_name="field",
    )
