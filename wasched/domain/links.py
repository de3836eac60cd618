"""Addresses of web pages in texts."""

import re
from urllib.parse import urlsplit

_LONGEST = 2000
# No more is looked at than shows that an address is too long.
_LINK = re.compile(rf"\bhttps?://[^\s<>\"]{{1,{_LONGEST}}}", re.IGNORECASE)
_AFTER = ".,;:!?'\"*_~`"


def first_link(text: str) -> str:
    """The first http(s) address of a text; empty if there is none, or variables are in it."""
    found = _LINK.search(text)
    if found is None:
        return ""
    link = _trimmed(found[0])
    if len(link) > _LONGEST or "{" in link or "}" in link:
        return ""
    try:
        return link if urlsplit(link).hostname else ""
    except ValueError:
        return ""


def _trimmed(link: str) -> str:
    """The address without the sentence's own punctuation behind it."""
    while link[-1:] and (link[-1] in _AFTER or (link[-1] == ")" and "(" not in link)):
        link = link[:-1]
    return link
