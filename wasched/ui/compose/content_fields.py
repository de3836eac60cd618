"""What is written on the compose page, and the contents that it becomes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wasched.domain import places
from wasched.domain.content import ContactCard, Content, LinkPreview, Location, Media, Poll, Text
from wasched.domain.content_rules import MENTIONS_MAX
from wasched.domain.errors import InputError
from wasched.domain.links import first_link
from wasched.domain.media import CAPTIONED
from wasched.services.phone_numbers import typed_numbers
from wasched.services.recipients.mentions import Named
from wasched.ui.core.rows import Choice

TEXT, POLL, PLACE, CARD, OTHER = "text", "poll", "place", "card", "other"
"""What a message is; other is what no form makes, such as wordings of several kinds."""

USUAL_ANSWERS = ("Yes", "No", "Maybe")
"""What a poll is offered, from which its question alone is left to be typed."""

_UNSAID_MAX = 20
"""How many are kept who were chosen to be named and are not, or not yet."""

ONE_EDIT = "An edit changes one message, and these are several. Remove some, or make a new message."


@dataclass(frozen=True)
class File:
    """A file that goes along; `id` names the upload, below 0 one that somebody else made.

    `kind` is how it is sent, `ways` are the others; `sentence` tells why it is not ready.
    """

    id: int
    kind: str
    name: str = ""
    size: str = ""
    picture: str = ""
    ways: tuple[Choice, ...] = ()
    state: str = "ready"
    sentence: str = ""


@dataclass(frozen=True)
class Mention:
    """Somebody who is named in the text as @name; without a name everyone, said nowhere."""

    name: str
    jid: str


@dataclass(frozen=True)
class Written:
    """Everything that is typed and attached; all but mentions and files is text as typed."""

    what: str = TEXT
    wordings: tuple[str, ...] = ("",)
    files: tuple[File, ...] = ()
    mentions: tuple[Mention, ...] = ()
    preview: str = "yes"  # of the first link; empty if it shall have none
    question: str = ""
    options: tuple[str, ...] = ("", "")
    choices: str = "1"  # how many may be chosen; 0 any number
    where: str = ""
    place_name: str = ""
    address: str = ""
    card_name: str = ""
    card_phone: str = ""


@dataclass(frozen=True)
class Material:
    """What is not typed: the files that are ready, the link's preview, what cannot be shown."""

    media: Mapping[int, Media] = field(default_factory=dict)
    preview: LinkPreview | None = None
    other: tuple[Content, ...] = ()
    country: str = ""  # ISO 3166, completes a card's number


def messages(written: Written, material: Material) -> list[tuple[Content, ...]]:
    """The variants of each message, in the order they go; InputError names the field to mend."""
    match written.what:
        case "poll":
            options = tuple(one.strip() for one in written.options if one.strip())
            return [(Poll(written.question.strip(), options, int(written.choices)),)]
        case "place":
            at = places.read(written.where)
            return [(Location(*at, written.place_name.strip(), written.address.strip()),)]
        case "card":
            return [(ContactCard(written.card_name.strip(), _phone(written, material.country)),)]
        case "other":
            return [material.other]
    return _with_files(written, material) if written.files else [_texts(written, material.preview)]


def say(written: Written, index: int, words: str) -> Written:
    """The same with other words in one of the wordings."""
    wordings = list(written.wordings)
    wordings[index : index + 1] = [words]
    return replace(written, wordings=tuple(wordings))


def mentioned(written: Written, name: str, jid: str) -> Written:
    """The same with somebody who may be named; of those who are not, the last few are kept."""
    others = [one for one in written.mentions if one.name != name]
    said = [one for one in others if not one.name or _says(written, one)]
    unsaid = [one for one in others if one not in said][-_UNSAID_MAX:]
    return replace(written, mentions=(*said[:MENTIONS_MAX], *unsaid, Mention(name, jid)))


def apart(found: Sequence[Named], written: Written) -> list[Named]:
    """The same people, with the end of the number where a name already means somebody else."""
    taken = {one.name: one.jid for one in written.mentions}
    named = []
    for one in found:
        ending = one.jid.partition("@")[0][-4:]
        name = one.name if taken.get(one.name, one.jid) == one.jid else f"{one.name} {ending}"
        taken[name] = one.jid
        named.append(replace(one, name=name))
    return named


def names_of(written: Written) -> dict[str, str]:
    """The names that a bubble shows for mentions, by what stands behind their @."""
    return {one.jid.partition("@")[0]: one.name for one in written.mentions if one.name}


def _texts(written: Written, preview: LinkPreview | None) -> tuple[Content, ...]:
    shows = preview if written.preview and preview else None
    return tuple(
        Text(
            body,
            _named_in(words, written.mentions),
            shows if shows and shows.url == first_link(body) else None,
        )
        for words, body in _bodies(written)
    )


def _with_files(written: Written, material: Material) -> list[tuple[Content, ...]]:
    """The words stand under the first file, or go ahead of one that can have none."""
    media = [_ready(one, material.media) for one in written.files]
    says = any(words.strip() for words in written.wordings)
    if not says:
        return [(replace(one, caption="", mentions=()),) for one in media]
    if media[0].kind not in CAPTIONED:
        return [_texts(written, material.preview), *((one,) for one in media)]
    first = tuple(
        replace(media[0], caption=body, mentions=_named_in(words, written.mentions))
        for words, body in _bodies(written)
    )
    return [first, *((replace(one, caption="", mentions=()),) for one in media[1:])]


def _ready(one: File, media: Mapping[int, Media]) -> Media:
    found = media.get(one.id)
    if one.state != "ready" or found is None:
        raise InputError("media", f"{one.name}: {one.sentence or 'it is gone. Attach it again.'}")
    return found


def _bodies(written: Written) -> list[tuple[str, str]]:
    """Each wording as typed and as it is sent; empty ones but the first do not count."""
    typed = [words.strip() for words in written.wordings]
    kept = [words for words in typed if words] or [""]
    return [(words, _addressed(words, written.mentions)) for words in kept]


def _addressed(words: str, mentions: Sequence[Mention]) -> str:
    """The words with numbers where names are mentioned, as WhatsApp carries them."""
    users = {one.name: one.jid.partition("@")[0] for one in _in(words, mentions)}
    if not users:
        return words
    return _at(users).sub(lambda found: f"@{users[found[1]]}", words)


def _named_in(words: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The JIDs of those whose name stands in the words, and of everyone if that is said nowhere."""
    users = {one.name: one.jid for one in _in(words, mentions)}
    hidden = [one.jid for one in mentions if not one.name]
    found = [users[one[1]] for one in _at(users).finditer(words)] if users else []
    return tuple(dict.fromkeys([*found, *hidden]))


def _in(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Those whose name may stand in the words: looked for with few names a text is read fast."""
    return [one for one in mentions if one.name and f"@{one.name}" in words]


def _at(users: Mapping[str, str]) -> re.Pattern[str]:
    names = sorted(users, key=len, reverse=True)
    return re.compile(f"@({'|'.join(map(re.escape, names))})(?!\\w)")


def _says(written: Written, one: Mention) -> bool:
    return any(_in(words, [one]) for words in written.wordings)


def _phone(written: Written, country: str) -> str:
    try:
        return typed_numbers.read_number(written.card_phone, country)
    except InputError as refusal:
        if not written.card_phone.strip():
            raise InputError("card", "Write the number on the contact card.") from None
        raise InputError("card", str(refusal)) from None
