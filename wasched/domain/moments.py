"""How {date:…} and {time:…} write a moment: patterns as most programs know them.

Read are those of moment and Day.js, of Unicode (CLDR, as in Java) and .NET as far as they do not
contradict each other, and strftime's with %. Words stand in [brackets] or 'quotation marks'.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from wasched.domain.wording import MONTHS, WEEKDAYS, ordinal_word

DATE, TIME = "date", "time"

_PIECE = re.compile(
    r"\[(?P<words>[^\[\]]*)\]|'(?P<quoted>(?:[^']|'')*)'"
    r"|(?P<half>am/pm|(?<![a-z])(?:am|pm)(?![a-z]))"
    # Letters of scripts with capitals; a 年 between the numbers is what it is.
    r"|(?P<letters>[a-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]+)",
    re.IGNORECASE,
)
_RUN = re.compile(r"Do|do|(?P<letter>.)(?i:(?P=letter))*", re.DOTALL)
_DIRECTIVE = re.compile(r"%(?P<flag>[-#_0^]?)(?P<code>[A-Za-z])|%%")
_DIRECTIVES = {
    "d": "DD", "e": "D", "m": "MM", "Y": "YYYY", "y": "YY", "B": "MMMM", "b": "MMM", "h": "MMM",
    "A": "dddd", "a": "ddd", "H": "HH", "k": "H", "I": "hh", "l": "h", "M": "mm", "S": "ss",
    "p": "A", "P": "a", "F": "YYYY - MM - DD", "T": "HH : mm : ss", "R": "HH : mm",
    "D": "MM / DD / YY",
}  # fmt: skip
_HOW = {
    DATE: "Write DD.MM.YYYY for 05.03.2026, or dddd, D MMMM for Thursday, 5 March; "
    "words go in square brackets, as in D [of] MMMM.",
    TIME: "Write HH:mm for 15:07, or h:mm a for 3:07 pm; "
    "words go in square brackets, as in HH:mm [sharp].",
}


@dataclass(frozen=True)
class Token:
    """A stretch of a pattern that stands for a part of a moment: YYYY, mm."""

    name: str


@dataclass(frozen=True)
class MomentLayout:
    """A pattern, read once; `unknown` are its letters that stand for nothing."""

    parts: tuple[str | Token, ...]
    unknown: tuple[str, ...]

    def write(self, moment: datetime) -> str:
        """The moment as the pattern says."""
        return "".join(
            part if isinstance(part, str) else _WRITTEN[part.name](moment) for part in self.parts
        )


@lru_cache(maxsize=64)
def read_layout(layout: str, kind: str) -> MomentLayout:
    """Read a pattern of a {date:…} or a {time:…}; letters that stand for nothing stay as typed."""
    unknown: list[str] = []
    read = _directives if _DIRECTIVE.search(layout) else _letters
    parts = _by_neighbours(read(layout, unknown), kind)
    return MomentLayout(tuple(parts), tuple(dict.fromkeys(unknown)))


def layout_fault(typed: str, layout: str, kind: str) -> str:
    """What is wrong with the pattern of the variable typed so, in a sentence; empty if nothing."""
    read = read_layout(layout, kind)
    if read.unknown:
        wrong = ", ".join(read.unknown)
        return f"In {{{typed}}} this stands for no part of a {kind}: {wrong}. {_HOW[kind]}"
    if layout and not any(isinstance(part, Token) for part in read.parts):
        return f"{{{typed}}} says nothing of the {kind}. {_HOW[kind]}"
    return ""


def _letters(layout: str, unknown: list[str]) -> list[str | Token]:
    parts: list[str | Token] = []
    done = 0
    for found in _PIECE.finditer(layout):
        parts.append(layout[done : found.start()])
        parts.extend(_piece(found, unknown))
        done = found.end()
    return [*parts, layout[done:]]


def _piece(found: re.Match[str], unknown: list[str]) -> list[str | Token]:
    if found["words"] is not None:
        return [found["words"]]
    if found["quoted"] is not None:
        return [found["quoted"].replace("''", "'") or "'"]
    if found["half"]:
        return [Token("A" if found["half"].isupper() else "a")]
    names = [_known(run[0]) for run in _RUN.finditer(found["letters"])]
    if "" in names:
        unknown.append(found["letters"])
        return [found["letters"]]
    return [Token(name) for name in names]


def _known(run: str) -> str:
    """The token a run of one letter is; phones make dd.MM.yyyy a Dd.MM.yyyy."""
    tried = (run,) if run.islower() or run.isupper() else (run, run.upper(), run.lower())
    return next((one for one in tried if one in _WRITTEN), "")


def _directives(layout: str, unknown: list[str]) -> list[str | Token]:
    """The parts of a pattern of strftime, where letters without % are words."""
    parts: list[str | Token] = []
    done = 0
    for found in _DIRECTIVE.finditer(layout):
        parts.append(layout[done : found.start()])
        done = found.end()
        if found[0] == "%%":
            parts.append("%")
        elif found["code"] in _DIRECTIVES:
            parts.extend(_directive(_DIRECTIVES[found["code"]], found["flag"]))
        else:
            unknown.append(found[0])
            parts.append(found[0])
    return [*parts, layout[done:]]


def _directive(tokens: str, flag: str) -> Iterable[str | Token]:
    for one in tokens.split():
        short = flag in ("-", "#") and one in ("DD", "MM", "HH", "hh", "mm", "ss")
        yield Token(one[0] if short else one) if one in _WRITTEN else one


def _by_neighbours(parts: list[str | Token], kind: str) -> list[str | Token]:
    """Months and minutes told apart where capitals were not minded: dd/mm/yyyy, HH:MM."""
    places = [at for at, part in enumerate(parts) if isinstance(part, Token)]
    names = ["", *(part.name for part in parts if isinstance(part, Token)), ""]
    for number, at in enumerate(places, 1):
        before, name, after = names[number - 1 : number + 2]
        if name in ("M", "MM") and before[:1] in ("H", "h"):
            parts[at] = Token(name.lower())
        elif name in ("m", "mm") and _is_month(before, after, kind):
            parts[at] = Token(name.upper())
    return parts


def _is_month(before: str, after: str, kind: str) -> bool:
    if before[:1] in ("H", "h") or after[:1] in ("s", "S"):
        return False
    beside_a_date = bool({before[:1], after[:1]} & set("DdYyuE"))
    return beside_a_date or (kind == DATE and not before and not after)


def _year(at: datetime) -> str:
    return f"{at.year:04}"


def _short_year(at: datetime) -> str:
    return f"{at.year % 100:02}"


def _month(at: datetime) -> str:
    return MONTHS[at.month - 1]


def _weekday(at: datetime) -> str:
    return WEEKDAYS[at.weekday()]


def _half(at: datetime) -> str:
    return "am" if at.hour < 12 else "pm"


_WRITTEN: dict[str, Callable[[datetime], str]] = {
    **dict.fromkeys(("YYYY", "yyyy", "uuuu", "Y", "y"), _year),
    **dict.fromkeys(("YY", "yy"), _short_year),
    **dict.fromkeys(("MMMM", "mmmm"), _month),
    **dict.fromkeys(("MMM", "mmm"), lambda at: _month(at)[:3]),
    "MM": lambda at: f"{at.month:02}",
    "M": lambda at: f"{at.month}",
    **dict.fromkeys(("dddd", "EEEE"), _weekday),
    **dict.fromkeys(("ddd", "EEE", "EE", "E"), lambda at: _weekday(at)[:3]),
    **dict.fromkeys(("DD", "dd"), lambda at: f"{at.day:02}"),
    **dict.fromkeys(("D", "d"), lambda at: f"{at.day}"),
    **dict.fromkeys(("Do", "do"), lambda at: ordinal_word(at.day)),
    "HH": lambda at: f"{at.hour:02}",
    "H": lambda at: f"{at.hour}",
    "hh": lambda at: f"{(at.hour - 1) % 12 + 1:02}",
    "h": lambda at: f"{(at.hour - 1) % 12 + 1}",
    "mm": lambda at: f"{at.minute:02}",
    "m": lambda at: f"{at.minute}",
    **dict.fromkeys(("ss", "SS"), lambda at: f"{at.second:02}"),
    "s": lambda at: f"{at.second}",
    **dict.fromkeys(("a", "aa", "aaa"), _half),
    **dict.fromkeys(("A", "tt"), lambda at: _half(at).upper()),
}
