"""What can go instead of a text: a poll, a place, a contact card."""

import reflex as rx

from wasched.ui.components.each import each_place
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.compose.content_fields import USUAL_ANSWERS
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState

written = ContentState.written


def poll_fields() -> rx.Component:
    """A question, its answers, and how many may be chosen."""
    return rx.fragment(
        _typed("question", "Question", written.question, "poll", placeholder="Who can come?"),
        wrong("poll"),
        rx.el.fieldset(
            rx.el.legend("Answers"),
            _usual_answers(),
            each_place(written.options, _option),
            wrong("options"),
            id="options",
            class_name="answers",
            tab_index=-1,
            custom_attrs={"data-next": "yes"},  # Enter goes to the next one
        ),
        rx.el.div(
            rx.el.label("They choose", html_for="choices"),
            select_field(
                "choices",
                rx.el.option("one answer", value="1"),
                rx.el.option("any number of answers", value="0"),
                rx.cond(
                    (written.choices != "1") & (written.choices != "0"),
                    rx.el.option(f"up to {written.choices} answers", value=written.choices),
                ),
                taken=written.choices,
                on_change=lambda chosen: [ContentState.fill("choices", chosen), ComposeState.keep],
            ),
            class_name="line",
        ),
    )


def _usual_answers() -> rx.Component:
    """What most polls ask for, while nothing else was typed."""
    words = ", ".join(USUAL_ANSWERS[:-1]) + f" or {USUAL_ANSWERS[-1]}"
    return rx.cond(
        written.options.join("") == "",
        rx.el.button(
            icon("list_plus", 15),
            words,
            type="button",
            on_click=[ContentState.offer_answers, ComposeState.keep],
            class_name="btn small-btn",
        ),
    )


def place_fields() -> rx.Component:
    """A place that can be pasted from a map, its name and its address."""
    return rx.fragment(
        _typed(
            "where",
            "Where",
            written.where,
            "place",
            placeholder="52.5163, 13.3777, or a link from a map",
        ),
        wrong("place"),
        _typed("place_name", "Name", written.place_name, placeholder="Parish hall"),
        _typed("address", "Address", written.address, placeholder="Kirchplatz 1"),
    )


def card_fields() -> rx.Component:
    """A name and a number."""
    return rx.fragment(
        _typed("card_name", "Name", written.card_name, "card", placeholder="Anna Schmidt"),
        _typed(
            "card_phone",
            "Number",
            written.card_phone,
            placeholder="+49 151 0000 0012",
            type="tel",
        ),
        wrong("card"),
    )


def _typed(
    name: str, label: str, value: rx.Var[str], element_id: str = "", **props: object
) -> rx.Component:
    """A field; `element_id` is what a refusal calls it."""
    element_id = element_id or name
    bad = ComposeState.field == element_id
    return rx.el.div(
        rx.el.label(label, html_for=element_id),
        rx.el.span(
            rx.debounce_input(
                rx.el.input(
                    id=element_id,
                    value=value,
                    auto_complete="off",
                    dir="auto",
                    on_change=lambda typed: [ContentState.fill(name, typed), ComposeState.keep],
                    custom_attrs={"aria-describedby": f"{element_id}-error"},
                    **props,
                ),
                debounce_timeout=250,
            ),
            class_name=rx.cond(bad, "field bad", "field"),
        ),
        class_name="f",
    )


def _option(words: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            rx.debounce_input(
                rx.el.input(
                    id=rx.Var.create(f"answer-{index + 1}"),
                    value=words,
                    auto_complete="off",
                    dir="auto",
                    placeholder=rx.cond(index > 1, "Another answer", ""),
                    on_change=lambda typed: [ContentState.option(index, typed), ComposeState.keep],
                    custom_attrs={"aria-label": f"Answer {index + 1}"},
                ),
                debounce_timeout=250,
            ),
            class_name="field",
        ),
        rx.cond(
            written.options.length() > 2,
            rx.el.button(
                icon("x"),
                type="button",
                on_click=[ContentState.drop_option(index), ComposeState.keep],
                class_name="btn ghost square",
                custom_attrs={"aria-label": f"Remove answer {index + 1}"},
            ),
        ),
        class_name="answer",
    )
