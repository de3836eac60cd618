"""What WhatsApp takes: limits of texts, polls, places and cards, each refused in a sentence."""

import re
from collections.abc import Sequence

from wasched.domain import media
from wasched.domain.content import (
    EVERYONE,
    ContactCard,
    Content,
    Location,
    Media,
    Poll,
    Text,
)
from wasched.domain.errors import InputError

TEXT_MAX = 65_536
TEXT_LONG = 4_096
"""Above so many characters phones hide the rest of a text behind "Read more"."""
CAPTION_MAX = 65_536
QUESTION_MAX = 255
OPTION_MAX = 100
OPTIONS_MIN, OPTIONS_MAX = 2, 12
PLACE_MAX = 200
NAME_MAX = 100
FILENAME_MAX = 240
PREVIEW_MAX = 160
"""Characters of a content that lists show."""
VARIANTS_MAX = 5
NOTHING_WRITTEN = "Write the message first."
MENTIONS_MAX = 1_024
_E164 = re.compile(r"\+[1-9]\d{5,14}")
_JID = re.compile(r"\d{5,20}@(s\.whatsapp\.net|lid)")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check_variants(contents: Sequence[Content]) -> None:
    """Raise InputError unless there are one to five contents that WhatsApp would take."""
    if not contents:
        raise InputError("text", NOTHING_WRITTEN)
    if len(contents) > VARIANTS_MAX:
        raise InputError("text", f"{len(contents)} variants; {VARIANTS_MAX} are enough.")
    for one in contents:
        check_content(one)


def check_content(content: Content) -> None:
    """Raise InputError unless WhatsApp would take the content.

    Its field is text, media, poll, options, place, card or mentions.
    """
    match content:
        case Text():
            _check_text(content)
        case Media():
            _check_media(content)
        case Poll():
            _check_poll(content)
        case Location():
            _check_place(content)
        case ContactCard():
            _check_card(content)


def preview_line(content: Content) -> str:
    """The first words of a content, for lists: "Photo · caption", "Poll · question"."""
    match content:
        case Text(body=body):
            words = body
        case Media(kind=kind, caption=caption, filename=filename):
            words = _after(
                media.kind_word(kind), caption or (filename if kind == "document" else "")
            )
        case Poll(question=question):
            words = _after("Poll", question)
        case Location(name=name, address=address):
            words = _after("Place", name or address)
        case ContactCard(name=name):
            words = _after("Contact", name)
    return " ".join(words.split())[:PREVIEW_MAX]


def _check_text(text: Text) -> None:
    if not text.body.strip():
        raise InputError("text", NOTHING_WRITTEN)
    _check_length("text", "The text", text.body, TEXT_MAX)
    _check_mentions(text.mentions)


def _check_media(one: Media) -> None:
    if one.kind not in media.KINDS:
        raise InputError("media", f"{one.kind!r} is no kind of file that WhatsApp knows.")
    if not one.path and not _DIGEST.fullmatch(one.digest):
        raise InputError("media", "The file was not uploaded. Attach it again.")
    if one.caption and one.kind not in media.CAPTIONED:
        raise InputError(
            "text", f"WhatsApp shows no text with a {media.kind_word(one.kind).lower()}."
        )
    _check_length("text", "The text under the file", one.caption, CAPTION_MAX)
    _check_length("media", "The file's name", one.filename, FILENAME_MAX)
    _check_mentions(one.mentions)


def _check_poll(poll: Poll) -> None:
    _check_some("poll", "Write the question of the poll.", poll.question)
    _check_length("poll", "The question", poll.question, QUESTION_MAX)
    if not OPTIONS_MIN <= len(poll.options) <= OPTIONS_MAX:
        sentence = f"A poll has {OPTIONS_MIN} to {OPTIONS_MAX} answers, not {len(poll.options)}."
        raise InputError("options", sentence)
    for option in poll.options:
        _check_some("options", "One of the answers is empty. Fill it in or remove it.", option)
        _check_length("options", f"The answer {_short(option)}", option, OPTION_MAX)
    seen: set[str] = set()
    for option in (one.strip() for one in poll.options):
        if option in seen:
            raise InputError("options", f"The answer {_short(option)} is there twice.")
        seen.add(option)
    if not 0 <= poll.choices <= len(poll.options):
        sentence = f"{poll.choices} answers may be chosen of {len(poll.options)}. Choose fewer."
        raise InputError("options", sentence)


def _check_place(place: Location) -> None:
    # NaN fails every comparison, so it is refused as well.
    if not -90 <= place.latitude <= 90:
        raise InputError("place", "The latitude is a number from -90 to 90, north is above 0.")
    if not -180 <= place.longitude <= 180:
        raise InputError("place", "The longitude is a number from -180 to 180, east is above 0.")
    _check_length("place", "The place's name", place.name, PLACE_MAX)
    _check_length("place", "The address", place.address, PLACE_MAX)


def _check_card(card: ContactCard) -> None:
    _check_some("card", "Write the name on the contact card.", card.name)
    _check_length("card", "The name", card.name, NAME_MAX)
    if not _E164.fullmatch(card.phone):
        sentence = "The card's number needs its country, as in +49 151 0000 0012."
        raise InputError("card", sentence)


def _check_mentions(mentions: Sequence[str]) -> None:
    if len(mentions) > MENTIONS_MAX:
        sentence = f"{len(mentions):,} people are mentioned; {MENTIONS_MAX:,} may be."
        raise InputError("mentions", f"{sentence} Mention everyone instead.")
    for one in mentions:
        if one != EVERYONE and not _JID.fullmatch(one):
            raise InputError("mentions", "One of the mentions is nobody's. Remove it.")


def _check_some(field: str, sentence: str, text: str) -> None:
    if not text.strip():
        raise InputError(field, sentence)


def _check_length(field: str, what: str, text: str, most: int) -> None:
    if len(text) > most:
        sentence = f"{what} has {len(text):,} characters; WhatsApp takes {most:,}."
        raise InputError(field, sentence)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(field, f"{what} has half an emoji in it. Delete and retype it.") from None


def _after(word: str, words: str) -> str:
    return f"{word} · {words}" if words.strip() else word


def _short(text: str) -> str:
    return f'"{text[:30]}…"' if len(text) > 31 else f'"{text}"'
