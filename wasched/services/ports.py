"""What services ask of the outside world: Protocols that adapters fulfil."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol, TypeVar

from wasched.domain.content import Content
from wasched.domain.incidents import TellResult
from wasched.domain.link import LinkEvent
from wasched.domain.mail import Mail
from wasched.domain.media import Shape
from wasched.domain.node_server import OldMessage, OldServer
from wasched.domain.passkey import PasskeyAnswer, PasskeyKey, PasskeySite
from wasched.domain.push_address import PushAddress, PushKeys
from wasched.domain.strength import Strength
from wasched.domain.webhook_retry import PostResult

if TYPE_CHECKING:  # a link's own process has no database, and one stands beside every other
    from sqlalchemy.pool import PoolProxiedConnection
    from sqlmodel import Session

Result = TypeVar("Result")


class Database(Protocol):
    """A database that is used by whole transactions; deeds and questions may be put twice."""

    def transaction(self, deed: "Callable[[Session], Result]") -> Result:
        """What the deed comes to, committed; nothing is saved if it raises."""

    def answer(self, question: "Callable[[Session], Result]") -> Result:
        """What a reading question comes to; it never waits for writers."""

    def stream(self, question: "Callable[[Session], Iterator[Result]]") -> Iterator[Result]:
        """What a reading question comes to, each part as soon as it is asked for."""

    def plain_connection(self) -> "PoolProxiedConnection":
        """The driver's own connection, whose every statement sees what is committed by then."""


@dataclass(frozen=True)
class Outgoing:
    """One message as it is handed to WhatsApp.

    `to` is a JID (`<digits>@s.whatsapp.net`, `<digits>@lid` or `<digits>@g.us`);
    `secret` is the attempt's own 32 bytes, stored before the hand-over.
    """

    to: str
    content: Content
    secret: bytes


@dataclass(frozen=True)
class SendReceipt:
    """WhatsApp's answer to a message: its id and the instant (aware, UTC) it was taken."""

    message_id: str
    at: datetime


@dataclass(frozen=True)
class Amending:
    """A change of a message that has gone out, as it is handed to WhatsApp.

    `message_id` is WhatsApp's of the message; `content` is what it says from now on, None where
    it is deleted for everyone. What is handed over twice changes nothing the second time.
    """

    message_id: str
    content: Content | None


class SendTrace(StrEnum):
    """What the linked device's own store says about an attempt."""

    LEFT = "left"  # the id was written, so the frame may have left
    NEVER_LEFT = "never_left"  # no id was written under the secret: it cannot have left
    GONE = "gone"  # the store was emptied since (unlinked), so nothing can be said


@dataclass(frozen=True)
class Evidence:
    """What is known of an attempt after a crash; `message_id` is set when it may have left."""

    trace: SendTrace
    message_id: str | None = None


@dataclass(frozen=True)
class CheckedNumber:
    """Whether a phone number (E.164) is on WhatsApp, and under which identities.

    The digits of `jid` may differ from the number asked for, where a country has two forms of it.
    """

    phone: str
    registered: bool
    jid: str | None = None
    lid: str | None = None


@dataclass(frozen=True)
class GroupSeen:
    """A group the account belongs to; `members` by number (E.164), or by LID where it is hidden.

    `lids` are the LIDs of those whose number is known, by number.
    """

    jid: str
    name: str
    size: int
    announce_only: bool = False
    is_admin: bool = False
    members: tuple[str, ...] = ()
    lids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ChannelSeen:
    """A channel that the account may post to."""

    jid: str
    name: str
    followers: int


@dataclass(frozen=True)
class PostSeen:
    """A post in a channel: the secret of the attempt that it was posted by, and its views."""

    secret: bytes
    views: int


@dataclass(frozen=True)
class MemberSeen:
    """A member of a group; `jid` is what a mention names, `phone` (E.164) None where hidden."""

    jid: str
    phone: str | None
    lid: str | None
    is_admin: bool = False


@dataclass(frozen=True)
class ContactSeen:
    """Somebody the linked phone knows.

    `name` stands in its address book, `push_name` is what they call themselves; one may be empty.
    """

    jid: str
    name: str
    lid: str | None = None
    push_name: str = ""


class Gateway(Protocol):
    """One account's line to WhatsApp; every call raises SendError or NotNow, nothing else."""

    @property
    def is_ready(self) -> bool:
        """True while messages can be handed over."""

    def fetch_files(self, content: Content) -> None:
        """Bring what a message carries to this machine, before it is asked whether it may go.

        `send` then needs it no more than a moment; it may take minutes where a store is elsewhere.
        """

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Hand over one message and wait for WhatsApp's answer."""

    def amend(self, amending: Amending) -> SendReceipt:
        """Delete or correct what went out through this line, and wait for WhatsApp's answer.

        Permanent SendError where the line does not know the message (any more).
        """

    def evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """Say what became of an attempt begun at `attempted_at`; NotNow while the line's
        process does not hold the session (only its holder may judge)."""

    def typing(self, jid: str, on: bool) -> None:
        """Show or end "typing …" in the recipient's chat."""

    def check(self, phones: list[str]) -> list[CheckedNumber]:
        """Ask which E.164 numbers are on WhatsApp."""

    def groups(self) -> list[GroupSeen]:
        """List the groups the account belongs to."""

    def channels(self) -> list[ChannelSeen]:
        """List the channels that the account may post to."""

    def posts(self, channel: str) -> list[PostSeen]:
        """List the last hundred posts of a channel (a JID)."""

    def members(self, group: str) -> list[MemberSeen]:
        """List the members of a group (a JID); permanent SendError for no member of it."""

    def invite_link(self, group: str) -> str:
        """The invite link of a group (a JID); permanent SendError for no admin of it."""

    def contacts(self) -> list[ContactSeen]:
        """List the contacts the linked phone knows."""


class Line(Gateway, Protocol):
    """A gateway that can be linked and watched; its events arrive on a thread of its own."""

    def start(self) -> None:
        """Begin to hold the account's session and keep holding it until `stop`."""

    def stop(self) -> None:
        """Let go of the session; returns when its process has ended."""

    def hold(self) -> None:
        """Let the send that is under way end with NotNow, unless WhatsApp has been handed it.

        Asked again and again while an account is stopped; a later send goes as ever.
        """

    def keep_texts(self, on: bool, keywords: Collection[str] = ()) -> None:
        """Say whether words of what people say may be kept until they are written down.

        Where they may not, `keywords`, as `word_form` writes them, still are: they are our own.
        """

    def note_written(self, number: int) -> None:
        """What people said is written down, up to this number."""

    def connect(self) -> None:
        """Try again now: a new code when not linked, a new connection when stopped by a fault."""

    def pair_by_code(self, phone: str) -> None:
        """Ask for a pairing code for the E.164 number; it arrives as an event."""

    def link_by_passkey(self) -> None:
        """Begin to link an account that WhatsApp asks for its passkey; NotNow when it is linked."""

    def answer_passkey(self, text: str) -> None:
        """Hand in what a browser gave for the passkey; NotNow when nothing is asked."""

    def compare_passkey(self, *, is_same: bool) -> None:
        """Say whether the phone shows the code that it should; NotNow when nothing is asked."""

    def unlink(self) -> None:
        """Log this device out of WhatsApp and forget the session."""


LineFactory = Callable[[int, Callable[[LinkEvent], None]], Line]
"""Makes the line of an account (by id) that reports its events to the given function."""


@dataclass(frozen=True)
class SealedVote:
    """A vote as it came, and what opens it: the poll's secret and the addresses of both sides."""

    secret: bytes
    poll_id: str
    authors: tuple[str, ...]
    voters: tuple[str, ...]
    iv: bytes
    body: bytes


VoteOpener = Callable[[SealedVote], tuple[str, ...] | None]
"""Gives the hashes (SHA-256, hex) of the options that a vote chose; None if it cannot be read."""


class MediaStore(Protocol):
    """Keeps files by the SHA-256 of what is in them, and uploads until they are whole.

    Every process finds the same files, on whichever machine. Whatever is not there raises
    FileNotFoundError; whatever writes raises NoRoomError when there is no room. A store that is
    elsewhere and does not answer, or refuses, raises MediaAwayError: call nothing but `begin`
    while a transaction is open.
    """

    def begin(self, token: str, size: int) -> None:
        """Make room for an upload of so many bytes; asks nobody elsewhere."""

    def received(self, token: str) -> int:
        """How many bytes of an upload are here."""

    def append(self, token: str, offset: int, body: bytes) -> int:
        """Add bytes at the end; returns how many there are now, and adds none if `offset`
        is not where the upload ends."""

    def uploaded(self, token: str) -> AbstractContextManager[Path]:
        """All that has come of an upload, as a file of this machine while a block runs."""

    def discard(self, token: str) -> None:
        """Forget an upload."""

    def workplace(self, size: int) -> AbstractContextManager[Path]:
        """Where a file of about so many bytes is made; what is not kept goes with the block."""

    def keep(self, path: Path) -> str:
        """Store what lies in a workplace, or was uploaded, which is moved; returns its digest."""

    def keep_thumbnail(self, digest: str, path: Path) -> None:
        """Store the small picture of a file from a workplace, which is moved."""

    def add(self, body: bytes) -> str:
        """Store a small file; returns its digest."""

    def at_hand(self, digest: str) -> AbstractContextManager[Path]:
        """The file with this digest, as a file of this machine while a block runs."""

    def thumbnail_at_hand(self, digest: str) -> AbstractContextManager[Path]:
        """The small picture of a file, likewise; FileNotFoundError if it has none."""

    def kept(self) -> Mapping[str, int]:
        """The sizes of all files by their digests, and of small pictures by DIGEST.jpg."""

    def sweep(self, kept: set[str], before: datetime) -> int:
        """Remove files and uploads untouched since `before`, but for those with these digests."""

    def check(self) -> None:
        """Write, read and delete a small file; raises what keeps it from that."""

    def look(self) -> None:
        """Ask for no more than an answer; raises what keeps files from being read."""


class MediaTools(Protocol):
    """Looks into files and converts them."""

    def look(self, path: Path) -> Shape:
        """Say what a file is, by what is in it."""

    def thumbnail(self, path: Path, shape: Shape, target: Path) -> bool:
        """Write a small JPEG of a picture or a video; False if there is none to make."""

    def shrink(self, picture: bytes) -> bytes:
        """A small JPEG of a picture; WrongKindError if it is none."""

    def convert(self, source: Path, shape: Shape, kind: str, target: Path) -> None:
        """Write what phones play as this kind; WrongKindError if it cannot be done."""

    def stop(self) -> None:
        """End what is under way, and whatever is asked after it, with WorkEndedError."""


@dataclass(frozen=True)
class PageSeen:
    """What a web page says of itself; `picture` is the bytes of an image, empty if none."""

    url: str
    title: str
    description: str = ""
    picture: bytes = b""


class OldServerBook(Protocol):
    """The database of the Node.js version, which is only read."""

    def read_server(self) -> OldServer:
        """All of it but the messages."""

    def read_messages(self, after: int, limit: int) -> Sequence[OldMessage]:
        """The messages with the next ids after one, at most so many; none at the end."""


class LinkSource(Protocol):
    """Reads web pages of the public internet."""

    def read(self, url: str) -> PageSeen | None:
        """The page's title, a line of it and its picture; None if there is nothing to show."""


class PasswordHasher(Protocol):
    """Turns passwords into hashes that are slow to guess."""

    def hash(self, password: str) -> str:
        """Hash a password; takes about a tenth of a second, so keep it off event loops."""

    def verify(self, password: str, hashed: str) -> bool:
        """Say whether the password made this hash."""


class PasskeyReader(Protocol):
    """Looks at what passkeys answer; InputError for what is not right."""

    def read_made(
        self, answer: PasskeyAnswer, site: PasskeySite, algorithms: tuple[int, ...]
    ) -> PasskeyKey:
        """The passkey that was made for the site, by one of the algorithms (COSE)."""

    def read_given(self, answer: PasskeyAnswer, site: PasskeySite, known: PasskeyKey) -> int:
        """How often the known passkey has signed, if it signed this for the site."""


class Mailer(Protocol):
    """Sends e-mails."""

    def send(self, mail: Mail) -> None:
        """Hand one to the mail server, which may take seconds; MailError if it is not taken."""


class WebhookLine(Protocol):
    """Posts to one webhook."""

    def post(self, delivery_id: str, at: datetime, body: str) -> PostResult:
        """What came of it, after ten seconds at most; it raises for nothing on the other side."""

    def close(self) -> None:
        """Let go of what was kept for the next post."""


class WebhookPoster(Protocol):
    """Reaches webhooks, and whatever else is at their addresses not."""

    def open(self, url: str, secrets: Sequence[str]) -> WebhookLine:
        """What posts to this address, signed with each of the secrets."""


class AlertTeller(Protocol):
    """Tells people by services of others."""

    def tell(self, address: str, title: str, text: str) -> TellResult:
        """What came of it, after half a minute at most; never raises for the other side."""


class PushTeller(Protocol):
    """Tells browsers by their own push services."""

    def make_keys(self) -> PushKeys:
        """Keys for a server that has none; takes a second at most."""

    def tell(self, address: PushAddress, keys: PushKeys, contact: str, said: str) -> TellResult:
        """What came of it, after half a minute at most; never raises for the other side.

        `contact` is an e-mail address for who runs the push service.
        """


class Pinger(Protocol):
    """Calls an address that somebody else watches."""

    def ping(self) -> str:
        """Why the call was not taken, after ten seconds at most; nothing if it was."""


class StrengthMeter(Protocol):
    """Tells how easy a password is to guess."""

    def of(self, password: str, about: Sequence[str]) -> Strength | None:
        """How strong it is for somebody of whom `about` is known; None while it is busy.

        May take a tenth of a second, so keep it off event loops.
        """

    def measure(self, password: str, about: Sequence[str]) -> Strength | None:
        """The same, waiting for its turn; None only where nothing can be said."""


class Changes(Protocol):
    """Carries "something changed" from one process to the others."""

    def hint(self) -> None:
        """Tell the other processes that a change was committed."""

    def wait(self, seconds: float) -> bool:
        """Block until a change may have happened, or the time is over; True for a change."""

    def close(self) -> None:
        """Let go of what the waiting needs."""


class Buckets(Protocol):
    """Counts how much of an allowance each key has used."""

    def take(self, key: str, each_s: float, most_s: float) -> tuple[float, float]:
        """Count one use, which costs `each_s`; a key may owe `most_s` at once.

        Returns the seconds until the key has its whole allowance again, and 0; or, where nothing is
        left and nothing is counted, 0 and how many seconds later it would be.
        """


class Clock(Protocol):
    """Tells the time, and waits."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""

    def sleep_until(self, instant: datetime) -> None:
        """Return at the instant, as exactly as the machine can."""

    def wait(self, asked: Event, instant: datetime) -> None:
        """Return at the instant, or as soon as the event is set."""
