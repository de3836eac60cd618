"""Stand-ins that are faster than the real thing; the real thing is tested elsewhere."""

from datetime import datetime, timedelta
from threading import Event

from wasched.domain.content import Content, Media
from wasched.domain.errors import NotNow, SendError
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


class FakeClock:
    """Stands still; waiting moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant it shows."""
        return self._now

    def sleep_until(self, instant: datetime) -> None:
        """Show the instant."""
        self._now = max(self._now, instant)

    def wait(self, asked: Event, instant: datetime) -> None:
        """Show the instant, unless the event is set."""
        if not asked.is_set():
            self.sleep_until(instant)

    def move(self, **duration: float) -> None:
        """Let time pass."""
        self._now += timedelta(**duration)


class FakeGateway:
    """Takes messages into an outbox; `answers` are faults to raise, one a send, in turn."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.is_ready = True
        self.outbox: list[Outgoing] = []
        self.amended: list[Amending] = []
        self.answers: list[SendError | NotNow | None] = []
        self.missing: list[SendError] = []
        self.traces: dict[bytes, Evidence] = {}
        self.views = 0
        self.invites: list[str | SendError | NotNow] = []

    def fetch_files(self, content: Content) -> None:
        """Nothing to fetch, or the next fault of `missing`."""
        if isinstance(content, Media) and self.missing:
            raise self.missing.pop(0)

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take the message, or raise the next fault."""
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.outbox.append(outgoing)
        return SendReceipt(f"3EB0{len(self.outbox):04}", self._clock.now())

    def amend(self, amending: Amending) -> SendReceipt:
        """Take the change, or raise the next fault."""
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.amended.append(amending)
        return SendReceipt(f"3EB1{len(self.amended):04}", self._clock.now())

    def evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """What the test says is known."""
        return self.traces.get(secret, Evidence(SendTrace.NEVER_LEFT))

    def typing(self, jid: str, on: bool) -> None:
        """Nothing to see."""

    def check(self, phones: list[str]) -> list[CheckedNumber]:
        """Every number is registered."""
        return [CheckedNumber(phone, True) for phone in phones]

    def groups(self) -> list[GroupSeen]:
        """No groups."""
        return []

    def channels(self) -> list[ChannelSeen]:
        """There are no channels."""
        return []

    def posts(self, channel: str) -> list[PostSeen]:
        """What went there, viewed as often as the test says."""
        return [PostSeen(one.secret, self.views) for one in self.outbox if one.to == channel]

    def members(self, group: str) -> list[MemberSeen]:
        """No members."""
        return []

    def invite_link(self, group: str) -> str:
        """The next link, or the next fault."""
        answer = self.invites.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer

    def contacts(self) -> list[ContactSeen]:
        """No contacts."""
        return []
