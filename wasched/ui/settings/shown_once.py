"""A link that is shown once, to be handed to somebody."""

import reflex as rx

from wasched.ui.components.copying import copy_button
from wasched.ui.components.icons import icon


def shown_once(link: rx.Var[str], about: rx.Component | str) -> rx.Component:
    """The link with *Copy* and, where the browser can, *Share*: scripts/share.js."""
    return rx.el.div(
        rx.el.p(link, class_name="num"),
        rx.el.div(
            rx.el.button(
                icon("share_2"),
                "Share",
                type="button",
                class_name="btn shares",
                custom_attrs={"data-share": link},
            ),
            copy_button(link),
            rx.el.span(about, class_name="small"),
            class_name="line",
        ),
        class_name="once",
        role="status",
    )
