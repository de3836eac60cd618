"""What became of every text of a living storm, and what nobody can explain."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from tests.books import now
from tests.crash.living_storm import LATE, LivingStorm, Sent
from tests.crash.strikes import DOUBTFUL, JUMPS, UNPROVABLE, Struck
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Message

ALLOWED_LATE_S = {
    "redis frozen": 12.0,
    "redis slow": 12.0,
    "redis full": 12.0,
    "redis flushed": 12.0,
    "redis killed": 12.0,
    "receipts before answers": 20.0,
    "answers never": 20.0,
}
"""How late texts may be while nothing else is wrong; two seconds are promised for the queue.

A fault of any other kind may make its texts as late as it lasts.
"""

_WITHOUT_S = 20.0  # on a busy machine, while nothing is wrong
_SOON = timedelta(seconds=30)
_MENDED = timedelta(minutes=1)


class Ledger:
    """Each text beside its row and its reader's phone, as they stand now."""

    def __init__(self, storm: LivingStorm) -> None:
        self._storm, self._at = storm, now()
        phones = storm.ground.phones
        self._rows = {one.schedule_id: one for one in storm.ground.books.messages()}
        readers = {text.reader.phone for text in storm.sent.values()}
        self._inboxes = {phone: phones.texts(phone=phone) for phone in readers}

    def complaints(self) -> Counter[str]:
        """What is wrong, by kind and by the faults of its round; empty if nothing is."""
        found = Counter(
            f"{wrong} [{', '.join(text.faults) or 'no fault'}]"
            for schedule_id, text in self._storm.sent.items()
            for wrong in self._wrongs(text, self._rows[schedule_id])
        )
        known = {text.words for text in self._storm.sent.values()}
        strange = [one for inbox in self._inboxes.values() for one in set(inbox) - known]
        found.update({"came with words that nobody wrote": len(strange)})
        found.update({"STOP was not heeded": len(self._storm.unheard())})
        return +found

    def summary(self) -> str:
        """Ends, and how late texts were in each kind of round, for a person to read."""
        ends = Counter(one.status for one in self._rows.values())
        lines = [f"{len(self._rows)} texts, {len(self._storm.struck)} faults; ends: {dict(ends)}"]
        late: dict[str, list[float]] = defaultdict(list)
        for schedule_id, text in self._storm.sent.items():
            row = self._rows[schedule_id]
            if row.sent_at is not None:
                late[", ".join(text.faults) or "no fault"].append(_late_s(text, row))
        lines += [
            f"  late, {name}: p50 {median(some):.1f} s, most {max(some):.1f} s"
            for name, some in late.items()
        ]
        lines += [
            f"  account {one}: {self._storm.ground.books.account(one).state}, "
            f"{self._count_waiting(one)} texts wait"
            for one in self._storm.ground.accounts
        ]
        return "\n".join(lines)

    def _count_waiting(self, account_id: int) -> int:
        waiting = (Status.SCHEDULED, Status.SENDING)
        rows = self._rows.values()
        return sum(one.account_id == account_id and one.status in waiting for one in rows)

    def _wrongs(self, text: Sent, row: Message) -> Iterator[str]:
        came = self._inboxes[text.reader.phone].count(text.words)
        if came > 1:
            yield f"came {came} times"
        match row.status:
            case Status.UNKNOWN:
                yield from self._doubt(text, row, came)
            case Status.MISSED:
                if came or not self._is_outside_window(text):
                    yield f"missed, {'yet it came' if came else 'though its window was open'}"
            case Status.SCHEDULED:
                if came or row.due_at <= self._at or not set(text.faults) & set(JUMPS):
                    yield f"still scheduled, {'yet it came' if came else 'overdue'}"
            case Status.SENDING:
                yield f"still sending, {'though it came' if came else 'and never came'}"
            case status if status in GONE_OUT:
                yield from self._gone(text, row, came)
            case _:
                yield f"{row.status}: {row.reason}"

    def _gone(self, text: Sent, row: Message, came: int) -> Iterator[str]:
        if not came:
            yield f"{row.status}, and never came"
        if row.status not in text.ends:
            yield f"{row.status}, though its reader's phone said {', '.join(text.ends)}"
        if _late_s(text, row) > self._allowed_late_s(text, row):
            yield "too late"

    def _doubt(self, text: Sent, row: Message, came: int) -> Iterator[str]:
        """A text that may have been sent has a reason, and a fault that explains it."""
        causes = {one.name for one in self._struck(text, row, DOUBTFUL)}
        if not row.reason or not causes:
            yield f"in doubt without a cause: {row.reason}"
        elif came and text.reader.has_receipts and not causes & UNPROVABLE:
            yield "in doubt, though its reader's phone said that it came"

    def _allowed_late_s(self, text: Sent, row: Message) -> float:
        """As much as all faults allow that were there, or are being caught up with."""
        until = max(row.sent_at or text.due, text.due)
        there = [
            ALLOWED_LATE_S.get(one.name, float("inf"))
            for one in self._storm.struck
            if one.touches(text.account_id, text.due - one.aftermath, until)
        ]
        return max(there, default=_WITHOUT_S)

    def _is_outside_window(self, text: Sent) -> bool:
        """True if the clock was moved beyond a text's window while it waited.

        It waits for a minute at most once what held it up is over.
        """
        struck = self._storm.struck
        held_up = [one.end for one in struck if one.begin <= text.due <= one.end]
        until = max([text.due + _SOON, *(end + _MENDED for end in held_up)])
        return any(
            abs(JUMPS.get(one.name, timedelta())) > LATE
            for one in struck
            if text.at <= one.end and one.begin <= until
        )

    def _struck(self, text: Sent, row: Message, names: frozenset[str]) -> list[Struck]:
        # Before the text itself: by a clock that was set back meanwhile.
        is_known = row.settled_at is not None and row.settled_at >= text.at
        until = row.settled_at if is_known and row.settled_at else self._at
        return [
            one
            for one in self._storm.struck
            if one.name in names and one.touches(text.account_id, text.at, until)
        ]


def _late_s(text: Sent, row: Message) -> float:
    """By the true clock, which is WhatsApp's."""
    return (row.sent_at - text.due).total_seconds() if row.sent_at else 0.0
