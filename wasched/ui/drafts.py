"""The unfinished message that this browser keeps: through reloads, sign-outs and lost lines."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from wasched.ui.when import Fields
from wasched.ui.writing import File, Mention, Written

KEPT_MAX = 200_000
"""Bytes of a draft: it has to go into one message of a live line, with what else is said there."""


@dataclass(frozen=True)
class Chip:
    """One that is chosen or offered: a person, a group or a list.

    `key` is an id, a number that was typed, or list- and the id of a list.
    """

    key: str
    kind: str
    name: str
    detail: str
    opted_out: bool = False
    absent: bool = False  # the number is not on WhatsApp
    left_out: str = ""  # the words beside a number that was typed


@dataclass(frozen=True)
class Options:
    """What is usually left as it is; `account` is an id, `late` are seconds, both as text."""

    account: str = ""
    late: str = "1800"
    quiet: str = ""  # "yes" if quiet hours move it
    stops: str = ""  # "yes" if a reply stops it


@dataclass(frozen=True)
class Kept:
    """Everything that was typed and chosen, and by whom."""

    user_id: int
    chips: tuple[Chip, ...]
    at: Fields
    options: Options
    out: tuple[Chip, ...] = ()
    written: Written = field(default_factory=Written)


def dump(kept: Kept) -> str:
    """The draft as the browser keeps it."""
    files = [{"id": one.id, "kind": one.kind} for one in kept.written.files if one.id > 0]
    values = asdict(kept)
    written = values["written"] | {"files": files}
    return json.dumps(values | {"written": written}, ensure_ascii=False)


def fits(dumped: str) -> bool:
    """True if the browser keeps a draft of this length: each new line brings it along."""
    return len(dumped.encode(errors="surrogatepass")) <= KEPT_MAX


def load(text: str, user_id: int) -> Kept | None:
    """The draft again; None if there is none, it is somebody else's, or cannot be read."""
    try:
        values = json.loads(text)
        kept = Kept(
            values["user_id"],
            tuple(Chip(**chip) for chip in values["chips"]),
            Fields(**{**values["at"], "weekdays": tuple(values["at"]["weekdays"])}),
            Options(**values["options"]),
            tuple(Chip(**chip) for chip in values["out"]),
            _written(values["written"]),
        )
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return kept if kept.user_id == user_id else None


def _written(values: dict[str, Any]) -> Written:
    lists = {
        "wordings": tuple(map(str, values["wordings"])) or ("",),
        "options": tuple(map(str, values["options"])),
        "files": tuple(File(int(one["id"]), str(one["kind"])) for one in values["files"]),
        "mentions": tuple(Mention(**one) for one in values["mentions"]),
    }
    return Written(**{**{name: str(value) for name, value in values.items()}, **lists})
