"""The states of an account's link to WhatsApp, and what the line reports about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wasched.domain.reasons import NO_REASON, Reason
from wasched.domain.reply import ReplyKind


class LinkState(StrEnum):
    """How an account's link stands, split by who must act."""

    CONNECTING = "connecting"  # nobody: takes a few seconds
    CONNECTED = "connected"  # nobody: ready to send
    RECONNECTING = "reconnecting"  # nobody: it mends itself
    NEEDS_LINK = "needs_link"  # a person scans the code
    LOGGED_OUT = "logged_out"  # the phone ended the link; a person links again
    REPLACED = "replaced"  # another program took the session; a person chooses
    OUTDATED = "outdated"  # 405: the operator installs a newer image
    BANNED = "banned"  # WhatsApp restricts the number, often until an instant
    NEEDS_PASSKEY = "needs_passkey"  # a person links it by showing its passkey
    ERROR = "error"  # the operator reads the sentence; it tries again by itself

    @property
    def needs_a_person(self) -> bool:
        """True unless it is connected, or comes to be by itself."""
        return self not in (LinkState.CONNECTED, LinkState.CONNECTING, LinkState.RECONNECTING)


STORE_CODE = "store_"
"""How the codes of states begin that tell what is wrong with the link's file; `detail` says it."""


BY_PASSKEY = "by_passkey"
"""The code of NEEDS_LINK while a round of linking by passkey shows its codes."""


UNANSWERED = "no_answer"
"""The code of a state in which a connection was broken off, for a message got no answer on it."""


class ReceiptKind(StrEnum):
    """How far a message has come on the recipient's side."""

    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"


@dataclass(frozen=True)
class StateChanged:
    """The link is in another state; `code` is WhatsApp's own, `until` when it ends by itself."""

    state: LinkState
    at: datetime
    code: str = ""
    detail: Reason = NO_REASON
    until: datetime | None = None


@dataclass(frozen=True)
class QrShown:
    """A QR code to scan, good until `expires_at`."""

    code: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class CodeShown:
    """A pairing code (`XXXX-XXXX`) for a phone number, good until `expires_at`."""

    code: str
    phone: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class CodeRefused:
    """WhatsApp gave no pairing code for the number, and why."""

    phone: str
    reason: Reason
    at: datetime


@dataclass(frozen=True)
class PasskeyAsked:
    """WhatsApp wants to see the account's passkey; `request` is what it asks, as JSON."""

    request: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class PasskeyRefused:
    """What was handed in for the passkey is of no use; another answer may follow."""

    reason: Reason
    at: datetime


@dataclass(frozen=True)
class PasskeyTaken:
    """WhatsApp has taken the passkey, and the phone is next.

    The phone may show `code`, empty while it is not known; with `must_confirm` a person has to say
    that it is this one.
    """

    at: datetime
    code: str = ""
    must_confirm: bool = False


@dataclass(frozen=True)
class Identified:
    """Who the linked account is: JIDs without device part, and the name it shows."""

    jid: str
    lid: str | None
    name: str
    at: datetime


@dataclass(frozen=True)
class ReceiptSeen:
    """A receipt for messages, by WhatsApp id; `by` is the reader's JID without device part."""

    message_ids: tuple[str, ...]
    kind: ReceiptKind
    chat: str
    by: str
    at: datetime


@dataclass(frozen=True)
class IncomingSeen:
    """Somebody wrote to the account; the chat equals the sender outside groups.

    `text` is empty for what has no words, such as a voice note. `quotes` is the id of the message
    that it answers in so many words.
    """

    message_id: str
    chat: str
    sender: str
    text: str
    at: datetime
    sender_alt: str | None = None  # the same person's other address (phone or LID), if told
    name: str = ""  # what the sender calls themselves
    kind: ReplyKind = ReplyKind.TEXT
    quotes: str = ""
    number: int = 0


@dataclass(frozen=True)
class IncomingEdited:
    """Somebody gave a message of theirs other words; `message_id` is the one they edited."""

    message_id: str
    chat: str
    sender: str
    text: str
    at: datetime
    sender_alt: str | None = None
    number: int = 0


@dataclass(frozen=True)
class IncomingDeleted:
    """Somebody deleted a message of theirs for everyone."""

    message_id: str
    chat: str
    sender: str
    at: datetime
    sender_alt: str | None = None
    number: int = 0


@dataclass(frozen=True)
class WroteOnPhone:
    """Whoever has the linked phone wrote into a chat on it, by themselves."""

    chat: str
    at: datetime
    chat_alt: str | None = None  # the same person's other address (phone or LID), if told
    quotes: str = ""  # the id of the message that it answers in so many words
    number: int = 0


@dataclass(frozen=True)
class VoteSeen:
    """Somebody voted in a poll, as yet encrypted; of a vote taken back that is all to be seen.

    `author` is whom the voter's phone takes for the poll's author, empty outside groups.
    """

    message_id: str
    poll_id: str
    chat: str
    author: str
    sender: str
    at: datetime  # as the voter's clock had it
    iv: bytes
    body: bytes
    sender_alt: str | None = None
    name: str = ""
    number: int = 0


@dataclass(frozen=True)
class ReactionSeen:
    """Somebody reacted to a message, or with no emoji took that back."""

    message_id: str
    about_id: str
    chat: str
    author: str
    sender: str
    at: datetime
    emoji: str
    sender_alt: str | None = None
    name: str = ""
    number: int = 0


Heard = IncomingSeen | IncomingEdited | IncomingDeleted | WroteOnPhone | VoteSeen | ReactionSeen
"""What people said in chats of the account; by its `number` the line is told that it is written."""


@dataclass(frozen=True)
class GroupsChanged:
    """The account joined or left groups, or something about one of them changed."""

    at: datetime


@dataclass(frozen=True)
class ContactsChanged:
    """Names changed: in the phone's address book, or those that people give themselves."""

    at: datetime


@dataclass(frozen=True)
class PhoneHeard:
    """The phone itself did something: wrote, read, or took what another device of its own sent."""

    at: datetime


@dataclass(frozen=True)
class CaughtUp:
    """WhatsApp has told all that came while the line was away, and all of it was told before."""

    at: datetime


LinkEvent = (
    StateChanged
    | QrShown
    | CodeShown
    | CodeRefused
    | PasskeyAsked
    | PasskeyRefused
    | PasskeyTaken
    | Identified
    | ReceiptSeen
    | IncomingSeen
    | IncomingEdited
    | IncomingDeleted
    | WroteOnPhone
    | VoteSeen
    | ReactionSeen
    | GroupsChanged
    | ContactsChanged
    | PhoneHeard
    | CaughtUp
)
