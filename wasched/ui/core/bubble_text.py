"""What a chat bubble is drawn from: the domain's spans and blocks, whose looks are classes.

A bubble is drawn at every key, and a text may have tens of thousands of lines. So its beginning is
drawn, as phones show it until somebody asks for more.
"""

from collections.abc import Mapping

from wasched.domain import formatting
from wasched.domain.formatting import Block, Span

__all__ = ["Block", "Span", "bubble_blocks", "whole_text"]

DRAWN_MAX = 4_000
"""Characters of a text that are drawn."""

LINES_MAX = 200
"""Lines of a text that are drawn."""

_MORE = Block("line", (Span("…"),))


def bubble_blocks(text: str, names: Mapping[str, str] | None = None) -> list[Block]:
    """The beginning of a text line by line; a last line tells if there is more."""
    shown = _beginning(text)
    made = formatting.text_blocks(shown, names)
    return made if shown == text else [*made, _MORE]


def whole_text(text: str, names: Mapping[str, str] | None = None) -> list[Block]:
    """All of a text, of which the beginning is drawn and the rest stands as it was written."""
    shown = _beginning(text)
    rest = text[len(shown) :]
    return [
        *formatting.text_blocks(shown, names),
        *([Block("line", (Span(rest),))] if rest else []),
    ]


def _beginning(text: str) -> str:
    """As much of a text as is drawn; what comes after it begins a line where it can."""
    few = text[:DRAWN_MAX]
    lines = few.split("\n")
    kept = "\n".join(lines[:LINES_MAX])
    return kept if kept == text or len(lines) > LINES_MAX else few
