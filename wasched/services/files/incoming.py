"""A file on its way in, as those see it who take it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Incoming:
    """A file on its way in; `size` is what was announced, in bytes."""

    token: str
    name: str
    size: int
    is_made_plain: bool = False  # place and camera are taken out of a photo
