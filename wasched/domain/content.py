"""What a message can say: text, media, poll, place or card."""

from dataclasses import asdict, dataclass
from typing import Any

EVERYONE = "everyone"
"""Among the mentions: all members of the group, whoever they are when it is sent."""


@dataclass(frozen=True)
class LinkPreview:
    """What stands above a text with a link: the page's title, a line of it, and a picture.

    `digest` names a JPEG in the media store, `path` is where it lies when it is handed over.
    """

    url: str
    title: str = ""
    description: str = ""
    digest: str = ""
    path: str = ""
    width: int = 0  # pixels
    height: int = 0


@dataclass(frozen=True)
class Text:
    """Plain text with WhatsApp's formatting marks.

    `mentions` are JIDs (or EVERYONE); where the name stands, the body has `@` and the part of
    the JID before its own `@`.
    """

    body: str
    mentions: tuple[str, ...] = ()
    preview: LinkPreview | None = None


@dataclass(frozen=True)
class Media:
    """A file; `kind` is image, video, audio, voice or document.

    A schedule names it by `digest` alone; `path` and `thumbnail` (a JPEG) are found in the
    media store when it is handed over.
    """

    kind: str
    path: str
    mimetype: str
    caption: str = ""
    filename: str = ""
    digest: str = ""  # SHA-256 of the file, hex: the same file is uploaded once
    mentions: tuple[str, ...] = ()
    width: int = 0  # pixels
    height: int = 0
    seconds: int = 0  # how long it plays; 0 if unknown
    thumbnail: str = ""
    pages: int = 0  # of a document; 0 if unknown
    waveform: str = ""  # what is drawn of a voice note: 64 bytes from 0 to 100, in hexadecimal


@dataclass(frozen=True)
class Poll:
    """A question with 2 to 12 answers; `choices` is how many may be chosen (0: any number)."""

    question: str
    options: tuple[str, ...]
    choices: int = 1


@dataclass(frozen=True)
class Location:
    """A place: degrees north and east (WGS 84)."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True)
class ContactCard:
    """A person's name and number (E.164), as a vCard in the chat."""

    name: str
    phone: str


Content = Text | Media | Poll | Location | ContactCard

_KINDS: dict[str, type[Any]] = {
    "text": Text,
    "media": Media,
    "poll": Poll,
    "location": Location,
    "contact": ContactCard,
}


def to_json(content: Content) -> dict[str, Any]:
    """The content as plain values with its type under `type`."""
    name = next(name for name, cls in _KINDS.items() if type(content) is cls)
    return {"type": name, **asdict(content)}


def from_json(values: dict[str, Any]) -> Content:
    """The content again; ValueError for an unknown type, TypeError for unknown fields."""
    rest = dict(values)
    name = rest.pop("type", None)
    if name not in _KINDS:
        raise ValueError(f"Unknown kind of content: {name!r}")
    for key, value in rest.items():
        if isinstance(value, list):
            rest[key] = tuple(value)
    if rest.get("preview") is not None:
        rest["preview"] = LinkPreview(**rest["preview"])
    content: Content = _KINDS[name](**rest)
    return content
