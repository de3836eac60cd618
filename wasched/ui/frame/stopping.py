"""Stop everything, the red banner while it lasts, and the question before it goes on."""

import reflex as rx

from wasched.services.messages.stopping import Meanwhile
from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.place import place
from wasched.ui.components.question import answer_button, question_dialog
from wasched.ui.core.page_slots import STOPPED
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stop_text import StopLine
from wasched.ui.frame.stopping_state import QUESTION, StoppingState

STOPS = "data-stop"
"""Has the command palette press the button: palette_text.STOP."""


def stop_everything(class_name: str) -> rx.Component:
    """The button that stops all accounts, where there are any, for who may."""
    return rx.cond(ShellState.accounts > 0, stop_button(class_name))


def stop_button(class_name: str) -> rx.Component:
    """The same where it is known that there are some, for who may.

    Once all are stopped it says so and stays.
    """
    return rx.cond(ShellState.may_stop, _stop_button(class_name))


def _stop_button(class_name: str) -> rx.Component:
    return rx.el.button(
        icon("octagon_pause"),
        rx.cond(ShellState.is_all_stopped, "All is stopped", "Stop everything"),
        type="button",
        on_click=StoppingState.stop(""),
        class_name=f"stop-all {class_name}",
        custom_attrs={
            STOPS: "",
            "aria-disabled": rx.cond(ShellState.is_all_stopped, "true", "false"),
        },
    )


def stop_or_go_on(
    account_id: rx.Var[str], name: rx.Var[str], is_stopped: rx.Var[bool]
) -> rx.Component:
    """The same for one account, in whatever state its link is."""
    return rx.el.button(  # one button, so that the focus stays on it
        rx.cond(is_stopped, icon("play"), icon("octagon_pause")),
        rx.cond(is_stopped, "Go on", "Stop"),
        rx.el.span(" ", name, class_name="sr"),
        type="button",
        on_click=rx.cond(is_stopped, StoppingState.ask(account_id), StoppingState.stop(account_id)),
        class_name="btn",
    )


def stop_banner() -> rx.Component:
    """Says on every page what is stopped, by whom and since when."""
    return rx.cond(ShellState.zone == "", place(STOPPED, name="loading"), _banner())


def _banner() -> rx.Component:
    return rx.cond(
        ShellState.stops.length() > 0,
        rx.el.div(
            icon("octagon_pause", 20),
            rx.el.div(
                each(ShellState.stops, _stop_line, "ids"),
                role="alert",
            ),
            id="stopped",
            class_name="mode stopped",
        ),
    )


def _stop_line(line: rx.Var[StopLine]) -> rx.Component:
    go_on = rx.el.button(
        icon("play"),
        "Go on",
        rx.el.span(" with ", line.accounts, class_name="sr"),
        type="button",
        on_click=StoppingState.ask(line.ids),
        class_name="btn",
    )
    return rx.el.div(rx.el.p(line.sentence), rx.cond(line.may_go_on, go_on), class_name="stop")


def going_on_question() -> rx.Component:
    """Asks before it goes on: nothing that fell due meanwhile bursts out unasked."""
    fell = each(StoppingState.lines, lambda line: rx.el.span(line, class_name="fell"), "")
    return question_dialog(
        QUESTION,
        StoppingState.question,
        rx.el.p(fell),
        "Keep it stopped",
        rx.cond(
            StoppingState.these != "",
            rx.fragment(
                _answer(f"Leave {StoppingState.these} out", Meanwhile.LEAVE_OUT),
                _answer("Ask me about each", Meanwhile.ASK),
                _answer(f"Send {StoppingState.these} now", Meanwhile.SEND),
            ),
            _answer("Go on", Meanwhile.SEND, "btn primary"),
        ),
    )


def _answer(label: str | rx.Var, choice: Meanwhile, look: str = "btn") -> rx.Component:
    return answer_button(label, StoppingState.answer(str(choice)), look)
