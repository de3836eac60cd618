"""What programs ask to be scheduled, read into the requests that pages make as well."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import Field, StrictBool
from sqlmodel import Session

from wasched.api.v1.ids import (
    RECIPIENT_KINDS,
    AccountIdText,
    AudienceIdText,
    read_id,
    write_id,
)
from wasched.api.v1.refusals import OF_TIME
from wasched.api.v1.times import A_NUMBER, Body, TimeIn, example, read_when
from wasched.domain.content import Content, Media
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.nudge import DAYS_MAX, HasNot, Nudge
from wasched.domain.opaque_ids import Kind, kind_of
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.content import content_requests
from wasched.services.content.content_requests import (
    CardRequest,
    ContentRequest,
    FileRequest,
    Material,
    PlaceRequest,
    PollRequest,
    TextRequest,
)
from wasched.services.files import media
from wasched.services.phone_numbers import typed_numbers
from wasched.services.schedules.requests import (
    RECIPIENTS_MAX,
    AudienceRequest,
    ScheduleRequest,
)

_LATE_MINUTES_MAX = 525_600
LATE_MINUTES = 30
"""So late a message may go where nothing else is said."""

_TEXT = 65_536

Text = Annotated[
    str, Field(max_length=_TEXT, examples=["Choir practice is at 19:00, {first name}."])
]
To = Annotated[
    list[Annotated[str, Field(max_length=100)]],
    Field(
        min_length=1,
        max_length=RECIPIENTS_MAX,
        description="Numbers with their country code; ids of people, groups and lists.",
        examples=[["+491701234567"]],
    ),
]
Late = Annotated[
    int,
    Field(ge=0, le=_LATE_MINUTES_MAX, description="So late it may still go; then it is missed."),
    A_NUMBER,
]
AccountOf = Annotated[
    AccountIdText | None,
    Field(description="Through which account; with one alone it is that."),
]


class FileIn(Body):
    """A file that a message carries."""

    media: Annotated[
        str | None,
        Field(max_length=100, description="A file by its id, with the text under it if there is."),
    ] = None
    send_as: Annotated[
        Literal["image", "video", "audio", "voice", "document"] | None,
        Field(description="With `media`: how it is sent; without it as it says itself."),
    ] = None


class MessageIn(TimeIn, FileIn):
    """A text, a file, or both, to somebody: now, at an instant, or by words."""

    model_config = example(
        to=["+491701234567"], text="Dinner is ready", at="2033-12-24T18:00:00+01:00"
    )

    to: To
    text: Text = ""
    account: AccountOf = None
    late_minutes: Late = LATE_MINUTES


class PollIn(Body):
    """A question with its answers; of so many `choices`, 0 for any number."""

    question: Annotated[str, Field(max_length=1000)]
    options: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]
    choices: Annotated[int, Field(ge=0, le=50), A_NUMBER] = 1


class PlaceIn(Body):
    """A place: degrees as `52.52, 13.40`, or a link of a map."""

    where: Annotated[str, Field(max_length=1000)]
    name: Annotated[str, Field(max_length=500)] = ""
    address: Annotated[str, Field(max_length=500)] = ""


class CardIn(Body):
    """Somebody's contact card."""

    name: Annotated[str, Field(max_length=500)]
    phone: Annotated[str, Field(max_length=100)]


class NudgeIn(Body):
    """What is said later to those who have not, after each time of the schedule, once."""

    who: Annotated[HasNot, Field(description="Those who have not by then.")]
    days: Annotated[
        int, Field(ge=0, le=DAYS_MAX, description="So many days after the message's day."), A_NUMBER
    ]
    time: Annotated[
        str,
        Field(
            pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
            description="The time of that day, in the schedule's zone.",
            examples=["18:00"],
        ),
    ]
    text: Text


class ContentIn(FileIn):
    """What a message says: one of text, wordings, poll, place and card.

    A file goes alone, or with a text or wordings under it.
    """

    text: Text | None = None
    wordings: Annotated[
        list[Text] | None,
        Field(min_length=1, max_length=50, description="Each recipient gets one of them."),
    ] = None
    poll: PollIn | None = None
    place: PlaceIn | None = None
    card: CardIn | None = None


class ScheduleIn(TimeIn, ContentIn):
    """A message of any kind, once or repeated: one of text, wordings, poll, place and card.

    A file goes alone, or with a text or wordings under it.
    """

    model_config = example(
        to=["+491701234567"], text="Practice is at 19:00, {first name}.", when="every weekday at 9"
    )

    to: To
    but_not: Annotated[
        tuple[AudienceIdText, ...],
        Field(max_length=RECIPIENTS_MAX, description="Ids of people, groups and lists."),
    ] = ()
    account: AccountOf = None
    late_minutes: Late = LATE_MINUTES
    quiet_hours: Annotated[
        StrictBool, Field(description="Waits until the quiet hours are over.")
    ] = False
    stop_on_reply: Annotated[StrictBool, Field(description="Who replies gets no more of it.")] = (
        False
    )
    nudge: NudgeIn | None = None


def request_of(
    session: Session, program: Caller, body: MessageIn | ScheduleIn, now: datetime
) -> ScheduleRequest:
    """What a body asks for; InputError names its field."""
    to = read_audience(body.to, getattr(body, "but_not", ()))
    account_id = read_account(session, program, body.account)
    has_card = isinstance(body, ContentIn) and body.card is not None
    country = accounts.account_country(session, program, account_id) if has_card else ""
    request = ScheduleRequest(
        account_id=account_id,
        to=to.to,
        lists=to.lists,
        but_not=to.but_not,
        but_not_people=to.but_not_people,
        contents=contents_of(session, program, body, country),
        day=None,
        clock=None,
        zone=program.zone,
        late_s=body.late_minutes * 60,
    ).at(read_when(body, program.zone, now))
    if isinstance(body, ScheduleIn):
        quiet, stops = body.quiet_hours, body.stop_on_reply
        nudge = read_nudge(body.nudge)
        return replace(request, respects_quiet_hours=quiet, stops_on_reply=stops, nudge=nudge)
    return request


def read_nudge(body: NudgeIn | None) -> Nudge | None:
    """The nudge that a body asks for."""
    if body is None:
        return None
    return Nudge(body.who, body.days, time.fromisoformat(body.time), body.text)


@contextmanager
def fields_of(body: TimeIn) -> Iterator[None]:
    """Name the field of the body where a service says only that it is about the time."""
    try:
        yield
    except InputError as refusal:
        if refusal.field in OF_TIME:
            refusal.field = body.said
        raise


def read_audience(to: Sequence[str], but_not: Sequence[str]) -> AudienceRequest:
    """Whom a body names; InputError points to the one that cannot be read."""
    people: list[int | str] = []
    lists: list[int] = []
    for number, one in enumerate(to):
        kind, row = _recipient(one, f"to/{number}")
        if kind == Kind.LIST:
            lists.append(int(row))
        else:
            people.append(row)
    out = [_recipient(one, f"but_not/{number}") for number, one in enumerate(but_not)]
    for number, (kind, _) in enumerate(out):
        if not kind:
            raise InputError(f"but_not/{number}", "Name people, groups and lists by their ids.")
    return AudienceRequest(
        to=tuple(people),
        lists=tuple(lists),
        but_not=tuple(int(row) for kind, row in out if kind == Kind.LIST),
        but_not_people=tuple(int(row) for kind, row in out if kind != Kind.LIST),
    )


def read_account(session: Session, program: Caller, text: str | None) -> int:
    """The account that is named, or the only one; InputError says which there are."""
    there = {one.id: one.name for one in accounts.account_names(session, program)}
    if text is not None and (found := read_id(Kind.ACCOUNT, text)) in there:
        return found
    if text is None and len(there) == 1:
        return next(iter(there))
    named = ", ".join(f"{write_id(Kind.ACCOUNT, one)} ({name})" for one, name in there.items())
    if not named:
        raise InputError("account", "There is no account yet. Link a phone on the page Accounts.")
    raise InputError("account", f"Say through which account it goes: {named}.")


def _recipient(text: str, field: str) -> tuple[str, int | str]:
    """The kind of an id and its row; of a number no kind, and the number as it came."""
    kind = kind_of(text)
    if kind in (*RECIPIENT_KINDS.values(), Kind.LIST):
        row = read_id(Kind(kind), text)
        if not row:
            raise InputError(field, "There is nobody, and no list, with this id.")
        return kind, row
    try:
        typed_numbers.read_number(text)
    except InputError as refusal:
        raise InputError(field, refusal.reason) from None
    return "", text


def contents_of(
    session: Session, program: Caller, body: MessageIn | ContentIn, country: str
) -> tuple[Content, ...]:
    """The contents that a body asks for; InputError names its field."""
    carried = _carried(session, program, body)
    if isinstance(body, MessageIn):
        request: ContentRequest = TextRequest((body.text,))
    else:
        request = _content_request(body)
    if isinstance(request, TextRequest):
        request = replace(request, files=tuple(FileRequest(one) for one in carried))
    messages = content_requests.read_content(request, Material(carried, country=country))
    if len(messages) > 1:
        raise InputError("text", "Nothing stands under a sound: send the words by themselves.")
    return messages[0]


def _carried(session: Session, program: Caller, body: FileIn) -> dict[int, Media]:
    """The file that a message is to carry, by its row; InputError if it is not to be had."""
    if body.media is None:
        if body.send_as is not None:
            raise InputError("send_as", "Name by `media` which file is sent so.")
        return {}
    row = read_id(Kind.MEDIA, body.media)
    try:
        kind = body.send_as or media.media_card(session, program, row).kind
    except NotFoundError:
        raise InputError("media", "There is no file with this id. Upload it again.") from None
    return {row: media.media_content(session, program, row, kind)}


def _content_request(body: ContentIn) -> ContentRequest:
    kinds = ("text", "wordings", "poll", "place", "card")
    said = [one for one in kinds if getattr(body, one) is not None]
    if body.media is not None and set(said) <= {"text"}:
        return TextRequest((body.text or "",))
    if body.media is not None and said != ["wordings"]:
        raise InputError("media", "A file goes alone, or with a text or wordings under it.")
    if len(said) != 1:
        raise InputError(
            said[1] if said else "text", "Say one of text, wordings, poll, place, card."
        )
    if body.poll is not None:
        return PollRequest(body.poll.question, tuple(body.poll.options), body.poll.choices)
    if body.place is not None:
        return PlaceRequest(body.place.where, body.place.name, body.place.address)
    if body.card is not None:
        return CardRequest(body.card.name, body.card.phone)
    return TextRequest(tuple(body.wordings) if body.wordings is not None else (body.text or "",))
