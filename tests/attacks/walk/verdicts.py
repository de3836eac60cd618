"""What is wrong with what a door did for somebody, by what it is said to be."""

import re
from collections.abc import Hashable, Mapping
from typing import TypeVar

from tests.attacks.walk.people import Walker
from tests.attacks.walk.rules import LOOK, SERVER, Rule, may_use
from tests.attacks.walk.two_spaces import WORDS

Door = TypeVar("Door", bound=Hashable)

_SPAN = 100_000
"""Ids of a space lie so close together."""

_DRAWN = re.compile(
    r"w(?:cal|sk)_[\w-]+|whsec_[\w+/=]+|(?<=challenge\":\")[\w-]+|[0-9a-f]{32}|(?<==)[\w-]{32,}"
    r"|\bB[\w-]{86}\b|M4 4h[^\"]*|\b[A-Z2-7]{32}\b|[A-Z2-7 ]{39}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""What is drawn anew each time: tokens, secrets, and pictures of them."""

_TOLD_BY = re.compile("[789]")
"""The digits by which ids of ours, of others and of nobody differ (`two_spaces.py`)."""


def wrong_with(walker: Walker, rule: Rule, said: str, changed: Mapping[str, set[int]]) -> str:
    """What is wrong, in a few words; empty if nothing is. `changed`: ids by table."""
    reach = runs_server(walker, rule)
    if not reach and (heard := _words_of_others(walker, said)):
        return f"tells {heard}"
    if changed and (rule is LOOK or not may_use(walker, rule)):
        return f"changes {', '.join(changed)}"
    if not reach and (touched := _tables_of_others(walker, changed)):
        return f"changes another space's {', '.join(touched)}"
    return ""


def runs_server(walker: Walker, rule: Rule) -> bool:
    """True for what is about everybody, for who may do it."""
    return rule is SERVER and may_use(walker, rule)


def told_apart(foreign: Mapping[Door, str], unknown: Mapping[Door, str]) -> list[Door]:
    """The doors that do not answer word for word the same to ids of others and to no ids."""
    return [door for door, answer in foreign.items() if _bare(answer) != _bare(unknown[door])]


def _bare(answer: str) -> str:
    return _TOLD_BY.sub("#", _DRAWN.sub("*", answer))


def _words_of_others(walker: Walker, said: str) -> str:
    words = (WORDS[walker.away], *([] if walker.caller else [WORDS[walker.home]]))
    return next((one for one in words if one in said), "")


def _tables_of_others(walker: Walker, changed: Mapping[str, set[int]]) -> list[str]:
    there = range(walker.away, walker.away + _SPAN)
    return [table for table, ids in changed.items() if any(one in there for one in ids)]
