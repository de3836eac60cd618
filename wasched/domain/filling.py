"""Contents with their variables filled in for one recipient."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from wasched.domain import wall_clock
from wasched.domain.content import Content, Media, Poll, Text
from wasched.domain.content_rules import (
    CAPTION_MAX,
    PREVIEW_MAX,
    QUESTION_MAX,
    TEXT_MAX,
    preview_line,
)
from wasched.domain.day_cells import spoken_day
from wasched.domain.first_names import first_name
from wasched.domain.templates import HOLE, Pattern, parse_template, variable_key

_read = lru_cache(maxsize=128)(parse_template)
_HOLE = re.compile(rf"{HOLE[0]}{{([^{{}}]*?)}}{HOLE[1]}")
_CUT = re.compile(r"\{[^{}]*$")
"""A variable that the end of the first words has cut in two."""


def pattern_of(content: Content) -> Pattern:
    """Where a content has variables: in its text, its caption or the poll's question."""
    return _read(_text_of(content))


def fill_content(
    content: Content, values: Mapping[str, str], moment: datetime, *, holes: bool = False
) -> Content:
    """The content for the person the values are of; `moment` is the local time it is due.

    With `holes` what has no value stays marked, for a preview.
    """
    words = pattern_of(content).render(values, moment, holes=holes)
    match content:
        case Text():
            return replace(content, body=words[:TEXT_MAX])
        case Media():
            return replace(content, caption=words[:CAPTION_MAX])
        case Poll():
            return replace(content, question=words[:QUESTION_MAX])
    return content


def values_of(name: str, fields: Mapping[str, object], *, is_person: bool) -> dict[str, str]:
    """What the variables mean for a recipient, from their name and their own fields."""
    values = {
        variable_key(field): spoken_day(str(value))
        for field, value in fields.items()
        if value is not None
    }
    values["name"] = name
    if not values.get("first_name", "").strip():
        values["first_name"] = first_name(name) if is_person else ""
    return values


def outline_content(preview: str, at: datetime, zone_name: str, values: Mapping[str, str]) -> str:
    """The first words of a content for a list: Hello [first name], see you on 3 May 2027.

    `at` is the instant it is due; `values` are those of the only person it goes to, if it is one.
    """
    if "{" not in preview:
        return preview
    where = wall_clock.zone(zone_name)
    words = _read(preview).render(values, wall_clock.local(at, where), holes=True)
    whole = _HOLE.sub(lambda found: f"[{found[1].replace('_', ' ')}]", words)
    return _CUT.sub("…", whole) if len(preview) >= PREVIEW_MAX else whole


def is_blank(content: Content) -> bool:
    """True if nothing is left of a text or a question, so that nothing can be sent."""
    return isinstance(content, Text | Poll) and not _text_of(content).strip()


def tell_content(content: Content) -> str:
    """What a message said, for its story: the whole text, or the kind and what it said."""
    return content.body if isinstance(content, Text) else preview_line(content)


def _text_of(content: Content) -> str:
    match content:
        case Text(body=words) | Media(caption=words) | Poll(question=words):
            return words
    return ""
