"""However long a text is, a bubble is drawn from its beginning."""

import pytest

from wasched.domain.links import first_link
from wasched.ui.core.bubble_text import DRAWN_MAX, LINES_MAX, Span, bubble_blocks, whole_text

QUOTED = "> \n" * 33_000


def test_a_text_of_many_thousand_lines_is_drawn_in_a_few() -> None:
    made = bubble_blocks(QUOTED)

    assert len(made) == LINES_MAX + 1
    assert made[-1].spans == (Span("…"),)


def test_a_long_line_is_drawn_in_part() -> None:
    made = bubble_blocks("word " * 20_000)

    assert sum(len(span.text) for block in made for span in block.spans) <= DRAWN_MAX + 1


@pytest.mark.parametrize("text", ["Hello *Anna*\n- one\n- two", "x" * DRAWN_MAX, "a\n" * 150])
def test_a_text_that_is_not_long_is_drawn_whole(text: str) -> None:
    assert Span("…") not in [span for block in bubble_blocks(text) for span in block.spans]


def test_the_page_of_a_message_says_all_of_it() -> None:
    text = "Dear all\n" * 7_000
    said = [span.text for block in whole_text(text) for span in block.spans]

    assert "\n".join(said).split() == text.split()
    assert len(whole_text(text)) == LINES_MAX + 1


def test_an_address_with_a_long_tail_of_dots_is_the_address() -> None:
    assert first_link("https://example.org" + "." * 60_000) == "https://example.org"
    assert first_link("https://example.org/" + "a" * 60_000) == ""
