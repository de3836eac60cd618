"""The practice line: it behaves as if WhatsApp took every message, and nothing leaves."""

import itertools
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from wasched.domain.content import Content
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import (
    CodeRefused,
    LinkEvent,
    LinkState,
    ReceiptKind,
    ReceiptSeen,
    StateChanged,
)
from wasched.domain.reasons import Code, Reason
from wasched.services.ports import (
    Amending,
    ChannelSeen,
    CheckedNumber,
    ContactSeen,
    Evidence,
    GroupSeen,
    MemberSeen,
    Outgoing,
    PostSeen,
    SendReceipt,
    SendTrace,
)


class DryRunLine:
    """Fulfils the Line protocol without a phone: always linked unless told otherwise."""

    def __init__(self, on_event: Callable[[LinkEvent], None]) -> None:
        self._on_event = on_event
        self._linked = threading.Event()
        self._numbers = itertools.count(1)

    @property
    def is_ready(self) -> bool:
        """True while it is started and not unlinked."""
        return self._linked.is_set()

    def start(self) -> None:
        """Be linked at once."""
        self.connect()

    def stop(self) -> None:
        """Take no more messages."""
        self._linked.clear()

    def hold(self) -> None:
        """Nothing to hold: a send takes no time here."""

    def keep_texts(self, on: bool, keywords: Collection[str] = ()) -> None:
        """Nobody writes here."""

    def note_written(self, number: int) -> None:
        """Nobody writes here."""

    def connect(self) -> None:
        """Be linked again."""
        self._linked.set()
        self._on_event(StateChanged(LinkState.CONNECTED, _now(), "practice"))

    def pair_by_code(self, phone: str) -> None:
        """Refuse: there is nothing a phone could be linked with."""
        self._on_event(CodeRefused(phone, Reason(Code.PRACTICE_LINKS_NONE), _now()))

    def link_by_passkey(self) -> None:
        """Be linked again: nobody asks for a passkey here."""
        self.connect()

    def answer_passkey(self, text: str) -> None:
        """Refuse: nobody has asked."""
        raise NotNow(Reason(Code.PASSKEY_NOT_ASKED))

    def compare_passkey(self, *, is_same: bool) -> None:
        """Refuse: nobody has asked."""
        raise NotNow(Reason(Code.PASSKEY_NOT_ASKED))

    def unlink(self) -> None:
        """Take no messages until linked again."""
        self._linked.clear()
        self._on_event(StateChanged(LinkState.NEEDS_LINK, _now(), "unlinked"))

    def fetch_files(self, content: Content) -> None:
        """Nothing is looked at."""

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take the message, keep nothing of it, and let it count as delivered."""
        if not self.is_ready:
            raise NotNow(Reason(Code.PRACTICE_NOT_LINKED))
        return self._handed(outgoing.secret.hex()[:16], outgoing.to)

    def amend(self, amending: Amending) -> SendReceipt:
        """Take the change, and let it count as delivered."""
        if not self.is_ready:
            raise NotNow(Reason(Code.PRACTICE_NOT_LINKED))
        return self._handed(amending.message_id[-20:], "practice")

    def _handed(self, name: str, by: str) -> SendReceipt:
        handed = SendReceipt(f"PRACTICE-{name}-{next(self._numbers)}", _now())
        self._on_event(ReceiptSeen((handed.message_id,), ReceiptKind.DELIVERED, by, by, handed.at))
        return handed

    def evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """Nothing ever leaves."""
        return Evidence(SendTrace.NEVER_LEFT)

    def typing(self, jid: str, on: bool) -> None:
        """Nobody is there to see it."""

    def check(self, phones: list[str]) -> list[CheckedNumber]:
        """Every number counts as registered."""
        return [
            CheckedNumber(phone, registered=True, jid=f"{phone.lstrip('+')}@s.whatsapp.net")
            for phone in phones
        ]

    def groups(self) -> list[GroupSeen]:
        """There are no groups."""
        return []

    def channels(self) -> list[ChannelSeen]:
        """There are no channels."""
        return []

    def posts(self, channel: str) -> list[PostSeen]:
        """There are no channels."""
        return []

    def members(self, group: str) -> list[MemberSeen]:
        """There are no groups."""
        return []

    def invite_link(self, group: str) -> str:
        """Refuse: there are no groups."""
        raise SendError(Reason(Code.NO_GROUP), permanent=True)

    def contacts(self) -> list[ContactSeen]:
        """There are no contacts."""
        return []


def _now() -> datetime:
    return datetime.now(UTC)
