"""The world the server serves: people with phones and linked devices, and groups."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasched.adapters.whatsapp.protocol.jid import GROUP, LID, NEWSLETTER, PN, Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .authenticator import Passkey
from .protocol.app_state import AppState
from .protocol.signal import Device
from .received import Received

if TYPE_CHECKING:
    from .connection import Connection

PHONE = 0  # the number of the device that is a person's phone


class WorldError(Exception):
    """Something was asked about a person or a group that does not exist."""


@dataclass
class ReceiptPolicy:
    """After how many seconds a phone says that a message was delivered, read and played.

    None is never. Less than 100 ms after the send, Baileys folds two receipts into one.
    """

    delivered: float | None = 0.15
    read: float | None = None
    played: float | None = None


@dataclass(eq=False)
class LinkedDevice:
    """A companion of a phone: what the server keeps for it."""

    number: int
    noise_public: bytes
    identity: bytes
    registration_id: int
    signed_prekey: tuple[int, bytes, bytes]  # id, public key, signature
    prekeys: deque[tuple[int, bytes]] = field(default_factory=deque)  # handed out once each
    display: str = ""
    has_history: bool = False
    connection: Connection | None = None  # only once it has said that it is active
    waiting: list[Node] = field(default_factory=list)  # stanzas for when it comes back
    unacknowledged: dict[tuple[str, str], Node] = field(default_factory=dict)


@dataclass(eq=False)
class Person:
    """Somebody with a phone number, on WhatsApp or not."""

    phone: str  # digits, with the country code
    lid: str
    name: str = ""
    is_registered: bool = True
    has_passkey: bool = False
    passkeys: list[Passkey] = field(default_factory=lambda: [Passkey()], repr=False)
    receipts: ReceiptPolicy = field(default_factory=ReceiptPolicy)
    device: Device = field(default_factory=Device, repr=False)
    linked: dict[int, LinkedDevice] = field(default_factory=dict)
    last_device: int = PHONE
    address_book: dict[str, str] = field(default_factory=dict)  # phone: full name
    app_state: AppState = field(default_factory=AppState, repr=False)
    inbox: list[Received] = field(default_factory=list)
    outbox: list[Received] = field(default_factory=list)  # what the linked devices told the phone
    other_forms: tuple[str, ...] = ()  # numbers that people dial and that lead here, too
    written: list[Received] = field(default_factory=list)  # what the phone itself wrote

    def jid(self, server: str = LID, device: int = PHONE) -> Jid:
        """The address of one of the devices, by LID or by phone number."""
        return Jid(self.lid if server == LID else self.phone, LID if server == LID else PN, device)

    def devices(self) -> list[int]:
        """The numbers of all devices, the phone first."""
        return [PHONE, *sorted(self.linked)]

    def next_device(self) -> int:
        """A number that no device had before."""
        self.last_device += 1
        return self.last_device


@dataclass(eq=False)
class Group:
    """A group; `members` and `admins` are phone numbers, the owner among both."""

    id: str
    subject: str
    owner: str
    members: list[str]
    admins: set[str]
    server: str = LID  # how members are addressed
    is_announce_only: bool = False
    version: int = 1
    invite: str = ""  # the code at the end of its invite link

    @property
    def jid(self) -> Jid:
        """The group's address."""
        return Jid(self.id, GROUP)

    @property
    def addressing_mode(self) -> str:
        """The server's word for how members are addressed."""
        return "lid" if self.server == LID else "pn"

    def may_write(self, phone: str) -> bool:
        """Tell whether this member may send to the group."""
        return phone in self.members and (not self.is_announce_only or phone in self.admins)


@dataclass
class Post:
    """What was posted to a channel; `server_id` is its number there."""

    server_id: int
    id: str
    type: str
    at: int
    plaintext: bytes
    viewers: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Channel:
    """A channel; `roles` are owner, admin or subscriber, by phone number."""

    id: str
    name: str
    roles: dict[str, str]
    posts: list[Post] = field(default_factory=list)

    @property
    def jid(self) -> Jid:
        """The channel's address."""
        return Jid(self.id, NEWSLETTER)


class World:
    """Everybody there is."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}  # by phone number
        self.groups: dict[str, Group] = {}  # by id
        self.channels: dict[str, Channel] = {}  # by id
        self._by_lid: dict[str, Person] = {}

    def clear(self) -> None:
        """Forget everybody."""
        self.people.clear()
        self.groups.clear()
        self.channels.clear()
        self._by_lid.clear()

    def add(self, person: Person) -> Person:
        """Add somebody; a person with the same number is forgotten."""
        if known := self.people.get(person.phone):
            self._by_lid.pop(known.lid, None)
        self.people[person.phone] = self._by_lid[person.lid] = person
        return person

    def add_group(self, group: Group) -> Group:
        """Add a group of people who exist."""
        for phone in group.members:
            self.person(phone)
        self.groups[group.id] = group
        return group

    def person(self, phone: str) -> Person:
        """Who has this number; raises WorldError."""
        try:
            return self.people[phone]
        except KeyError:
            raise WorldError(f"there is nobody with the number {phone}") from None

    def group(self, id: str) -> Group:
        """A group by its id, with or without "@g.us"; raises WorldError."""
        try:
            return self.groups[id.removesuffix(f"@{GROUP}")]
        except KeyError:
            raise WorldError(f"there is no group {id}") from None

    def channel(self, id: str) -> Channel:
        """A channel by its id, with or without "@newsletter"; raises WorldError."""
        try:
            return self.channels[id.removesuffix(f"@{NEWSLETTER}")]
        except KeyError:
            raise WorldError(f"there is no channel {id}") from None

    def find(self, jid: Jid | None) -> Person | None:
        """Whose address this is, by LID or by phone number; None for nobody's."""
        if jid is None:
            return None
        return (self._by_lid if jid.server == LID else self.people).get(jid.user)

    def reachable(self, jid: Jid | None) -> Person | None:
        """Whose address this is, if they are on WhatsApp."""
        person = self.find(jid)
        return person if person and person.is_registered else None

    def members(self, group: Group) -> Iterator[Person]:
        """The people of a group."""
        return (self.people[phone] for phone in group.members)


def lid_for(phone: str) -> str:
    """The LID of a phone number nobody chose one for: always the same."""
    return str(10**14 + int(hashlib.sha256(phone.encode()).hexdigest()[:10], 16))
