"""Texts with variables: `{name}`, `{first_name|friend}`, `{date:DD.MM.YYYY}`; `{{name}}` is none.

What stands in for an empty variable may have variables of its own: `{nickname|{first_name}}`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from wasched.domain.first_names import first_name as first_name
from wasched.domain.moments import DATE, TIME, layout_fault, read_layout
from wasched.domain.wording import day_and_month

BUILT_IN = ("name", "first_name", DATE, TIME)
"""The variables that need no custom field."""

HOLE = ("\ue000", "\ue001")
"""What stands around a variable without a value in a preview: characters nobody types."""

_MOMENT = r"(?i:date|time)\s*+:[^{}|\n]{0,100}+"
# A name begins with a letter, so that {1} and { "json": 1 } stay what they are.
_NAME = r"[^\W\d_][^{}|\n:;,!?\"()<>=*~`\\]{0,59}+"


def _inside(stand_in: str) -> str:
    # Possessive everywhere (+ behind a count), so that a text is read in one go.
    return rf"\s*+(?:{_MOMENT}|{_NAME})\s*+(?:\|{stand_in})?+"


_STAND_IN = r"[^{}\n]{0,200}+"
for _ in range(3):  # variables within variables, so deep
    _STAND_IN = rf"(?:[^{{}}\n]|\{{{_inside(_STAND_IN)}\}}){{0,200}}+"
_VARIABLE = re.compile(
    rf"(?<!\{{)(?P<opens>\{{++)(?P<inside>{_inside(_STAND_IN)})(?P<closes>\}}++)"
)
_BEGUN = re.compile(rf"(?<!\{{)\{{\s*+(?:{_NAME}\||(?i:date|time)\s*+:)[^\n]{{0,20}}+")


@dataclass(frozen=True)
class Variable:
    """A place to fill: its key, what stands there if it is empty, how a moment is written."""

    key: str
    typed: str
    fallback: "Pattern | None" = None
    layout: str = ""


@dataclass(frozen=True)
class Pattern:
    """A text, read once: literal stretches and the variables between them.

    `begun` are the beginnings of what looks like a variable and cannot be read as one.
    """

    parts: tuple[str | Variable, ...]

    begun: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables in their order, repeated ones and those that stand in for others too."""
        return tuple(self._variables())

    def _variables(self) -> Iterator[Variable]:
        for part in self.parts:
            if isinstance(part, Variable):
                yield part
                yield from part.fallback.variables if part.fallback else ()

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
        """The keys that would leave a hole: no value and no fallback that says something."""
        return tuple(dict.fromkeys(self._empty(values)))

    def _empty(self, values: Mapping[str, str]) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str) or part.key in (DATE, TIME) or _value(part, values):
                continue
            yield from part.fallback.empty(values) if part.fallback else (part.key,)

    def faults(self) -> tuple[str, ...]:
        """What is written wrongly, each in a sentence with the way to write it."""
        said = [_fault(one) for one in self.variables]
        for one in self.begun:
            said.append(
                f"{one}… is not read as a variable and goes out as it stands: it is not closed on "
                "its line, too long, or has braces in it that are no variable. "
                "Write it as {nickname|friend} or {nickname|{first_name}}."
            )
        return tuple(dict.fromkeys(sentence for sentence in said if sentence))


def parse_template(text: str) -> Pattern:
    """Read a text; braces around anything that is no variable stay as they were typed.

    Doubled braces around a variable are the braces themselves: {{name}} is read as {name}.
    """
    parts: list[str | Variable] = []
    begun: list[str] = []
    done = 0
    for found in _VARIABLE.finditer(text):
        before = text[done : found.start()]
        begun.extend(_BEGUN.findall(before))
        parts.extend((before, *_parts(found)))
        done = found.end()
    begun.extend(_BEGUN.findall(text[done:]))
    parts.append(text[done:])
    return Pattern(_joined(parts), tuple(begun))


def variable_key(name: str) -> str:
    """How a field's name is written as a variable: "Voice part" becomes voice_part."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Letters with their marks and digits; \w would lose the vowel signs of Indian scripts.
    kept = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in folded)
    return "_".join(kept.split())


def escape_braces(text: str) -> str:
    """The text with the braces of its variables doubled, so that none of it is read as one."""
    return _VARIABLE.sub(_doubled, text)


def _doubled(found: re.Match[str]) -> str:
    pairs = min(len(found["opens"]), len(found["closes"]))
    return "{" * pairs + found[0] + "}" * pairs


def _parts(found: re.Match[str]) -> tuple[str | Variable, ...]:
    """A variable and the braces around it, of which each two that have a partner are one."""
    opens, closes = len(found["opens"]), len(found["closes"])
    pairs = min(opens, closes)
    kept, is_variable = divmod(pairs, 2)
    inside: str | Variable = _variable(found["inside"]) if is_variable else found["inside"]
    return "{" * (opens - pairs + kept), inside, "}" * (closes - pairs + kept)


def _variable(inside: str) -> Variable:
    typed, bar, fallback = inside.partition("|")
    name, colon, layout = typed.partition(":")
    stands_in = parse_template(fallback) if bar else None
    if colon:
        return Variable(variable_key(name), inside, stands_in, layout.strip())
    return Variable(variable_key(name), name.strip(), stands_in)


def _joined(parts: list[str | Variable]) -> tuple[str | Variable, ...]:
    """The parts with neighbouring literal ones made one, and none empty."""
    joined: list[str | Variable] = []
    words: list[str] = []
    for part in (*parts, None):
        if isinstance(part, str):
            words.append(part)
            continue
        if text := "".join(words):
            joined.append(text)
        words.clear()
        if part is not None:
            joined.append(part)
    return tuple(joined)


def _fault(one: Variable) -> str:
    """What is wrong with a variable, in a sentence; empty if nothing."""
    if one.layout:
        return layout_fault(one.typed, one.layout, one.key)
    words = (
        "".join(map(str, one.fallback.parts)) if one.fallback and not one.fallback.variables else ""
    )
    if one.key in (DATE, TIME) and words.strip() and not layout_fault("", words, one.key):
        return f"{{{one.typed}|{words}}} shows no pattern. Write {{{one.typed}:{words}}}."
    if variable_key(words) in ("name", "first_name"):
        what = f"{{{one.typed}|{words}}} says the word {words.strip()} where nothing else is known."
        return f"{what} For what is behind it write {{{one.typed}|{{{words.strip()}}}}}."
    return ""


def _filled(one: Variable, values: Mapping[str, str], moment: datetime | None, holes: bool) -> str:
    if one.key in (DATE, TIME) and moment is not None:
        return _written(one, moment)
    if value := _value(one, values):
        return value
    if one.fallback is not None:
        return one.fallback.render(values, moment, holes=holes)
    return f"{HOLE[0]}{{{one.typed}}}{HOLE[1]}" if holes else ""


def _value(one: Variable, values: Mapping[str, str]) -> str:
    return values.get(one.key, "").strip()


def _written(one: Variable, moment: datetime) -> str:
    if one.layout:
        return read_layout(one.layout, one.key).write(moment)
    return day_and_month(moment.date()) if one.key == DATE else f"{moment:%H:%M}"
