# ruff: noqa: RUF001 - marks of other scripts are what this is about
"""Addresses of web pages in texts, and where they end."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

_LONGEST = 2000
# Not \b: in Chinese or Japanese an address follows the word before it without a space.
_BEGINNING = re.compile(r"(?<![A-Za-z0-9])https?://", re.IGNORECASE)
_ENDS = (
    '<>"“”„‟‚‛«»‹›〝〞〟'
    "「」『』【】〔〕〖〗〘〙〚〛〈〉《》（）［］｛｝｟｠｢｣⟨⟩❨❩❮❯"
    "。、，．；：！？｡､︐︑︒﹐﹑﹒"
)
"""Quotation marks, and the punctuation of scripts that put no space behind it."""
_TURN = re.compile(rf"[\s{re.escape(_ENDS)}()\[\]{{}}]")
_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_AFTER = ".,;:!?'*_~`([|‘’…،؛؟۔।॥։·׳״።፣"
"""A sentence's own punctuation, which an address may hold but does not end with."""


def find_links(text: str) -> Iterator[tuple[int, int]]:
    """Where the http(s) addresses of a text begin and end, without the punctuation around them."""
    place = 0
    while found := _BEGINNING.search(text, place):
        place = _end(text, found.end())
        end = found.end() + len(text[found.end() : place].rstrip(_AFTER))
        if end > found.end():
            yield found.start(), end


def first_link(text: str) -> str:
    """The first http(s) address of a text; empty if there is none, or variables are in it."""
    start, end = next(find_links(text), (0, 0))
    if end - start > _LONGEST:
        return ""
    link = text[start:end]
    if "{" in link or "}" in link:
        return ""
    try:
        return link if urlsplit(link).hostname else ""
    except ValueError:
        return ""


def _end(text: str, start: int) -> int:
    """Where an address stops: at a space, a quotation mark, or a bracket it has not opened."""
    opened: Counter[str] = Counter()
    for found in _TURN.finditer(text, start):
        mark = found[0]
        if mark in _OPENED_BY.values():
            opened[mark] += 1
        elif opened[_OPENED_BY.get(mark, "")]:
            opened[_OPENED_BY[mark]] -= 1
        else:
            return found.start()
    return len(text)
