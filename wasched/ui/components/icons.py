"""Icons: Lucide, always beside their word; every name here is checked against Lucide's list."""

import reflex as rx


def icon(name: str, size: int = 16, class_name: str = "") -> rx.Component:
    """An icon in the colour of its text."""
    return rx.icon(name, size=size, class_name=f"i {class_name}".strip())


def icon_mark() -> rx.Component:
    """The mark: an accent square with a w of two ticks."""
    return rx.el.svg(
        rx.el.rect(width="24", height="24", rx="6.5", fill="currentColor"),
        rx.el.path(
            d="M4.6 9.6 8 15.8l3.9-6.6 3 6.6 4.8-9.3",
            fill="none",
            stroke_width="2.1",
            stroke_linecap="round",
            stroke_linejoin="round",
        ),
        view_box="0 0 24 24",
        custom_attrs={"aria-hidden": "true"},
    )
