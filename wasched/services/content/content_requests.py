"""What a door hands in about a message, and the contents that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wasched.domain import places
from wasched.domain.content import ContactCard, Content, LinkPreview, Location, Media, Poll, Text
from wasched.domain.errors import InputError
from wasched.domain.links import first_link
from wasched.domain.media import CAPTIONED
from wasched.services.content.named_people import Mention, addressed_text, jids_named
from wasched.services.phone_numbers import typed_numbers


@dataclass(frozen=True)
class FileRequest:
    """A file that goes along, by the id of its upload; `name` is for who is told about it."""

    id: int
    name: str = ""


@dataclass(frozen=True)
class TextRequest:
    """Words as they were typed, with @names, and files in the order they go.

    One of the wordings is picked for each recipient; `has_preview` is of the first link.
    """

    wordings: tuple[str, ...]
    files: tuple[FileRequest, ...] = ()
    mentions: tuple[Mention, ...] = ()
    has_preview: bool = True


@dataclass(frozen=True)
class PollRequest:
    """A question with its answers, empty ones among them; `choices` is that of Poll."""

    question: str
    options: tuple[str, ...]
    choices: int = 1


@dataclass(frozen=True)
class PlaceRequest:
    """A place; `where` are degrees or a map's link, as they were typed or pasted."""

    where: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True)
class CardRequest:
    """Somebody's contact card; `phone` as it was typed."""

    name: str
    phone: str


@dataclass(frozen=True)
class SameAgain:
    """What a schedule says already, such as wordings of several kinds, which no form makes."""

    contents: tuple[Content, ...]


ContentRequest = TextRequest | PollRequest | PlaceRequest | CardRequest | SameAgain


@dataclass(frozen=True)
class Material:
    """What a request only names: its files by id, what its link shows, where numbers are from.

    `waiting` says of files that are not in `media` why, as far as that is known; `country` is an
    ISO 3166 code that completes a card's number.
    """

    media: Mapping[int, Media] = field(default_factory=dict)
    waiting: Mapping[int, str] = field(default_factory=dict)
    preview: LinkPreview | None = None
    country: str = ""


def read_content(request: ContentRequest, material: Material) -> list[tuple[Content, ...]]:
    """The wordings of each message, in the order they go.

    InputError names what to mend: media, place or card. Whether the contents can be sent is
    asked once they are scheduled.
    """
    match request:
        case PollRequest(question=question, options=options, choices=choices):
            answers = tuple(one.strip() for one in options if one.strip())
            return [(Poll(question.strip(), answers, choices),)]
        case PlaceRequest(where=where, name=name, address=address):
            return [(Location(*places.read_place(where), name.strip(), address.strip()),)]
        case CardRequest(name=name, phone=phone):
            return [(ContactCard(name.strip(), _card_number(phone, material.country)),)]
        case SameAgain(contents=contents):
            return [contents]
        case TextRequest(files=()):
            return [_texts(request, material.preview)]
        case TextRequest():
            return _with_files(request, material)


def _texts(request: TextRequest, preview: LinkPreview | None) -> tuple[Content, ...]:
    shown = preview if request.has_preview and preview else None
    return tuple(
        Text(
            body,
            jids_named(words, request.mentions),
            shown if shown and shown.url == first_link(body) else None,
        )
        for words, body in _bodies(request)
    )


def _with_files(request: TextRequest, material: Material) -> list[tuple[Content, ...]]:
    """The words stand under the first file, or go ahead of one that can have none."""
    media = [_ready(one, material) for one in request.files]
    bare: list[tuple[Content, ...]] = [(replace(one, caption="", mentions=()),) for one in media]
    if not any(words.strip() for words in request.wordings):
        return bare
    if media[0].kind not in CAPTIONED:
        return [_texts(request, material.preview), *bare]
    first = tuple(
        replace(media[0], caption=body, mentions=jids_named(words, request.mentions))
        for words, body in _bodies(request)
    )
    return [first, *bare[1:]]


def _ready(one: FileRequest, material: Material) -> Media:
    if (found := material.media.get(one.id)) is None:
        why = material.waiting.get(one.id) or "it is gone. Attach it again."
        raise InputError("media", f"{one.name}: {why}")
    return found


def _bodies(request: TextRequest) -> list[tuple[str, str]]:
    """Each wording as typed and as it is sent; empty ones but the first do not count."""
    typed = [words.strip() for words in request.wordings]
    kept = [words for words in typed if words] or [""]
    return [(words, addressed_text(words, request.mentions)) for words in kept]


def _card_number(phone: str, country: str) -> str:
    if not phone.strip():
        raise InputError("card", "Write the number on the contact card.")
    try:
        return typed_numbers.read_number(phone, country)
    except InputError as refusal:
        raise InputError("card", refusal.reason) from None
