"""The unfinished message that this browser keeps: through reloads, sign-outs and lost lines."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Chip:
    """A recipient that is chosen or offered; `key` is an id, or a number that was typed."""

    key: str
    kind: str
    name: str
    detail: str
    opted_out: bool = False


@dataclass(frozen=True)
class Kept:
    """Everything but the text, and whose it is; `day` and `clock` are wall time in `zone`."""

    user_id: int
    chips: tuple[Chip, ...]
    is_now: bool
    day: str
    clock: str
    zone: str


def dump(kept: Kept) -> str:
    """The draft as the browser keeps it."""
    return json.dumps(asdict(kept))


def load(text: str, user_id: int) -> Kept | None:
    """The draft again; None if there is none, it is somebody else's, or cannot be read."""
    try:
        values = json.loads(text)
        kept = Kept(**{**values, "chips": tuple(Chip(**chip) for chip in values["chips"])})
    except (ValueError, TypeError, KeyError):
        return None
    return kept if kept.user_id == user_id else None
