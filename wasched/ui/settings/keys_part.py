"""Keys for programs: what there are, making one, revoking one."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.copying import copy_button
from wasched.ui.components.each import each
from wasched.ui.components.forms import choice_option, field, select_field, text_input
from wasched.ui.components.links import plain_link
from wasched.ui.components.section import settings_part
from wasched.ui.settings.key_text import CONFIRMS, DAYS, SCOPES
from wasched.ui.settings.keys_state import KeyRow, KeysState
from wasched.ui.settings.team import person_line


def keys_part() -> rx.Component:
    """For who manages the space; others make no keys."""
    return rx.cond(
        KeysState.may_make,
        settings_part(
            "api-keys",
            "Keys",
            "By a key a script or another service does here what you let it do, without your "
            "password. It ends when you leave.",
            rx.el.ul(each(KeysState.keys, _key, "id"), class_name="rows"),
            _make(),
            rx.el.p(
                plain_link("What programs can do", href="/api/docs", class_name="link"),
                class_name="help",
            ),
            words="api token program script developer",
        ),
    )


def _key(one: rx.Var[KeyRow]) -> rx.Component:
    return rx.el.li(
        person_line(one.name, one.about),
        confirm_dialog(
            rx.el.button(
                "Revoke",
                rx.el.span(f" {one.name}", class_name="sr"),
                type="button",
                class_name="btn ghost",
            ),
            f"Revoke {one.name}?",
            "Whatever has it is refused at once. What it has scheduled stays.",
            "Revoke",
            "Keep it",
            KeysState.revoke(one.id),
            ends=True,
        ),
        class_name="person",
    )


def _make() -> rx.Component:
    error = rx.cond(KeysState.field == "name", KeysState.error, "")
    return rx.el.form(
        field(
            "key-name",
            "What it is for",
            text_input("key-name", error, max_length=60, dir="auto", auto_complete="off"),
            "The program that has it, so that you know it again.",
            error,
        ),
        field("key-scopes", "What it may do", select_field("key-scopes", *_options(SCOPES))),
        rx.cond(
            KeysState.accounts.length() > 1,
            field(
                "key-account",
                "Through which phone",
                select_field(
                    "key-account",
                    rx.el.option("All of them", value=""),
                    each(KeysState.accounts, choice_option, "value"),
                ),
            ),
        ),
        field(
            "key-confirms",
            "If an assistant has it (MCP)",
            select_field("key-confirms", *_options(CONFIRMS)),
        ),
        field("key-days", "How long it is good", select_field("key-days", *_options(DAYS))),
        rx.cond(KeysState.made != "", _shown()),
        rx.el.button("Make a key", type="submit", class_name="btn"),
        on_submit=KeysState.make,
        reset_on_submit=True,
        no_validate=True,
        class_name="second",
    )


def _shown() -> rx.Component:
    return rx.el.div(
        rx.el.p(KeysState.made, class_name="num"),
        rx.el.div(
            copy_button(KeysState.made),
            rx.el.span("Give it to the program. You will not see it again.", class_name="small"),
            class_name="line",
        ),
        class_name="once",
        role="status",
    )


def _options(choices: tuple[tuple[str, str], ...]) -> list[rx.Component]:
    return [rx.el.option(word, value=key) for key, word in choices]
