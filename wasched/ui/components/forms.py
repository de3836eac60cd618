"""Fields with their label, help and error; forms that are posted plainly."""

import reflex as rx
from reflex.event import EventHandler
from reflex_components_core.el.element import Element

from wasched.ui.components.icons import icon
from wasched.ui.components.taken import TAKEN
from wasched.ui.core.rows import Choice


class PostForm(Element):
    """A form that the browser posts itself; Reflex's own form never leaves the page."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


def field(
    name: str,
    label: str,
    control: rx.Component,
    help_text: str | rx.Component = "",
    error: rx.Var[str] | str = "",
) -> rx.Component:
    """A label over a control, with help or, when there is one, the error below it."""
    return rx.el.div(
        rx.el.label(label, html_for=name),
        control,
        rx.cond(
            error != "",
            rx.el.p(
                icon("circle_alert", 15),
                error,
                id=f"{name}-error",
                class_name="wrong",
                role="alert",
            ),
            rx.el.p(help_text, class_name="help") if help_text else rx.fragment(),
        ),
        class_name="f",
    )


def text_input(name: str, error: rx.Var[str] | str = "", **props: object) -> rx.Component:
    """A one-line field; `error` marks it and ties its sentence to it."""
    return rx.el.span(
        rx.el.input(id=name, name=name, custom_attrs=_aria(name, error), **props),
        class_name=rx.cond(error != "", "field bad", "field"),
    )


def text_area(
    name: str, error: rx.Var[str] | str = "", *, waits_ms: int = 0, **props: object
) -> rx.Component:
    """A field of several lines; what is typed is told once it has rested for so long."""
    area: rx.Component = rx.el.textarea(
        id=name, name=name, dir="auto", custom_attrs=_aria(name, error), **props
    )
    if waits_ms:
        area = rx.debounce_input(area, debounce_timeout=waits_ms)
    return rx.el.div(area, class_name=rx.cond(error != "", "editor bad", "editor"))


def password_input(
    shown: rx.Var[bool],
    toggle: EventHandler,
    error: rx.Var[str] | str = "",
    auto_complete: str = "current-password",
    **props: object,
) -> rx.Component:
    """A password that can be looked at."""
    return rx.el.span(
        rx.el.input(
            id="password",
            name="password",
            type=rx.cond(shown, "text", "password"),
            auto_complete=auto_complete,
            required=True,
            max_length=200,
            custom_attrs=_aria("password", error),
            **props,
        ),
        rx.el.button(
            rx.cond(shown, icon("eye_off"), icon("eye")),
            type="button",
            on_click=toggle,
            class_name="btn ghost square inner",
            custom_attrs={"aria-label": rx.cond(shown, "Hide the password", "Show the password")},
        ),
        class_name=rx.cond(error != "", "field bad", "field"),
    )


def choice_option(one: rx.Var[Choice]) -> rx.Component:
    """One of the choices of a `select_field`, as `each` shows it."""
    return rx.el.option(one.label, value=one.value)


def select_field(
    name: str | rx.Var[str],
    *options: rx.Component | rx.Var,
    error: rx.Var[str] | str = "",
    taken: rx.Var[str] | None = None,
    attrs: dict[str, object] | None = None,
    **props: object,
) -> rx.Component:
    """The browser's own list of choices, which every phone shows in its own way.

    One with `taken`, what the server holds, shows at once what is chosen; one with a `value`
    shows that one alone.
    """
    attrs = {**_aria(name, error), **(attrs or {})}
    if taken is not None:
        attrs, props["default_value"] = {**attrs, TAKEN: taken}, taken
    return rx.el.span(
        rx.el.select(*options, id=name, name=name, custom_attrs=attrs, **props),
        icon("chevron_down"),
        class_name=rx.cond(error != "", "field pick-one bad", "field pick-one"),
    )


def typed_field(name: str) -> rx.Var[str]:
    """What stands in a field at the moment of an event."""
    return rx.Var(f"(document.getElementById({name!r})?.value ?? '')").to(str)


def field_refusal(sentence: rx.Var[str]) -> rx.Component:
    """What is wrong with the whole form, above its button."""
    return rx.cond(
        sentence != "",
        rx.el.p(icon("circle_alert", 15), sentence, class_name="wrong", role="alert"),
    )


def _aria(name: str | rx.Var[str], error: rx.Var[str] | str) -> dict[str, rx.Var | str]:
    return {
        "aria-describedby": rx.cond(error != "", f"{name}-error", ""),
        "aria-invalid": rx.cond(error != "", "true", "false"),
    }
