"""A question, asked only before what cannot be undone."""

import reflex as rx


def confirm_dialog(
    trigger: rx.Component,
    question: str | rx.Var,
    sentence: str | rx.Var,
    yes: str,
    no: str,
    on_yes: rx.event.EventType[()],
    *,
    ends: bool = False,
) -> rx.Component:
    """Open the question from `trigger`; the buttons repeat the verb, the harmless one has focus.

    What `ends` something is red.
    """
    look = "btn danger" if ends else "btn primary"
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(trigger),
        rx.alert_dialog.content(
            rx.alert_dialog.title(question),
            rx.alert_dialog.description(sentence),
            rx.el.div(
                rx.alert_dialog.cancel(rx.el.button(no, type="button", class_name="btn")),
                rx.alert_dialog.action(
                    rx.el.button(yes, type="button", on_click=on_yes, class_name=look)
                ),
                class_name="line answers",
            ),
            max_width="26.25rem",
        ),
    )
