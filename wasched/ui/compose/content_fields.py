"""What is written on the compose page, and what is asked for by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wasched.domain.content import Content, LinkPreview, Media
from wasched.domain.content_rules import MENTIONS_MAX
from wasched.services.content.content_requests import (
    CardRequest,
    ContentRequest,
    FileRequest,
    Material,
    PlaceRequest,
    PollRequest,
    SameAgain,
    TextRequest,
)
from wasched.services.content.named_people import Mention, named_in, user_of
from wasched.services.recipients.mentions import MentionName
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


def request_of(written: Written, other: tuple[Content, ...] = ()) -> ContentRequest:
    """What is asked for; `other` are the contents that the page cannot show."""
    match written.what:
        case "poll":
            return PollRequest(written.question, written.options, int(written.choices))
        case "place":
            return PlaceRequest(written.where, written.place_name, written.address)
        case "card":
            return CardRequest(written.card_name, written.card_phone)
        case "other":
            return SameAgain(other)
    files = tuple(FileRequest(one.id, one.name) for one in written.files)
    return TextRequest(written.wordings, files, written.mentions, bool(written.preview))


def material_of(
    written: Written, ready: Mapping[int, Media], preview: LinkPreview | None, country: str
) -> Material:
    """What the page knows of the files and the link; `ready` are files as a message has them."""
    media = {one.id: ready[one.id] for one in written.files if _is_ready(one, ready)}
    waiting = {one.id: one.sentence for one in written.files if one.id not in media}
    return Material(media, waiting, preview, country)


def say_content(written: Written, index: int, words: str) -> Written:
    """The same with other words in one of the wordings."""
    wordings = list(written.wordings)
    wordings[index : index + 1] = [words]
    return replace(written, wordings=tuple(wordings))


def mentioned_jids(written: Written, name: str, jid: str) -> Written:
    """The same with somebody who may be named; of those who are not, the last few are kept."""
    others = [one for one in written.mentions if one.name != name]
    said = [one for one in others if not one.name or _says(written, one)]
    unsaid = [one for one in others if one not in said][-_UNSAID_MAX:]
    return replace(written, mentions=(*said[:MENTIONS_MAX], *unsaid, Mention(name, jid)))


def split_variants(found: Sequence[MentionName], written: Written) -> list[MentionName]:
    """The same people, with the end of the number where a name already means somebody else."""
    taken = {one.name: one.jid for one in written.mentions}
    named = []
    for one in found:
        ending = user_of(one.jid)[-4:]
        name = one.name if taken.get(one.name, one.jid) == one.jid else f"{one.name} {ending}"
        taken[name] = one.jid
        named.append(replace(one, name=name))
    return named


def names_of(written: Written) -> dict[str, str]:
    """The names that a bubble shows for mentions, by what stands behind their @."""
    return {user_of(one.jid): one.name for one in written.mentions if one.name}


def _is_ready(one: File, ready: Mapping[int, Media]) -> bool:
    return one.state == "ready" and one.id in ready


def _says(written: Written, one: Mention) -> bool:
    return any(named_in(words, [one]) for words in written.wordings)
