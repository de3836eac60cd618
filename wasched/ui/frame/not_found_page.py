"""An address that leads nowhere."""

import reflex as rx

from wasched.ui.components.icons import icon_mark
from wasched.ui.components.links import link
from wasched.ui.core import routes


def not_found_page() -> rx.Component:
    """Says so, and leads home."""
    return rx.el.main(
        rx.el.div(icon_mark(), "wasched", class_name="mark"),
        rx.el.div(
            rx.el.h1("There is no such page"),
            rx.el.p("Or it is not yours.", class_name="small muted"),
            link("Home", href=routes.HOME, class_name="btn primary big wide"),
            class_name="card nowhere",
        ),
        id="main",
        class_name="door",
    )
