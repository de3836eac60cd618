"""Back-ups in Settings: when, how large, where, one made now, one downloaded."""

import reflex as rx

from wasched.ui.components.copying import copy_button
from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.section import settings_part
from wasched.ui.settings.back_up_state import BackUpState
from wasched.ui.settings.back_up_text import BackUpLine


def back_up_part() -> rx.Component:
    """For who runs the server: an archive can read and write as everybody here."""
    return rx.cond(
        BackUpState.is_admin,
        settings_part(
            "back-up",
            "Back-up",
            "One archive holds the messages, the links, the media and the secret of this server.",
            rx.el.p(
                rx.cond(BackUpState.running != "", BackUpState.running, BackUpState.told),
                class_name="strong",
                role="status",
            ),
            rx.el.p(BackUpState.plan),
            rx.el.p(
                rx.cond(
                    BackUpState.fault != "",
                    rx.fragment(icon("circle_alert", 15), BackUpState.fault),
                ),
                class_name=rx.cond(BackUpState.fault != "", "wrong", ""),
                role="alert",
            ),
            rx.cond(BackUpState.is_kept, _kept()),
            rx.el.p(BackUpState.lost, class_name="help"),
            rx.el.p("In its shell. ", BackUpState.folder),
            rx.el.pre(BackUpState.line, class_name="once num", tab_index=0),
            copy_button(BackUpState.line),
            words="backup restore download archive",
        ),
    )


def _kept() -> rx.Component:
    return rx.fragment(
        rx.el.button(
            "Back up now",
            type="button",
            disabled=BackUpState.running != "",
            on_click=BackUpState.make_now,
            class_name="btn",
        ),
        rx.el.ul(
            each(BackUpState.kept, _line, "name"),
            class_name="rows",
            custom_attrs={"aria-label": "Back-ups that are kept"},
        ),
    )


def _line(one: rx.Var[BackUpLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(one.when, class_name="clip strong"),
            rx.el.div(one.size, class_name="small muted num"),
        ),
        rx.el.button(
            "Download",
            rx.el.span(" the one of ", one.when, class_name="sr"),
            type="button",
            on_click=BackUpState.fetch(one.name),
            class_name="btn ghost",
        ),
        class_name="person",
    )
