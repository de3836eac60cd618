"""WhatsApp's formatting marks, read into blocks and spans.

*bold*, _italic_, ~strike~, `inline code` and ```monospace```; at the start of a line `- ` or
`* ` (bullet), `1. ` (number) and `> ` (quote). Source: faq.whatsapp.com, "How to format your
messages".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wasched.domain.links import find_links
from wasched.domain.templates import HOLE

_BLOCK = re.compile(r"```(?P<code>.+?)```", re.DOTALL)
_INLINE = re.compile(r"`(?P<code>[^`\n]+)`")
_MENTION = re.compile(r"(?<![\w@])@(?P<who>\d{5,20}|everyone\b)")
_HOLE = re.compile(f"{HOLE[0]}(?P<hole>[^{HOLE[1]}\n]+){HOLE[1]}")
_OPENS = re.compile(r"(?<![\w*_~])[*_~](?=\S)")
_CLOSES = re.compile(r"(?<=\S)[*_~](?!\w)")
_NAMES = {"*": "bold", "_": "italic", "~": "strike"}
_LINE = re.compile(
    r"(?:[-*] (?P<bullet>.*\S.*)|(?P<number>\d{1,3})\. (?P<numbered>.*\S.*)|> ?(?P<quote>.*\S.*))"
)


@dataclass(frozen=True)
class Span:
    """A stretch of text in one look, or in several parted by spaces.

    bold, italic, strike, code, mention, link, or hole: a variable without a value.
    """

    text: str
    look: str = ""


@dataclass(frozen=True)
class Block:
    """A line, or a stretch of code; `kind` is line, bullet, number, quote or code."""

    kind: str
    spans: tuple[Span, ...]
    number: str = ""


def text_spans(text: str, names: Mapping[str, str] | None = None) -> list[Span]:
    """The text as a chat bubble shows it, its line breaks kept.

    `names` maps what stands after a mention's `@` to the name that is shown there.
    """
    return list(_monospace(text, names or {}))


def text_blocks(text: str, names: Mapping[str, str] | None = None) -> list[Block]:
    """The text line by line, with lists and quotes told apart."""
    made: list[Block] = []
    done = 0
    for found in _BLOCK.finditer(text):
        made.extend(_lines(text[done : found.start()], names or {}))
        made.append(Block("code", (Span(found["code"].strip("\n"), "code"),)))
        done = found.end()
    made.extend(_lines(text[done:], names or {}))
    return made


def plain_text(text: str) -> str:
    """The text without its marks, for places that show none."""
    return "".join(span.text for span in text_spans(text))


def _lines(text: str, names: Mapping[str, str]) -> Iterator[Block]:
    """Blocks of the lines between code; a break next to code belongs to the code."""
    if not text:
        return
    for line in text.removeprefix("\n").removesuffix("\n").split("\n"):
        yield _line(line, names)


def _line(line: str, names: Mapping[str, str]) -> Block:
    found = _LINE.fullmatch(line)
    if found is None:
        return Block("line", tuple(_inline(line, names)))
    if found["bullet"]:
        return Block("bullet", tuple(_inline(found["bullet"], names)))
    if found["quote"]:
        return Block("quote", tuple(_inline(found["quote"], names)))
    return Block("number", tuple(_inline(found["numbered"], names)), f"{found['number']}.")


def _monospace(text: str, names: Mapping[str, str]) -> Iterator[Span]:
    """Marks inside code stay as they are, so code is cut out first."""
    done = 0
    for found in _BLOCK.finditer(text):
        yield from _inline(text[done : found.start()], names)
        yield Span(found["code"], "code")
        done = found.end()
    yield from _inline(text[done:], names)


def _inline(text: str, names: Mapping[str, str]) -> Iterator[Span]:
    done = 0
    for found in _INLINE.finditer(text):
        yield from _marked(text[done : found.start()], "", names)
        yield Span(found["code"], "code")
        done = found.end()
    yield from _marked(text[done:], "", names)


def _marked(text: str, look: str, names: Mapping[str, str]) -> Iterator[Span]:
    """The bold, italic and struck stretches, from the outside in; each look once."""
    done = 0
    for start, end in _pairs(text, look):
        yield from _named(Span(text[done:start], look), names)
        yield from _marked(text[start + 1 : end], f"{look} {_NAMES[text[start]]}".strip(), names)
        done = end + 1
    yield from _named(Span(text[done:], look), names)


def _pairs(text: str, look: str) -> Iterator[tuple[int, int]]:
    """Where marks open and close, outermost only, in one walk: a text may be long."""
    links = list(find_links(text))
    opening = [at for at in _places(_OPENS, text, links) if _NAMES[text[at]] not in look]
    closing: dict[str, list[int]] = {mark: [] for mark in _NAMES}
    for at in _places(_CLOSES, text, links):
        closing[text[at]].append(at)
    ended, done, line_end = f"{text}\n", 0, -1
    for start in opening:
        if start > line_end:
            line_end = ended.index("\n", start)
        ends = closing[text[start]]
        place = bisect_left(ends, start + 2)
        if start < done or place == len(ends) or ends[place] > line_end:
            continue
        yield start, ends[place]
        done = ends[place] + 1


def _places(mark: re.Pattern[str], text: str, links: list[tuple[int, int]]) -> Iterator[int]:
    """Where a mark stands outside of addresses."""
    ends = [end for _, end in links]
    for found in mark.finditer(text):
        place = bisect_right(ends, found.start())
        if place == len(links) or found.start() < links[place][0]:
            yield found.start()


def _named(span: Span, names: Mapping[str, str]) -> Iterator[Span]:
    """Addresses, mentions and holes cut out of a stretch."""
    done = 0
    for start, end, shown, look in sorted(_names_in(span.text, names)):
        if start < done:
            continue
        yield from _some(replace(span, text=span.text[done:start]))
        yield Span(shown, f"{span.look} {look}".strip())
        done = end
    yield from _some(replace(span, text=span.text[done:]))


def _names_in(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str, str]]:
    """Where something is named, what stands for it, and its look."""
    for start, end in find_links(text):
        yield start, end, text[start:end], "link"
    for found in _MENTION.finditer(text):
        yield *found.span(), f"@{names.get(found['who'], found['who'])}", "mention"
    for found in _HOLE.finditer(text):
        yield *found.span(), found["hole"], "hole"


def _some(span: Span) -> Iterator[Span]:
    if span.text:
        yield span
