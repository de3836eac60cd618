"""Texts with variables: `{name}`, `{first_name|friend}`, `{date:DD.MM.YYYY}`; `{{` is a brace."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from wasched.domain.first_names import first_name as first_name
from wasched.domain.wording import day_and_month

DATE, TIME = "date", "time"
BUILT_IN = ("name", "first_name", DATE, TIME)
"""The variables that need no custom field."""

HOLE = ("\ue000", "\ue001")
"""What stands around a variable without a value in a preview: characters nobody types."""

_VARIABLE = re.compile(
    r"\{\{|\}\}"
    r"|\{\s*(?P<moment>date|time)\s*:(?P<layout>[^{}|\n]{1,40})\}"
    # A name begins with a letter, so that {1} and { "json": 1 } stay what they are.
    r"|\{\s*(?P<name>[^\W\d_][^{}|\n:;,!?\"()<>=*~`\\]{0,59}?)\s*"
    r"(?:\|(?P<fallback>[^{}\n]{0,200}))?\}"
)
_LAYOUT = re.compile(r"YYYY|YY|MMMM|MM|M|DD|D|HH|H|hh|h|mm|a")


@dataclass(frozen=True)
class Variable:
    """A place to fill: its key, what stands there if it is empty, how a moment is written."""

    key: str
    typed: str
    fallback: str | None = None
    layout: str = ""


@dataclass(frozen=True)
class Pattern:
    """A text, read once: literal stretches and the variables between them."""

    parts: tuple[str | Variable, ...]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables in their order, repeated ones too."""
        return tuple(part for part in self.parts if isinstance(part, Variable))

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the variables, each once."""
        return tuple(dict.fromkeys(one.key for one in self.variables))

    def render(
        self, values: Mapping[str, str], moment: datetime | None = None, *, holes: bool = False
    ) -> str:
        """The text with `values` (by key) filled in; values are taken as they are, never read.

        `moment` is the wall-clock time that {date} and {time} show; with `holes` a variable
        that would leave nothing stays, between the marks of HOLE.
        """
        return "".join(
            part if isinstance(part, str) else _filled(part, values, moment, holes)
            for part in self.parts
        )

    def empty(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The keys that would leave a hole: no value and no fallback."""
        holes = (
            one.key
            for one in self.variables
            if one.fallback is None
            and one.key not in (DATE, TIME)
            and not values.get(one.key, "").strip()
        )
        return tuple(dict.fromkeys(holes))


def parse(text: str) -> Pattern:
    """Read a text; braces around anything that is no variable stay as they were typed."""
    parts: list[str | Variable] = []
    done = 0
    for found in _VARIABLE.finditer(text):
        parts.append(text[done : found.start()])
        parts.append(_part(found))
        done = found.end()
    parts.append(text[done:])
    return Pattern(_joined(parts))


def key(name: str) -> str:
    """How a field's name is written as a variable: "Voice part" becomes voice_part."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Letters with their marks and digits; \w would lose the vowel signs of Indian scripts.
    kept = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in folded)
    return "_".join(kept.split())


def escape(text: str) -> str:
    """The text with its braces doubled, so that none of it is read as a variable."""
    return text.replace("{", "{{").replace("}", "}}")


def _part(found: re.Match[str]) -> str | Variable:
    if found[0] in ("{{", "}}"):
        return found[0][0]
    if found["moment"]:
        return Variable(found["moment"], found[0], layout=found["layout"].strip())
    return Variable(key(found["name"]), found["name"], found["fallback"])


def _joined(parts: list[str | Variable]) -> tuple[str | Variable, ...]:
    """The parts with neighbouring literal ones made one, and none empty."""
    joined: list[str | Variable] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return tuple(joined)


def _filled(one: Variable, values: Mapping[str, str], moment: datetime | None, holes: bool) -> str:
    if one.key in (DATE, TIME) and moment is not None:
        return _written(one, moment)
    value = values.get(one.key, "").strip()
    if holes and not value and one.fallback is None:
        return f"{HOLE[0]}{{{one.typed}}}{HOLE[1]}"
    return value or one.fallback or ""


def _written(one: Variable, moment: datetime) -> str:
    if one.layout:
        return _LAYOUT.sub(lambda found: _MOMENT[found[0]](moment), one.layout)
    return day_and_month(moment.date()) if one.key == DATE else f"{moment:%H:%M}"


_MOMENT: dict[str, Callable[[datetime], str]] = {
    "YYYY": lambda at: f"{at.year:04}",
    "YY": lambda at: f"{at.year % 100:02}",
    "MMMM": lambda at: day_and_month(at.date()).split()[1],
    "MM": lambda at: f"{at.month:02}",
    "M": lambda at: f"{at.month}",
    "DD": lambda at: f"{at.day:02}",
    "D": lambda at: f"{at.day}",
    "HH": lambda at: f"{at.hour:02}",
    "H": lambda at: f"{at.hour}",
    "hh": lambda at: f"{(at.hour - 1) % 12 + 1:02}",
    "h": lambda at: f"{(at.hour - 1) % 12 + 1}",
    "mm": lambda at: f"{at.minute:02}",
    "a": lambda at: "am" if at.hour < 12 else "pm",
}
