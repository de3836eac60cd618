"""Keywords: words that people write back, and what managers have each of them do."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.forms import (
    choice_option,
    field,
    field_refusal,
    select_field,
    text_area,
    text_input,
)
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell, way_back
from wasched.ui.settings.keywords_state import KeywordsState
from wasched.ui.settings.keywords_text import ANSWERS, WHY, KeywordRow

_HELP = {
    "words": "Several that do the same: yes, ja, 1",
    "field": "Empty: none is set. The field is made for who has none of that name.",
    "value": "",
    "answer": "Empty: nothing is written to them. {name} and {first name} stand for theirs.",
}


def keywords_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        way_back("Settings", routes.SETTINGS),
        page_head("Keywords"),
        rx.cond(
            KeywordsState.is_loaded,
            rx.el.div(
                rx.el.p(WHY, class_name="told"),
                rx.el.p(ANSWERS, class_name="told"),
                each(KeywordsState.keywords, _keyword, "id"),
                rx.cond(KeywordsState.may_manage, _form(), _told()),
                class_name="settings webhooks",
            ),
            skeleton_rows(4),
        ),
        title="Keywords",
        current=routes.SETTINGS,
        back=routes.SETTINGS,
    )


def _told() -> rx.Component:
    return rx.el.p(
        rx.cond(KeywordsState.keywords.length() > 0, "", "There are none yet. "),
        "Who manages the space sets them up.",
        class_name="told",
    )


def _keyword(one: rx.Var[KeywordRow]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(one.words, dir="auto", class_name="clip"),
        rx.cond(one.does != "", rx.el.p(one.does, dir="auto")),
        rx.cond(one.answer != "", rx.el.p("Answers: ", rx.el.bdi(one.answer), class_name="words")),
        rx.cond(
            KeywordsState.may_manage,
            rx.el.div(
                rx.el.button(
                    "Change",
                    rx.el.span(": ", one.words, class_name="sr"),
                    type="button",
                    on_click=KeywordsState.edit(one.id),
                    class_name="btn",
                ),
                _remove(one),
                class_name="line",
            ),
        ),
        class_name="card part",
    )


def _remove(one: rx.Var[KeywordRow]) -> rx.Component:
    return confirm_dialog(
        rx.el.button(
            "Remove",
            rx.el.span(": ", one.words, class_name="sr"),
            type="button",
            class_name="btn ghost",
        ),
        f"Remove {one.words}?",
        "Who writes it from now on gets no answer, and nothing is set. What it did stays done.",
        "Remove",
        "Keep it",
        KeywordsState.remove(one.id),
        ends=True,
    )


def _form() -> rx.Component:
    """For a new one, or for the one that is being changed."""
    is_new = KeywordsState.editing == ""
    return rx.el.section(
        rx.el.h2(
            rx.cond(is_new, "Add a keyword", "Change the keyword"), id="keyword-form", tab_index=-1
        ),
        rx.el.form(
            _line("words", "Words", placeholder="yes, ja, 1", max_length=3000),
            _line("field", "Sets the field", placeholder="Coming", max_length=300),
            _line("value", "To", placeholder="yes", max_length=1500),
            _pick("move", "List", each(KeywordsState.moves, choice_option, "value")),
            _pick("list", "Which list", each(KeywordsState.lists, choice_option, "value")),
            _answer(),
            field_refusal(rx.cond(KeywordsState.field == "changed", KeywordsState.error, "")),
            _buttons(is_new),
            on_submit=KeywordsState.save,
            no_validate=True,
            key=KeywordsState.round.to_string(),
        ),
        class_name="card part",
        custom_attrs={"aria-labelledby": "keyword-form"},
    )


def _buttons(is_new: rx.Var[bool]) -> rx.Component:
    back = rx.el.button("Back", type="button", on_click=KeywordsState.leave_form, class_name="btn")
    return rx.el.div(
        rx.el.button(rx.cond(is_new, "Add it", "Save"), type="submit", class_name="btn primary"),
        rx.cond(is_new, rx.fragment(), back),
        class_name="line save",
    )


def _error(name: str) -> rx.Var[str]:
    return rx.cond(KeywordsState.field == name, KeywordsState.error, "")


def _line(name: str, label: str, **props: object) -> rx.Component:
    control = text_input(
        name,
        _error(name),
        default_value=KeywordsState.form[name],
        auto_complete="off",
        dir="auto",
        **props,
    )
    return field(name, label, control, _HELP[name], _error(name))


def _pick(name: str, label: str, options: rx.Component) -> rx.Component:
    control = select_field(
        name, options, error=_error(name), default_value=KeywordsState.form[name]
    )
    return field(name, label, control, error=_error(name))


def _answer() -> rx.Component:
    error = _error("answer")
    control = text_area(
        "answer", error, default_value=KeywordsState.form["answer"], rows="3", max_length=6000
    )
    return field("answer", "Answers with", control, _HELP["answer"], error)
