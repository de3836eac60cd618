"""WhatsApp's formatting marks, read into spans: *bold*, _italic_, ~strike~, `code`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_CODE = re.compile(r"```(?P<block>.+?)```|`(?P<inline>[^`\n]+)`", re.DOTALL)
_PAIR = re.compile(r"(?<![\w*_~])(?P<mark>[*_~])(?=\S)(?P<inner>[^\n]*?\S)(?P=mark)(?!\w)")
_NAMES = {"*": "bold", "_": "italic", "~": "strike"}


@dataclass(frozen=True)
class Span:
    """A stretch of text in one look: class names of the style sheet, parted by spaces."""

    text: str
    look: str = ""


def spans(text: str) -> list[Span]:
    """The text as WhatsApp's chat bubble would show it."""
    return list(_code(text))


def _code(text: str) -> Iterator[Span]:
    """Marks inside code stay as they are, so code is cut out first."""
    done = 0
    for found in _CODE.finditer(text):
        yield from _pairs(Span(text[done : found.start()]))
        yield Span(found["block"] or found["inline"], "code")
        done = found.end()
    yield from _pairs(Span(text[done:]))


def _pairs(span: Span) -> Iterator[Span]:
    found = _PAIR.search(span.text)
    if found is None:
        if span.text:
            yield span
        return
    if found.start():
        yield replace(span, text=span.text[: found.start()])
    look = f"{span.look} {_NAMES[found['mark']]}".strip()
    yield from _pairs(Span(found["inner"], look))
    yield from _pairs(replace(span, text=span.text[found.end() :]))
