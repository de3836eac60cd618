"""WhatsApp's formatting marks, as its own bubble shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.ui.bubble_text import Span, spans


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", []),
        ("plain", [Span("plain")]),
        ("*bold*", [Span("bold", "bold")]),
        ("a _b_ c", [Span("a "), Span("b", "italic"), Span(" c")]),
        ("~gone~", [Span("gone", "strike")]),
        ("*_both_*", [Span("both", "bold italic")]),
        ("`*code*`", [Span("*code*", "code")]),
        ("```two\nlines```", [Span("two\nlines", "code")]),
        ("2 * 3 * 4", [Span("2 * 3 * 4")]),
        ("snake_case_name", [Span("snake_case_name")]),
        ("* not bold*", [Span("* not bold*")]),
        ("*not\nbold*", [Span("*not\nbold*")]),
    ],
)
def test_marks_become_looks(text: str, shown: list[Span]) -> None:
    assert spans(text) == shown


@given(st.text(alphabet="ab *_~`\n", max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(span.text for span in spans(text))

    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]
