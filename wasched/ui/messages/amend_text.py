"""Deleting for everyone and correcting, in words: what may be done, and how far it is."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wasched.domain import wording
from wasched.domain.amendment import AmendmentKind
from wasched.domain.reasons import Reason
from wasched.domain.typed import read_id
from wasched.services.messages.amend_story import AmendTally
from wasched.services.messages.amending import AmendResult
from wasched.services.messages.batch_ids import BatchKey, batch_id, read_batch_ids
from wasched.services.messages.history_views import AmendOffer
from wasched.text.reasons import reason_sentence
from wasched.ui.core import times
from wasched.ui.core.rows import count_words

_DOING = {
    AmendmentKind.DELETE: "It is being deleted for everyone.",
    AmendmentKind.CORRECT: "It is being corrected.",
}
_DONE = {AmendmentKind.DELETE: "deleted for everyone", AmendmentKind.CORRECT: "corrected"}


@dataclass(frozen=True)
class AmendWords:
    """What a page offers of it; empty where there is nothing to offer or to tell."""

    asked: str = ""  # names what it is done with
    may_delete: bool = False
    may_correct: bool = False
    until: str = ""
    progress: str = ""
    failed: list[str] = field(default_factory=list)
    words: str = ""  # as they are, to begin from
    delete_title: str = ""
    delete_about: str = ""
    correct_about: str = ""


NOTHING = AmendWords()


def message_words(
    offer: AmendOffer, message_id: int, recipient: str, zone: str, now: datetime
) -> AmendWords:
    """What the page of one message offers."""
    progress = ""
    if offer.doing:
        why = reason_sentence(offer.doing_reason, zone, now)
        progress = f"{_DOING[AmendmentKind(offer.doing)]} {f'Tried again: {why}' if why else ''}"
    return AmendWords(
        asked=str(message_id),
        may_delete=offer.delete_until is not None,
        may_correct=offer.correct_until is not None,
        until=_until(offer, zone, now),
        progress=progress.strip(),
        words=offer.words,
        delete_title=f"Delete the message to {recipient} for everyone?",
        delete_about="It goes from their phone, which says in its place that a message was "
        "deleted. Who has read it has read it. This cannot be undone.",
        correct_about="Their phone shows the new words in the same place, marked as edited.",
    )


def send_words(
    offer: AmendOffer, tally: AmendTally | None, key: BatchKey, zone: str, now: datetime
) -> AmendWords:
    """What the list of a send's messages offers."""
    many = count_words(offer.many, "message", "messages")
    to_go = f"{offer.to_go:,} of them have not gone out: " if offer.to_go else ""
    takes = f" At this phone's pace that takes about {_length(offer.takes)}." if offer.takes else ""
    return AmendWords(
        asked=batch_id(*key),
        may_delete=offer.delete_until is not None,
        may_correct=offer.correct_until is not None,
        until=_until(offer, zone, now),
        progress=_progress(tally),
        failed=_failures(tally, zone, now),
        words=offer.words,
        delete_title=f"Delete all {many} for everyone?" if offer.many > 1 else f"Delete {many}?",
        delete_about=f"{to_go and f'{to_go}they are cancelled. '}The others go from the phones "
        f"of those who got them, one after another.{takes} This cannot be undone.",
        correct_about=f"{to_go and f'{to_go}they go with the new words. '}Phones show the new "
        f"words in the same place, marked as edited.{takes}",
    )


def result_sentence(done: AmendResult, zone: str, now: datetime) -> str:
    """What was asked for: 12 had not gone: cancelled. 188 are being taken back."""
    is_deletion = done.kind is AmendmentKind.DELETE
    ahead = "cancelled" if is_deletion else "they go with the new words"
    said = [f"{done.ahead:,} had not gone: {ahead}."] if done.ahead else []
    if done.asked:
        are = "is" if done.asked == 1 else "are"
        said.append(f"{done.asked:,} {are} being {'taken back' if is_deletion else 'corrected'}.")
    left = sum(count for _, count in done.left)
    if left:
        why = reason_sentence(done.left[0][0], zone, now)
        said.append(f"With {left:,} it cannot be done: {why}")
    return " ".join(said) or "There is nothing to do."


def read_asked(key: str) -> int | BatchKey:
    """The message or the send that a page named; message 0, which there is not, for none."""
    found = read_batch_ids([key])
    return found[0] if found else read_id(key)


def _until(offer: AmendOffer, zone: str, now: datetime) -> str:
    deletes, corrects = offer.delete_until, offer.correct_until
    said = []
    if deletes is not None:
        said.append(f"can be deleted for everyone until {times.when_words(deletes, zone, now)}")
    if corrects is not None:
        until = times.when_words(corrects, zone, now)
        said.append(f"{'corrected' if deletes else 'can be corrected'} until {until}")
    return f"What has gone out {' and '.join(said)}." if said else ""


def _progress(tally: AmendTally | None) -> str:
    if tally is None:
        return ""
    what, total = _DONE[tally.kind], tally.done + tally.waiting
    if tally.waiting:
        return f"{tally.done:,} of {total:,} are {what}; the others follow one after another."
    return f"{tally.done:,} {'is' if tally.done == 1 else 'are'} {what}." if tally.done else ""


def _failures(tally: AmendTally | None, zone: str, now: datetime) -> list[str]:
    if tally is None:
        return []
    return [_failure(one, tally.kind, zone, now) for one in tally.failed]


def _failure(
    one: tuple[Reason, int, tuple[str, ...]], kind: AmendmentKind, zone: str, now: datetime
) -> str:
    why, count, names = one
    rest = count - len(names)
    named = wording.join_words([*names, *([f"{rest:,} more"] if rest else [])])
    return f"Not {_DONE[kind]}: {named}. {reason_sentence(why, zone, now)}"


def _length(gap: timedelta) -> str:
    minutes = max(1, round(gap.total_seconds() / 60))
    if minutes < 90:
        return count_words(minutes, "minute", "minutes")
    return count_words(round(minutes / 60), "hour", "hours")
