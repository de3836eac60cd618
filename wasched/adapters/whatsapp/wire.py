"""What the worker and a link's process say to each other: typed values as JSON lines."""

import json
import types
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from wasched.domain.link import LinkEvent
from wasched.domain.reasons import Reason, dump_reason, load_reason
from wasched.services.ports import (
    Amending,
    ChannelSeen,
    CheckedNumber,
    ContactSeen,
    GroupSeen,
    MemberSeen,
    Outgoing,
    PostSeen,
    SendReceipt,
)


@dataclass(frozen=True)
class Begin:
    """Hold the session of that file, and keep its link, in the place that this is said to.

    `database` is where sessions are kept together; a password may stand in it.
    """

    session: str
    database: str = field(default="", repr=False)


@dataclass(frozen=True)
class Abandon:
    """End the link of the place at once, whatever it is doing; the others go on."""


@dataclass(frozen=True)
class SendCommand:
    """Hand a message to WhatsApp and wait for its answer."""

    outgoing: Outgoing


@dataclass(frozen=True)
class AmendCommand:
    """Change what went out to a chat (a JID), and wait for WhatsApp's answer."""

    chat: str
    amending: Amending


@dataclass(frozen=True)
class HoldCommand:
    """Refuse what was asked to be sent so far, unless the library has been handed it."""


@dataclass(frozen=True)
class ShowTyping:
    """Show or end "typing …" in a chat."""

    jid: str
    on: bool


@dataclass(frozen=True)
class CheckNumbers:
    """Ask which E.164 numbers are on WhatsApp."""

    phones: tuple[str, ...]


@dataclass(frozen=True)
class ListGroups:
    """List the groups the account belongs to."""


@dataclass(frozen=True)
class ListChannels:
    """List the channels that the account may post to."""


@dataclass(frozen=True)
class ListPosts:
    """List the last posts of a channel."""

    channel: str


@dataclass(frozen=True)
class ListMembers:
    """List the members of a group."""

    group: str


@dataclass(frozen=True)
class AskInviteLink:
    """Ask for the invite link of a group."""

    group: str


@dataclass(frozen=True)
class ListContacts:
    """List the contacts the linked phone knows."""


@dataclass(frozen=True)
class PairByCode:
    """Ask for a pairing code for an E.164 number as soon as WhatsApp takes such a wish."""

    phone: str


@dataclass(frozen=True)
class AnswerPasskey:
    """Hand in what a browser gave for WhatsApp's request for the passkey."""

    text: str


@dataclass(frozen=True)
class ComparePasskey:
    """A person says whether the phone shows the same code."""

    is_same: bool


@dataclass(frozen=True)
class UnlinkCommand:
    """Log out, so that the phone forgets this device."""


@dataclass(frozen=True)
class StopCommand:
    """Finish the send on its way, let go of the session and end."""


@dataclass(frozen=True)
class PingCommand:
    """Answer, to show that the process still listens."""


@dataclass(frozen=True)
class KeepTexts:
    """Keep the words of what people say until it is written down, or nothing but `keywords`."""

    on: bool
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteWritten:
    """All that was heard up to this number is written down."""

    number: int


Ask = (
    Begin
    | Abandon
    | SendCommand
    | AmendCommand
    | HoldCommand
    | ShowTyping
    | CheckNumbers
    | ListGroups
    | ListChannels
    | ListPosts
    | ListMembers
    | AskInviteLink
    | ListContacts
    | PairByCode
    | AnswerPasskey
    | ComparePasskey
    | UnlinkCommand
    | StopCommand
    | PingCommand
    | KeepTexts
    | NoteWritten
)


@dataclass(frozen=True)
class Done:
    """It was done; there is nothing to tell."""


@dataclass(frozen=True)
class Numbers:
    """The answer to CheckNumbers."""

    checked: tuple[CheckedNumber, ...]


@dataclass(frozen=True)
class Groups:
    """The answer to ListGroups."""

    groups: tuple[GroupSeen, ...]


@dataclass(frozen=True)
class Channels:
    """The answer to ListChannels."""

    channels: tuple[ChannelSeen, ...]


@dataclass(frozen=True)
class Posts:
    """The answer to ListPosts."""

    posts: tuple[PostSeen, ...]


@dataclass(frozen=True)
class Members:
    """The answer to ListMembers."""

    members: tuple[MemberSeen, ...]


@dataclass(frozen=True)
class InviteLink:
    """The answer to AskInviteLink."""

    link: str


@dataclass(frozen=True)
class Contacts:
    """The answer to ListContacts."""

    contacts: tuple[ContactSeen, ...]


Result = Done | SendReceipt | Numbers | Groups | Channels | Posts | Members | InviteLink | Contacts


@dataclass(frozen=True)
class Asked:
    """A question with its number."""

    number: int
    ask: Ask


@dataclass(frozen=True)
class Answered:
    """The answer to the question of that number."""

    number: int
    result: Result


@dataclass(frozen=True)
class Refused:
    """A NotNow (`not_now`) or a SendError in place of an answer, with the fields of either."""

    number: int
    reason: Reason
    not_now: bool = False
    until: datetime | None = None
    permanent: bool = False
    left: bool | None = False
    code: int | None = None
    not_found: bool = False


@dataclass(frozen=True)
class Holding:
    """The process holds the session; no other one can."""


@dataclass(frozen=True)
class Happened:
    """The link reports an event."""

    event: LinkEvent


@dataclass(frozen=True)
class CouldNotRead:
    """So many messages came that could not be read; WhatsApp is asked for them again."""

    count: int


@dataclass(frozen=True)
class Ended:
    """The link of a place has ended, for that reason; `hangs` if the library did not let it go.

    What it left behind in the process is quiet, unless it hangs.
    """

    code: int
    hangs: bool = False


Said = Asked | Answered | Refused | Holding | Happened | CouldNotRead | Ended


@dataclass(frozen=True)
class Line:
    """What is said to a place in the process, or by it."""

    place: int
    said: Said


def encode_line(said: Said | Line) -> bytes:
    """One line of JSON in ASCII, with its line feed."""
    return json.dumps(_plain(said), separators=(",", ":")).encode("ascii") + b"\n"


def decode_line(line: bytes) -> Said | Line:
    """The value of a line; ValueError if it is none."""
    try:
        said: Said | Line = _typed(json.loads(line), Said | Line)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"Not a line of this protocol: {fault}") from fault
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, Reason):
        return dump_reason(value)
    if is_dataclass(value):
        own = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__, **own}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _typed(value: Any, hint: Any) -> Any:
    """A plain value as the type it was before."""
    if get_origin(hint) in (Union, types.UnionType):
        return _one_of(value, get_args(hint))
    if get_origin(hint) is tuple:
        return tuple(_typed(one, get_args(hint)[0]) for one in value)
    if hint is Reason:
        return load_reason(value)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{n: _typed(v, hints[n]) for n, v in value.items() if n != "type"})
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is bytes:
        return bytes.fromhex(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is not of type {hint}")
    return value


def _one_of(value: Any, hints: tuple[Any, ...]) -> Any:
    if value is None and type(None) in hints:
        return None
    if isinstance(value, dict):
        named = {hint.__name__: hint for hint in hints if isinstance(hint, type)}
        return _typed(value, named[value["type"]])
    (only,) = [hint for hint in hints if hint is not type(None)]
    return _typed(value, only)


@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    return get_type_hints(cls)
