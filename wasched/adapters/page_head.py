"""What a web page says of itself in its head: Open Graph first (ogp.me), plain HTML else.

Read with bounded expressions instead of a parser: the page may be hostile.
"""

import html
import re
from dataclasses import dataclass

from wasched.domain.letters import is_letters

TITLE_MAX = 200
DESCRIPTION_MAX = 300

_LOOKED_AT = 256 * 1024
_META = re.compile(r"<meta\s(?P<inside>[^<]{1,3000}?)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]{1,40})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"<title[^>]{0,200}>(?P<title>[^<]{0,1000})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class PageHead:
    """Title, description and the address of a picture; empty where the page says nothing."""

    title: str = ""
    description: str = ""
    picture: str = ""


def head_of(body: bytes, content_type: str) -> PageHead:
    """What stands in the head of a page; `content_type` as the server gave it."""
    text = _text(body[:_LOOKED_AT], content_type)
    said = _said(text)
    titled = _TITLE.search(text)
    plain_title = html.unescape(titled["title"]) if titled else ""
    picture = said.get("og:image:secure_url") or said.get("og:image") or ""
    return PageHead(
        _line(said.get("og:title") or plain_title, TITLE_MAX),
        _line(said.get("og:description") or said.get("description") or "", DESCRIPTION_MAX),
        picture.strip()[:2000],
    )


def _said(text: str) -> dict[str, str]:
    """The page's meta elements by name, the first of each."""
    said: dict[str, str] = {}
    for found in _META.finditer(text):
        pairs = {
            name.lower(): double or single or bare
            for name, double, single, bare in _ATTRIBUTE.findall(found["inside"])
        }
        name = (pairs.get("property") or pairs.get("name") or "").lower()
        if name and pairs.get("content"):
            said.setdefault(name, html.unescape(pairs["content"]))
    return said


def _text(body: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type) or _CHARSET.search(body[:4096].decode("latin-1"))
    try:
        return body.decode(named[1] if named and is_letters(named[1]) else "utf-8", "replace")
    except LookupError:  # no such encoding
        return body.decode("utf-8", "replace")


def _line(text: str, most: int) -> str:
    """One line without control characters, cut at a word."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
