"""Files on the compose page: how each is sent, and what of it is ready."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain import media as rules
from wasched.domain.content import Content, Media
from wasched.domain.errors import InputError, NotFoundError, WrongKindError
from wasched.services.caller import Caller
from wasched.services.files import media
from wasched.services.files.media import MediaCard
from wasched.text.refusals import error_sentence, plain_sentence
from wasched.ui.compose.content_fields import File
from wasched.ui.core.rows import Choice

Ready = dict[int, Media]
"""What each file is in a message, by the file's id; those that are not ready yet are missing."""


def attach_file(
    session: Session, user: Caller, media_id: int, kind: str, now: datetime
) -> tuple[File, Media | None]:
    """The file as it is sent as a kind (empty: the likeliest), and in a message once it is ready.

    NotFoundError if there is none; InputError if it cannot go this way.
    """
    card = media.media_card(session, user, media_id)
    sent = media.send_as(session, user, media_id, kind or card.kind, now)
    as_kind = kind or card.kind
    is_ready = sent.state == "ready"
    carried = media.media_content(session, user, sent.id, as_kind) if is_ready else None
    return _file(card, sent, as_kind), carried


def attach_new(
    session: Session, user: Caller, media_id: int, now: datetime
) -> tuple[File, Media | None, str]:
    """A file that was just uploaded; as a document, with the reason, if it can be nothing else."""
    try:
        return *attach_file(session, user, media_id, "", now), ""
    except WrongKindError as refusal:
        return *attach_file(
            session, user, media_id, "document", now
        ), f"{error_sentence(refusal)} It goes as a document."


def taken_up(
    session: Session, user: Caller, kept: Iterable[File], now: datetime
) -> tuple[list[File], Ready, str]:
    """The files of a draft as they are now, and what is said of those that are gone."""
    files, ready, gone = [], {}, 0
    for one in kept:
        try:
            file, carried = _attach_again(session, user, one, now)
        except (InputError, NotFoundError):
            gone += 1
            continue
        files.append(file)
        if carried is not None:
            ready[file.id] = carried
    said = "" if not gone else "A file is gone. Attach it again." if gone == 1 else _GONE
    return files, ready, said


def _attach_again(
    session: Session, user: Caller, kept: File, now: datetime
) -> tuple[File, Media | None]:
    """A file as it was attached; as a document, with the reason, once it can be nothing else."""
    kind = kept.kind or media.media_card(session, user, kept.id).kind
    sent = media.send_as(session, user, kept.id, kind, now, again=False)
    if sent.state != "refused":
        return attach_file(session, user, kept.id, kind, now)
    file, carried = attach_file(session, user, kept.id, "document", now)
    return replace(file, sentence=f"Goes as a document. {plain_sentence(sent.reason)}"), carried


_GONE = "Some files are gone. Attach them again."


def of_contents(
    session: Session, user: Caller, contents: Sequence[Content]
) -> tuple[list[File], Ready]:
    """The file that a schedule's contents carry, if they carry one."""
    first = contents[0] if contents else None
    if not isinstance(first, Media):
        return [], {}
    card = media.of_digest(session, user, first.digest, first.kind)
    if card is None:  # somebody else uploaded it; it goes on as it is
        choice = Choice(first.kind, rules.kind_word(first.kind))
        return [File(-1, first.kind, first.filename or choice.label, ways=(choice,))], {-1: first}
    return [_file(card, card, first.kind)], {card.id: first}


def _file(card: MediaCard, sent: MediaCard, kind: str) -> File:
    return File(
        id=card.id,
        kind=kind,
        name=card.name,
        size=card.size_words,
        picture=card.thumbnail_href,
        ways=tuple(Choice(one, rules.kind_word(one)) for one in card.kinds),
        state=sent.state,
        sentence=plain_sentence(sent.reason) or _about_origin(card, sent, kind),
    )


def _about_origin(card: MediaCard, sent: MediaCard, kind: str) -> str:
    """What becomes of the place and camera that a photo or film names, beside its size."""
    if not card.tells_origin:
        return ""
    if sent.id != card.id:
        return f"{card.size_words}. Place and camera are taken out."
    return f"{card.size_words}. It goes with its place and camera, if it names them."
