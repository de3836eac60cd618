"""Between a draft and the fields of the compose page."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain.content import Content, Media, Text
from wasched.domain.content_rules import preview_line
from wasched.domain.errors import NotYoursError
from wasched.services import rendering
from wasched.services.drafting import Draft, To
from wasched.services.views import SignedIn
from wasched.ui import times
from wasched.ui.drafts import Options

SCOPES = ("this", "following", "all")
"""Which occurrences an edit is for."""


@dataclass(frozen=True)
class Edited:
    """The schedule that is edited, 0 if a new one is made; `next_time` is the one in question."""

    id: int = 0
    href: str = ""
    sentence: str = ""
    repeats: bool = False
    next_time: str = ""
    scope: str = ""
    conflict: str = ""  # who changed it meanwhile


def drafted(options: Options, to: To, contents: tuple[Content, ...]) -> Draft:
    """A draft for now, of what was typed and chosen; NotYoursError for what nobody can choose."""
    return Draft(
        account_id=number(options.account),
        **vars(to),
        contents=contents,
        day=None,
        clock=None,
        zone="UTC",
        late_s=number(options.late),
        respects_quiet_hours=bool(options.quiet),
        stops_on_reply=bool(options.stops),
    )


def words_of(contents: tuple[Content, ...]) -> str:
    """The text that can be written in: a message's own, or what stands under its file."""
    match contents:
        case (Text(body=words), *_) | (Media(caption=words), *_):
            return words
        case _:
            return ""


def rendered(session: Session, user: SignedIn, draft: Draft, at: datetime) -> str:
    """The words as the first of those chosen gets them; as typed while nobody is."""
    known = [one for one in draft.to if isinstance(one, int)]
    if not known or not draft.contents:
        return words_of(draft.contents)
    try:
        shown = rendering.preview(session, user, draft.contents[0], known[0], at, draft.zone)
    except NotYoursError:  # somebody removed that person meanwhile
        return words_of(draft.contents)
    return words_of((shown,))


def with_words(contents: tuple[Content, ...], words: str) -> tuple[Content, ...]:
    """The same with other words; what is not text goes on with it as it was."""
    if words == words_of(contents):
        return contents or (Text(""),)
    match contents:
        case (Text() as text, *others):
            return (replace(text, body=words, preview=None), *others)
        case (Media() as media, *others):
            return (replace(media, caption=words), *others)
        case _:
            return contents or (Text(words),)


def goes_with(contents: tuple[Content, ...]) -> str:
    """What goes with the words, or instead of them: a file, a poll, other wordings."""
    kinds = [] if isinstance(contents[0], Text) else [preview_line(contents[0])]
    if len(contents) > 1:
        kinds.append(f"{len(contents)} wordings, one of which is picked for each recipient")
    return ". ".join(kinds)


def options_of(draft: Draft) -> Options:
    """The options that a draft has."""
    return Options(
        account=str(draft.account_id),
        late=str(draft.late_s),
        quiet="yes" if draft.respects_quiet_hours else "",
        stops="yes" if draft.stops_on_reply else "",
    )


def saved(draft: Draft, first_at: datetime, now: datetime) -> str:
    """What is said once a draft is saved."""
    if draft.day is None:
        return "On its way."
    first = times.when(first_at, draft.zone, now)
    return f"Scheduled. First {first}." if draft.rrule else f"Scheduled for {first}."


def number(text: str) -> int:
    """A number that a field can only hold if somebody tampers with it; NotYoursError if none."""
    if not text.isascii() or not text.isdigit():
        raise NotYoursError()
    return int(text)
