"""What is told of votes and reactions: small frozen rows."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OptionTally:
    """An option of a poll, how many chose it, and their share of all who voted, in percent."""

    text: str
    count: int
    percent: int


@dataclass(frozen=True)
class VoterRow:
    """Somebody who voted, what they chose last, when by their clock, and how often anew."""

    name: str
    chosen: tuple[str, ...]
    at: datetime
    changes: int = 0
    number: str = ""  # E.164, where it is known
    to: str = ""  # the person or group whom the poll went to


@dataclass(frozen=True)
class PollTally:
    """A poll's votes, in one message or in a whole send; `voters` are the latest of them.

    `asked` is how many people got it, as far as that is known.
    """

    question: str
    choices: int  # how many one may choose; 0: any number
    options: tuple[OptionTally, ...]
    voted: int
    asked: int
    taken_back: int
    unreadable: int
    voters: tuple[VoterRow, ...]
    schedule_id: int
    due_at: datetime
    messages: int = 1


@dataclass(frozen=True)
class EmojiCount:
    """How many reacted with an emoji."""

    emoji: str
    count: int


@dataclass(frozen=True)
class ReactionRow:
    """Somebody who reacted, and when by their clock."""

    emoji: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Reactions:
    """The reactions to a message or a whole send; `people` are the latest who gave one."""

    counts: tuple[EmojiCount, ...] = ()
    people: tuple[ReactionRow, ...] = ()


@dataclass(frozen=True)
class Turnout:
    """How many have voted of those who were asked."""

    voted: int
    asked: int
