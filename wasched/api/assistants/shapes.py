"""What assistants say and are told beyond what other programs do."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from wasched.api.v1.amending import AmendedOut
from wasched.api.v1.ids import AccountId, GroupId, ListId, MessageId, ScheduleId
from wasched.api.v1.lists_of import LIMIT_MAX
from wasched.api.v1.message_views import MessageStory
from wasched.api.v1.messages import MessageFilters
from wasched.api.v1.replies import ReplyFilters
from wasched.api.v1.requests import ScheduleIn, Text
from wasched.api.v1.schedule_views import PreviewOut, ScheduleStory
from wasched.api.v1.schedules import ScheduleChange, Scope, Which
from wasched.api.v1.times import Body, Instant

_Words = Annotated[str, Field(max_length=200, description="Words of names, texts or numbers.")]
_Limit = Annotated[int, Field(ge=1, le=LIMIT_MAX, description="So many at most.")]
_After = Annotated[str, Field(max_length=2000, description="What `next` of the page before said.")]
_Confirmation = Annotated[
    str | None,
    Field(
        max_length=200,
        description="Leave it out at first: then nothing is done, and the answer tells what would "
        "be and has a confirmation. Call again with it once the person agrees.",
    ),
]


class Words(Body):
    """What to look for."""

    q: _Words = ""


class PageOf(Words):
    """What to look for, a page at a time."""

    limit: _Limit = 20
    after: _After = ""


class MembersOf(PageOf):
    """Which list, and who of it."""

    list: ListId


class SchedulesOf(PageOf):
    """Which schedules."""

    which: Which = "all"
    account: AccountId | None = None


class MessagesOf(MessageFilters):
    """Which messages."""

    model_config = ConfigDict(extra="forbid")

    limit: _Limit = 20


class RepliesTo(ReplyFilters):
    """Which replies."""

    model_config = ConfigDict(extra="forbid")

    limit: _Limit = 20


class OneGroup(Body):
    """A group by its id."""

    group: GroupId


class OneMessage(Body):
    """A message by its id."""

    message: MessageId


class OneSchedule(Body):
    """A schedule by its id."""

    schedule: ScheduleId


class VotesOf(Body):
    """A poll: one message of it, or all of a schedule's messages of one time."""

    message: Annotated[MessageId | None, Field(description="The votes on this message alone.")] = (
        None
    )
    schedule: Annotated[ScheduleId | None, Field(description="The votes on all its messages.")] = (
        None
    )
    due: Annotated[
        Instant | None, Field(description="With `schedule`: which time; without it the last.")
    ] = None
    voters: Annotated[int, Field(ge=0, le=1000, description="So many are named at most.")] = 100


class ToConfirm(Body):
    """What is done once it is confirmed."""

    confirmation: _Confirmation = None


class ScheduleToConfirm(ScheduleIn, ToConfirm):
    """A message to schedule: a time by `at`, `local` with `zone`, or `when`; none is now."""


class ChangeToConfirm(ScheduleChange, ToConfirm):
    """What of a schedule is to be another; what is not named stays."""

    schedule: ScheduleId
    scope: Annotated[
        Scope | None,
        Field(description="Of one that repeats: one time, one and those after it, or all."),
    ] = None
    occurrence: Annotated[
        str, Field(max_length=40, description="The time that is meant; without it the next.")
    ] = ""


class ResumeToConfirm(OneSchedule, ToConfirm):
    """A paused schedule that is to go on."""


class TakeBackToConfirm(OneMessage, ToConfirm):
    """A message that has gone out and is to be deleted for everyone."""


class CorrectToConfirm(TakeBackToConfirm):
    """A message that has gone out and is to say something else."""

    text: Text


class TakeBackSendToConfirm(OneSchedule, ToConfirm):
    """All messages of a schedule that were due at one instant, which are to be deleted."""

    due: Instant


class CorrectSendToConfirm(TakeBackSendToConfirm):
    """All messages of a schedule that were due at one instant, and what they are to say."""

    text: Text


class GoOnToConfirm(OneSchedule, ToConfirm):
    """A send that stopped itself and is to go on: `due` as `held` of its schedule says it."""

    due: Instant


class RestOfSend(OneSchedule):
    """A send that stopped itself: `due` as `held` of its schedule says it."""

    due: Instant


class OneAccount(Body):
    """An account by its id."""

    account: AccountId


class Recipient(BaseModel):
    """Somebody whom it goes to; one who is new has a number and no id."""

    id: str
    name: str
    number: str


class ToBeConfirmed(BaseModel):
    """What would be done; nothing is, before it is confirmed."""

    done: Literal[False] = False
    next: Annotated[str, Field(description="What to do now, in a sentence.")]
    confirmation: Annotated[str | None, Field(description="null: it cannot be done so.")]
    good_until: datetime | None
    to: Annotated[list[Recipient], Field(description="The first of those it goes to.")]
    would: PreviewOut | ScheduleStory | MessageStory | AmendedOut
