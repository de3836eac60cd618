"""A place in a built page where the server may put words before it sends the page."""

import reflex as rx


def place(mark: str, *, is_in_line: bool = False, name: str = "") -> rx.Component:
    """An element with an HTML comment in it; React leaves what has come in its stead.

    Scripts find it as `data-NAME`, as long as it stands.
    """
    element = rx.el.span if is_in_line else rx.el.div
    return element(
        class_name="place",
        custom_attrs={
            "dangerouslySetInnerHTML": {"__html": mark},
            "suppressHydrationWarning": True,
            **({f"data-{name}": ""} if name else {}),
        },
    )
