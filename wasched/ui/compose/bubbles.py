"""The bubbles that a message becomes on the phone of one of those it goes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from wasched.domain import media, places
from wasched.domain.content import ContactCard, Content, Location, Media, Poll, Text
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.filling import fill_content, values_of
from wasched.domain.wall_clock import local, zone
from wasched.services.caller import Caller
from wasched.services.content import rendering
from wasched.services.phone_numbers import phones
from wasched.services.recipients import mentions, recipients
from wasched.services.schedules import requests
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.compose import attachments, content_fields_from_schedule
from wasched.ui.core.bubble_text import Block, bubble_blocks, whole_text
from wasched.ui.core.rows import Choice

_FACES = 50
"""As whom a message can be looked at, at most."""


@dataclass(frozen=True)
class Bubble:
    """One bubble; `kind` is text, image, video, audio, voice, document, poll, location, contact.

    `title` and `line` are those of a link, a file, a place or a card.
    """

    kind: str = "text"
    label: str = ""  # which message or wording it is, where there are several
    blocks: list[Block] = field(default_factory=list)
    picture: str = ""
    title: str = ""
    line: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownBubbles:
    """What the contents themselves do not tell: names behind mentions, pictures, sizes.

    Names by what stands behind the @, the others by the file's digest.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, str] = field(default_factory=dict)
    all_of_it: bool = False  # also of a text that is so long that bubbles show its beginning


def bubble_recipients(session: Session, user: Caller, request: ScheduleRequest) -> list[Choice]:
    """As whom the message can be looked at: the first of those it goes to."""
    try:
        account = requests.account_of(session, user, request)
        ids = requests.recipients_of(session, account.space_id, request)[:_FACES]
    except (InputError, NotFoundError):
        return []
    named = {one.id: one.name for one in recipients.those_recipients(session, user, ids)}
    return [Choice(str(one), named[one]) for one in ids if one in named]


def draw_bubbles(
    session: Session,
    user: Caller,
    asked: Sequence[ScheduleRequest],
    face: int,
    at: datetime,
    shown: ShownBubbles,
) -> list[Bubble]:
    """A bubble for each message and wording; `face` 0 is a number without a name, or Anna."""
    made = []
    for number, request in enumerate(asked, 1):
        for wording, content in enumerate(request.contents, 1):
            label = f"Message {number} of {len(asked)}" if len(asked) > 1 else ""
            if len(request.contents) > 1:
                label = f"{label}, wording {wording}" if label else f"Wording {wording}"
            seen = _as(session, user, request, content, face, at)
            made.append(_bubble(seen, label, shown))
    return made


def saved_bubbles(
    session: Session, user: Caller, contents: Sequence[Content], *, all_of_it: bool = False
) -> list[Bubble]:
    """A bubble for each wording of what was saved; `all_of_it` however long a text is."""
    called = mentions.mention_names(session, user, content_fields_from_schedule.jids_of(contents))
    files, carried = attachments.of_contents(session, user, contents)
    shown = ShownBubbles(
        {jid.partition("@")[0]: name for jid, name in called.items()},
        {carried[one.id].digest: one.picture for one in files},
        {carried[one.id].digest: one.size for one in files},
        all_of_it,
    )
    is_one = len(contents) == 1
    return [
        _bubble(one, "" if is_one else f"Wording {number}", shown)
        for number, one in enumerate(contents, 1)
    ]


def of_request(
    session: Session, user: Caller, request: ScheduleRequest, at: datetime
) -> list[Bubble]:
    """What a schedule says when it goes at an instant.

    To the only one it goes to it says so by name, else its variables are marked.
    """
    moment = local(at, zone(request.zone))
    contents = [fill_content(one, {}, moment, holes=True) for one in request.contents]
    alone = request.to[0] if len(request.to) == 1 and not request.lists else 0
    if isinstance(alone, int) and alone:
        contents = [_as(session, user, request, one, alone, at) for one in request.contents]
    return saved_bubbles(session, user, contents)


def _as(
    session: Session,
    user: Caller,
    request: ScheduleRequest,
    content: Content,
    face: int,
    at: datetime,
) -> Content:
    if not face and request.to:
        first = next((one for one in request.to if isinstance(one, str)), "")
        values = values_of(request.names.get(first, ""), {}, is_person=True)
        return fill_content(content, values, local(at, zone(request.zone)), holes=True)
    try:
        return rendering.preview_content(session, user, content, face or None, at, request.zone)
    except NotFoundError:  # somebody removed that person meanwhile
        return content


def _bubble(content: Content, label: str, shown: ShownBubbles) -> Bubble:
    match content:
        case Text(body=body, preview=link):
            draw = whole_text if shown.all_of_it else bubble_blocks
            made = draw(body, shown.names) if body.strip() else []
            if link is None:
                return Bubble("text", label, made)
            where = urlsplit(link.url).hostname or ""
            return Bubble("text", label, made, title=link.title or where, line=where)
        case Media():
            return _file(content, label, shown)
        case Poll(question=question, options=options, choices=choices):
            line = "Select one" if choices == 1 else "Select one or more"
            said = bubble_blocks(question) if question else []
            return Bubble("poll", label, said, line=line, options=options)
        case Location(latitude=north, longitude=east, name=name, address=address):
            where = places.write_place(round(north, 5), round(east, 5))
            return Bubble("location", label, title=name or where, line=address or where)
        case ContactCard(name=name, phone=phone):
            return Bubble("contact", label, title=name, line=phones.pretty_number(phone))


def _file(one: Media, label: str, shown: ShownBubbles) -> Bubble:
    size = shown.sizes.get(one.digest, "")
    lasts = f"{one.seconds // 60}:{one.seconds % 60:02}" if one.seconds else ""
    return Bubble(
        one.kind,
        label,
        bubble_blocks(one.caption, shown.names) if one.caption.strip() else [],
        picture=shown.pictures.get(one.digest, "") if one.kind in ("image", "video") else "",
        title=one.filename if one.kind == "document" else media.kind_word(one.kind),
        line=size if one.kind == "document" else lasts or size,
    )
