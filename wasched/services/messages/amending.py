"""Deleting for everyone and correcting what has gone out: one message, or a whole send.

It is only asked for here; the account's sender does it (`delivery/amendments.py`). What of a send
has not gone out yet is part of the same deed: it is cancelled, or goes with the new words. What
cannot be done of a send is kept with its reason, so that each message tells it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.amendment import AmendmentKind, AmendmentState, with_words
from wasched.domain.content import Content, Text, to_json
from wasched.domain.content_rules import check_content
from wasched.domain.errors import InputError, MovedOnError, NotFoundError
from wasched.domain.filling import fill_content, is_blank, tell_content
from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.domain.wall_clock import local
from wasched.models import Amendment, Message, Recipient
from wasched.services import effects, permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.content import rendering
from wasched.services.messages import amendability, chosen
from wasched.services.messages.amendability import KnownMessages
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.filters import Filters
from wasched.services.permissions import Action
from wasched.services.recipients import recipients

MAY = {AmendmentKind.DELETE: Action.WRITE, AmendmentKind.CORRECT: Action.APPROVE}
"""A correction goes out as soon as it is asked for, so it is for who may let words out."""

_DEEDS = {
    AmendmentKind.DELETE: Code.DELETED_FOR_EVERYONE,
    AmendmentKind.CORRECT: Code.CORRECTED_MESSAGES,
}
_NOT_GONE = Reason(Code.NOT_GONE_OUT)
_DELETED = Reason(Code.DELETED_ALREADY)


@dataclass(frozen=True)
class AmendResult:
    """What was asked for: of so many messages that have gone, and of so many that had not.

    `left` are the reasons why it cannot be done with others, each with how many.
    """

    kind: AmendmentKind
    asked: int = 0
    ahead: int = 0
    left: tuple[tuple[Reason, int], ...] = ()


def amend_message(
    session: Session, user: Caller, message_id: int, kind: AmendmentKind, words: str, now: datetime
) -> None:
    """Have one message deleted for everyone, or say `words` instead.

    MovedOnError where that cannot be done (any more), InputError for words that cannot be sent.
    """
    message = permissions.fetch_own(session, Message, message_id, user, MAY[kind])
    if message.status == Status.SCHEDULED:
        raise MovedOnError("", _NOT_GONE)
    deed = _Deed(session, user, [message], kind, words, now)
    left = deed.ask_for_all()
    if left == [_DELETED] and kind is AmendmentKind.DELETE:
        return  # whoever asks twice for the same thing has it
    if left:
        raise MovedOnError("", left[0])
    deed.note(schedule_id=message.schedule_id)


def amend_send(
    session: Session, user: Caller, key: BatchKey, kind: AmendmentKind, words: str, now: datetime
) -> AmendResult:
    """The same with all messages of a schedule at an instant; NotFoundError if there are none."""
    permissions.require(user, MAY[kind])
    messages = messages_of(session, user, key)
    if not messages:
        raise NotFoundError()
    deed = _Deed(session, user, messages, kind, words, now)
    left = deed.ask_for_all(keeps_left=True)
    deed.note(schedule_id=key[0])
    counted = Counter(left).most_common()
    return AmendResult(kind, deed.asked, deed.ahead, tuple(counted))


def messages_of(session: Session, user: Caller, key: BatchKey) -> list[Message]:
    """The messages of a send that the user may see."""
    schedule_id, due_at = key
    found = chosen.chosen_messages(user, Filters(tab="", schedule_id=schedule_id))
    return list(session.scalars(found.where(col(Message.due_at) == due_at).order_by(Message.id)))


class _Deed:
    """One thing that is asked of messages."""

    def __init__(
        self,
        session: Session,
        user: Caller,
        messages: Sequence[Message],
        kind: AmendmentKind,
        words: str,
        now: datetime,
    ) -> None:
        self._session, self._user, self._messages = session, user, messages
        self._kind, self._words, self._now = kind, words.strip(), now
        self._known: KnownMessages = amendability.know_messages(session, messages)
        self._people = _recipients_of(session, messages)
        self.asked = self.ahead = 0

    def ask_for_all(self, *, keeps_left: bool = False) -> list[Reason]:
        """Ask for what can be done; why it cannot be with the others is returned, and kept."""
        if self._kind is AmendmentKind.CORRECT:
            self._check_words()
        left = []
        for message in self._messages:
            reason = self._ask(message)
            if reason:
                left.append(reason)
            if reason and keeps_left and message.status not in _NEVER_WENT:
                self._add(message, AmendmentState.FAILED, self._now, reason=reason)
        announce(self._session, self._user.space_id, MESSAGES, self._now)
        return left

    def note(self, **which: int) -> None:
        """Write it into the audit log."""
        if self.asked:
            what = because(_DEEDS[self._kind], count=self.asked, **which)
            record_deed(self._session, self._user, what, self._now)
        if self.ahead:
            did = _DEEDS[self._kind]
            if self._kind is AmendmentKind.DELETE:
                did = Code.CANCELLED_MESSAGES
            what = because(did, count=self.ahead, **which)
            record_deed(self._session, self._user, what, self._now)

    def _check_words(self) -> None:
        """Refuse what could not be sent, and what leaves a hole for some of them."""
        check_content(Text(self._words))
        people = [one.recipient_id for one in self._messages]
        found = rendering.check_variables(self._session, self._user, [Text(self._words)], people)
        if found:
            raise InputError("text", found[0].sentence)

    def _ask(self, message: Message) -> Reason:
        """Ask for it; why it cannot be done, or no reason."""
        verdict = self._known.verdict(message, self._kind, self._now)
        if isinstance(verdict, Reason):
            return verdict
        content: Content | None = None
        if self._kind is AmendmentKind.CORRECT:
            found = self._corrected(message)
            if isinstance(found, Reason):
                return found
            if tell_content(found) == message.sent_text:
                return NO_REASON
            content = found
        self._end_others(message)
        if message.status == Status.SCHEDULED:
            self._ahead(message, content)
            if self._kind is AmendmentKind.CORRECT or not self._known.gone.get(message.id or 0):
                return NO_REASON
        self._add(message, AmendmentState.WAITING, verdict.until, content)
        self.asked += 1
        effects.wake(self._session, message.account_id, self._now)
        return NO_REASON

    def _corrected(self, message: Message) -> Content | Reason:
        """What it is to say to its recipient, or why it cannot be corrected."""
        person = self._people[message.recipient_id]
        said = self._known.content_of(message, person)
        if isinstance(said, Reason):
            return said
        moment = local(message.due_at, self._known.compiled[message.schedule_id].zone)
        values = recipients.variable_values(person)
        filled = fill_content(with_words(said, self._words), values, moment)
        check_content(filled)
        return Reason(Code.NOTHING_TO_SAY) if is_blank(filled) else filled

    def _ahead(self, message: Message, content: Content | None) -> None:
        """What has not gone out is cancelled, or goes as corrected."""
        self.ahead += 1
        if content is not None:
            self._add(message, AmendmentState.DONE, message.late_at, content)
            return
        message.status, message.settled_at = Status.CANCELLED, self._now
        message.reason = because(Code.TAKEN_BACK_BY, user=self._user.name)
        self._session.add(message)

    def _end_others(self, message: Message) -> None:
        """What waits to be done with it is not done any more."""
        for one in self._known.asked.get(message.id or 0, ()):
            if one.state == AmendmentState.WAITING:
                one.state, one.ended_at = AmendmentState.FAILED, self._now
                one.reason = Reason(Code.AMENDED_SINCE)
                self._session.add(one)

    def _add(
        self,
        message: Message,
        state: AmendmentState,
        until: datetime,
        content: Content | None = None,
        reason: Reason = NO_REASON,
    ) -> None:
        self._session.add(
            Amendment(
                space_id=message.space_id,
                account_id=message.account_id,
                message_id=message.id or 0,
                kind=self._kind,
                state=state,
                content=to_json(content) if content is not None else {},
                before=message.sent_text,
                asked_by_id=self._user.id,
                asked_at=self._now,
                until=until,
                try_at=self._now,
                reason=reason,
                ended_at=None if state is AmendmentState.WAITING else self._now,
            )
        )


_NEVER_WENT = (Status.FAILED, Status.MISSED, Status.SKIPPED, Status.CANCELLED)


def _recipients_of(session: Session, messages: Sequence[Message]) -> dict[int, Recipient]:
    ids = {one.recipient_id for one in messages}
    found = session.scalars(select(Recipient).where(col(Recipient.id).in_(ids)))
    return {one.id or 0: one for one in found}
