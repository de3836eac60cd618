"""Whether a word is answered: loops of machines end, and nobody is answered twice in an hour."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.keyword import DAY, PastWord, WordAnswer, judge_answer
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Account, Keyword, KeywordUse, Message, Recipient
from wasched.services.schedules.answer import schedule_answer

_ON_ITS_WAY = (Status.SCHEDULED, Status.SENDING, Status.UNKNOWN)


def answer_word(
    session: Session,
    account: Account,
    use: KeywordUse,
    keyword: Keyword,
    word: str,
    after_id: int,
    authors: Sequence[Recipient],
    now: datetime,
) -> WordAnswer:
    """Lay out the answer to a word, if it has one and the person may get it; says which.

    `after_id` is the message that the word came after, `authors` all entries of whoever wrote.
    """
    said = _judge(session, use, keyword, after_id, authors, now)
    if said is WordAnswer.ANSWERED:
        use.answer_id = schedule_answer(
            session, account, use.person_id, keyword.answer, word, keyword.changed_by_id, now
        )
    return said


def _judge(
    session: Session,
    use: KeywordUse,
    keyword: Keyword,
    after_id: int,
    authors: Sequence[Recipient],
    now: datetime,
) -> WordAnswer:
    if not keyword.answer:
        return WordAnswer.NONE
    if any(one.opted_out_at for one in authors):
        return WordAnswer.OPTED_OUT
    if use.at < now - DAY:
        return WordAnswer.OLD
    past = _past_words(session, [one.id or 0 for one in authors], now)
    is_echo = _is_echo(session, use, after_id)
    return judge_answer(now, use.keyword_id, is_quick=use.is_quick, is_echo=is_echo, past=past)


def _is_echo(session: Session, use: KeywordUse, after_id: int) -> bool:
    """True for a word that came after the answer to the very same."""
    same = (
        select(col(KeywordUse.id))
        .join(Message, col(Message.schedule_id) == KeywordUse.answer_id)
        .where(
            col(Message.id) == after_id,
            col(KeywordUse.person_id) == use.person_id,
            col(KeywordUse.keyword_id) == use.keyword_id,
        )
    )
    return session.scalar(same.limit(1)) is not None


def _past_words(session: Session, ids: Sequence[int], now: datetime) -> list[PastWord]:
    """What somebody wrote within the last day, or was answered since, the latest first."""
    rows = session.execute(
        select(KeywordUse, col(Message.status), col(Message.sent_at))
        .outerjoin(Message, col(Message.schedule_id) == KeywordUse.answer_id)
        .where(col(KeywordUse.person_id).in_(ids), col(KeywordUse.at) >= now - 2 * DAY)
        .order_by(col(KeywordUse.at).desc(), col(KeywordUse.id).desc())
    )
    found = [
        (use, PastWord(use.keyword_id, use.is_quick, _answered_at(use, status, sent_at, now)))
        for use, status, sent_at in rows
    ]
    # An answer that waited for quiet hours to end is as young as its sending.
    return [one for use, one in found if max(use.at, one.answered_at or use.at) >= now - DAY]


def _answered_at(
    use: KeywordUse, status: str | None, sent_at: datetime | None, now: datetime
) -> datetime | None:
    """When the answer to a word went; now, while it waits; None if it has none, or it never went.

    Of one whose message was forgotten it is when the word was written.
    """
    if use.answer_id is None:
        return None
    if status is None:
        return use.at
    if status in _ON_ITS_WAY:
        return now
    return (sent_at or use.at) if status in GONE_OUT else None
