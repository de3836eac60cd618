"""An unfinished message: as the server keeps it, and as a list tells of it."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar

from wasched.services.content.kept_drafts import DraftBody, DraftLine
from wasched.services.content.named_people import Mention
from wasched.ui.compose.content_fields import File, Written
from wasched.ui.compose.time_fields import Fields
from wasched.ui.core import routes, times

Of = TypeVar("Of")


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
    nudge: str = ""  # whom a nudge goes to (HasNot); empty for none
    nudge_days: str = "1"
    nudge_clock: str = "18:00"
    nudge_text: str = ""


@dataclass(frozen=True)
class BrowserDraft:
    """Everything that was typed and chosen, and by whom."""

    user_id: int
    chips: tuple[Chip, ...]
    at: Fields
    options: Options
    out: tuple[Chip, ...] = ()
    written: Written = field(default_factory=Written)


@dataclass(frozen=True)
class UnfinishedLine:
    """A draft in a list: since when, what it says and to whom, and where it goes on."""

    key: str
    since: str
    to_whom: str
    words: str
    href: str


def unfinished_line(one: DraftLine, zone: str, now: datetime) -> UnfinishedLine:
    """One draft as a list tells of it."""
    return UnfinishedLine(
        key=str(one.id),
        since=f"Unfinished, from {times.when_words(one.changed_at, zone, now)}",
        to_whom=f"To {one.to_whom}" if one.to_whom else "To nobody yet",
        words=one.words or "No words yet",
        href=routes.draft(one.id),
    )


def body_of(kept: BrowserDraft) -> DraftBody:
    """The draft as the server keeps it."""
    files = tuple(one.id for one in kept.written.files if one.id > 0)
    told = (dump_draft(kept), _to_whom(kept.chips), " ".join(_words(kept.written).split()))
    # A browser may say half of a character, which no database takes.
    whole, to_whom, words = (text.encode(errors="replace").decode() for text in told)
    return DraftBody(whole, to_whom, words, files)


def _to_whom(chips: tuple[Chip, ...]) -> str:
    if len(chips) < 2:
        return "".join(chip.name for chip in chips)
    others = "1 other" if len(chips) == 2 else f"{len(chips) - 1} others"
    return f"{chips[0].name} and {others}"


def _words(written: Written) -> str:
    """What a message says first, whatever it is."""
    own = {"poll": written.question, "place": written.place_name or written.address}
    said = own.get(written.what, written.card_name if written.what == "card" else "")
    files = f"{len(written.files)} files" if len(written.files) > 1 else "A file"
    return said or next(filter(None, written.wordings), "") or (files if written.files else "")


def dump_draft(kept: BrowserDraft) -> str:
    """All of a draft as text."""
    files = [{"id": one.id, "kind": one.kind} for one in kept.written.files if one.id > 0]
    values = asdict(kept)
    written = values["written"] | {"files": files}
    return json.dumps(values | {"written": written}, ensure_ascii=False)


def is_of_another(text: str, user_id: int) -> bool:
    """True if what a browser keeps is a draft of somebody else's."""
    try:
        return bool(json.loads(text)["user_id"] != user_id)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def load_draft(text: str, user_id: int) -> BrowserDraft | None:
    """The draft again; None if there is none, it is somebody else's, or cannot be read."""
    try:
        values = json.loads(text)
        kept = BrowserDraft(
            values["user_id"],
            tuple(_known(Chip, chip) for chip in values["chips"]),
            _known(Fields, {**values["at"], "weekdays": tuple(values["at"]["weekdays"])}),
            _known(Options, values["options"]),
            tuple(_known(Chip, chip) for chip in values["out"]),
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
        "mentions": tuple(_known(Mention, one) for one in values["mentions"]),
    }
    return _known(Written, {**{name: str(value) for name, value in values.items()}, **lists})


def _known(kind: type[Of], values: dict[str, Any]) -> Of:
    """One of a kind, of what it has today: an earlier version may have kept more."""
    names = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in names})
