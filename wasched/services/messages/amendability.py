"""Whether what has gone out may be deleted for everyone, or corrected, and until when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.amendment import (
    WITHIN,
    AmendmentKind,
    AmendmentState,
    Gone,
    amendable_until,
    has_words,
)
from wasched.domain.content import Content, from_json
from wasched.domain.filling import tell_content
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason, because
from wasched.models import (
    Account,
    Amendment,
    Attempt,
    Message,
    Outcome,
    Recipient,
    RecipientKind,
    Schedule,
)
from wasched.services.content import rendering
from wasched.services.content.rendering import CompiledContents

_TOO_LATE = {
    AmendmentKind.DELETE: Reason(Code.TOO_LATE_TO_DELETE),
    AmendmentKind.CORRECT: Reason(Code.TOO_LATE_TO_CORRECT),
}
_ON_ITS_WAY = (Status.SCHEDULED, Status.SENDING)
_UNLINKED = (LinkState.NEEDS_LINK, LinkState.LOGGED_OUT)


@dataclass(frozen=True)
class Amendable:
    """It may be done until then."""

    until: datetime


@dataclass(frozen=True)
class KnownMessages:
    """What is known of some messages: when they left, what was asked for, what they say."""

    gone: dict[int, list[Gone]]
    asked: dict[int, list[Amendment]]
    made: dict[int, Schedule]
    compiled: dict[int, CompiledContents]
    accounts: dict[int, Account]

    def verdict(self, message: Message, kind: AmendmentKind, now: datetime) -> Amendable | Reason:
        """Until when it may be done with a message, or why it may not."""
        if self.is_deleted(message):
            return Reason(Code.DELETED_ALREADY)
        until = amendable_until(self.gone.get(message.id or 0, ()), kind)
        if until is None:
            if message.status in _ON_ITS_WAY:
                return Amendable(max(now, message.late_at) + WITHIN[kind])
            maybe = message.status == Status.UNKNOWN
            return Reason(Code.MAYBE_GONE_OUT if maybe else Code.NOT_GONE_OUT)
        if until <= now:
            return _TOO_LATE[kind]
        if self.is_line_gone(message):
            return because(Code.LINE_GONE, account=self.accounts[message.account_id].name)
        return Amendable(until)

    def is_line_gone(self, message: Message) -> bool:
        """True if its account has lost the phone that it went through."""
        account = self.accounts[message.account_id]
        return account.removed_at is not None or account.state in _UNLINKED

    def is_deleted(self, message: Message) -> bool:
        """True if it is deleted for everyone, or about to be."""
        is_asked = any(
            one.kind == AmendmentKind.DELETE and one.state != AmendmentState.FAILED
            for one in self.asked.get(message.id or 0, ())
        )
        return message.taken_back_at is not None or is_asked

    def content_of(self, message: Message, recipient: Recipient) -> Content | Reason:
        """What a message says now, where that is known whole and can be corrected."""
        if recipient.kind not in (RecipientKind.PERSON, RecipientKind.GROUP):
            return Reason(Code.POST_NOT_CORRECTED)
        found = self._corrected(message) or self._sent(message, recipient)
        if found is None:
            return Reason(Code.WORDS_NOT_KEPT)
        return found if has_words(found) else Reason(Code.NO_WORDS_TO_CORRECT)

    def _corrected(self, message: Message) -> Content | None:
        done = [
            one
            for one in self.asked.get(message.id or 0, ())
            if one.kind == AmendmentKind.CORRECT and one.state == AmendmentState.DONE
        ]
        return from_json(done[-1].content) if done else None

    def _sent(self, message: Message, recipient: Recipient) -> Content | None:
        """By its schedule, unless that was changed since and says something else."""
        made = self.made[message.schedule_id]
        now = self.compiled[message.schedule_id].for_message(
            message.id or 0, message.due_at, recipient
        )
        gone = self.gone.get(message.id or 0)
        is_unchanged = not gone or made.changed_at <= gone[0].at
        is_same = tell_content(now) == message.sent_text
        return now if made.contents and (is_unchanged or is_same) else None


def know_messages(session: Session, messages: Sequence[Message]) -> KnownMessages:
    """Ask once for all of them."""
    ids = [one.id or 0 for one in messages]
    gone: dict[int, list[Gone]] = defaultdict(list)
    for message_id, whatsapp_id, at in session.execute(
        _LEFT.where(col(Attempt.message_id).in_(ids))
    ):
        gone[message_id].append(Gone(whatsapp_id, at))
    asked: dict[int, list[Amendment]] = defaultdict(list)
    for row in session.scalars(
        select(Amendment).where(col(Amendment.message_id).in_(ids)).order_by(col(Amendment.id))
    ):
        asked[row.message_id].append(row)
    schedules = {one.schedule_id for one in messages}
    found = session.scalars(select(Schedule).where(col(Schedule.id).in_(schedules))).all()
    through = {one.account_id for one in messages}
    accounts = session.scalars(select(Account).where(col(Account.id).in_(through))).all()
    return KnownMessages(
        gone,
        asked,
        {one.id or 0: one for one in found},
        {one.id or 0: rendering.compiled_contents(one) for one in found},
        {one.id or 0: one for one in accounts},
    )


HAS_LEFT = (
    col(Attempt.whatsapp_id).is_not(None),
    col(Attempt.outcome).not_in((Outcome.REFUSED, Outcome.NOT_SENT)),
)
"""The tries that WhatsApp has a message of, or may have."""

_LEFT = (
    select(Attempt.message_id, Attempt.whatsapp_id, Attempt.started_at)
    .where(*HAS_LEFT)
    .order_by(col(Attempt.number))
)
