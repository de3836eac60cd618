"""What a word does that somebody writes back: sets a field, moves to a list, is answered."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from wasched.domain.keyword import QUICK, ListMove, WordAnswer, split_words, word_form
from wasched.domain.link import IncomingSeen
from wasched.domain.opt_out import asks_to_stop
from wasched.domain.reply import ReplyKind
from wasched.models import (
    Account,
    Keyword,
    KeywordForm,
    KeywordUse,
    ListMember,
    Message,
    Recipient,
    RecipientList,
    Reply,
)
from wasched.services.change_notes import MESSAGES, RECIPIENTS, REPLIES, announce
from wasched.services.keywords import answering
from wasched.services.replies.matching import (
    Match,
    People,
    authors_of,
    is_in_group,
    match_replies,
)
from wasched.services.schedules import audience


def handle_words(
    session: Session, account: Account, seen: Sequence[IncomingSeen], people: People, now: datetime
) -> None:
    """Do what keywords say, once for each text of a person that answers a message of ours.

    Nothing is done for what is said in groups, nor for a word that asks for no more messages.
    """
    words = [(one, word_form(one.text)) for one in seen if _may_be_word(one)]
    keywords = _keywords(session, account.space_id, {form for _, form in words if form})
    found = [(one, keywords[form]) for one, form in words if form in keywords]
    if not found:
        return
    matches = match_replies(session, account, [one for one, _ in found], people)
    known = _known(session, account, {one.message_id for one, _ in found})
    moved: set[int] = set()
    is_new = False
    for (one, keyword), match in zip(found, matches, strict=True):
        authors = authors_of(people, one.sender, one.sender_alt)
        if match is None or not authors or one.message_id in known:
            continue
        known.add(one.message_id)
        is_new = True
        moved |= _handle(session, account, one, keyword, match, authors, now)
    if moved:
        audience.lists_changed(session, None, sorted(moved), now)
    for topic in (RECIPIENTS, MESSAGES, REPLIES) if is_new else ():
        announce(session, account.space_id, topic, now)


def _may_be_word(one: IncomingSeen) -> bool:
    is_plain = one.kind == ReplyKind.TEXT and not is_in_group(one.chat)
    return is_plain and not asks_to_stop(one.text)


def _keywords(session: Session, space_id: int, forms: Collection[str]) -> dict[str, Keyword]:
    if not forms:
        return {}
    rows = session.execute(
        select(col(KeywordForm.form), Keyword)
        .join(Keyword, col(Keyword.id) == KeywordForm.keyword_id)
        .where(col(KeywordForm.space_id) == space_id, col(KeywordForm.form).in_(forms))
    )
    return {row[0]: row[1] for row in rows}


def _known(session: Session, account: Account, ids: Collection[str]) -> set[str]:
    """Those of some texts, by WhatsApp's ids, that were handled already."""
    found = select(col(KeywordUse.whatsapp_id)).where(
        col(KeywordUse.account_id) == account.id, col(KeywordUse.whatsapp_id).in_(ids)
    )
    return set(session.scalars(found))


def _handle(
    session: Session,
    account: Account,
    one: IncomingSeen,
    keyword: Keyword,
    match: Match,
    authors: Sequence[Recipient],
    now: datetime,
) -> set[int]:
    """Do all of it for one text, and write down that it is done; returns the lists it changed."""
    person = next((some for some in authors if some.id == match.recipient_id), authors[0])
    use = KeywordUse(
        space_id=account.space_id,
        account_id=account.id or 0,
        person_id=person.id or 0,
        keyword_id=keyword.id or 0,
        whatsapp_id=one.message_id,
        at=one.at,
        is_quick=_is_quick(session, match, one.at),
    )
    if keyword.field:
        use.field, use.value = keyword.field, keyword.value
        _set_field(person, keyword, now)
    changed = _move(session, person, keyword, use, now)
    word = _word_of(keyword, one.text)
    use.answer = answering.answer_word(
        session, account, use, keyword, word, match.message_id, authors, now
    )
    session.add(use)
    session.flush()
    if use.answer == WordAnswer.ANSWERED:
        _note_answered(session, use, now)
    return changed


def _is_quick(session: Session, match: Match, at: datetime) -> bool:
    """True for what came sooner after our message than a person writes, as WhatsApp tells it."""
    sent_at = session.get_one(Message, match.message_id).sent_at
    return sent_at is None or at - sent_at < QUICK


def _set_field(person: Recipient, keyword: Keyword, now: datetime) -> None:
    """Set it under the name that the person's field has already, however that is written."""
    same = (one for one in person.fields if one.casefold() == keyword.field.casefold())
    name = next(same, keyword.field)
    if person.fields.get(name) != keyword.value:
        person.fields = {**person.fields, name: keyword.value}
        person.changed_by_id, person.changed_at = None, now


def _move(
    session: Session, person: Recipient, keyword: Keyword, use: KeywordUse, now: datetime
) -> set[int]:
    """Put the person into the list or take them out; returns the list if that changed it."""
    row = session.get(RecipientList, keyword.list_id) if keyword.list_id else None
    if row is None or row.space_id != use.space_id:
        return set()
    use.list_name, use.move = row.name, keyword.move
    member = session.get(ListMember, (row.id, person.id))
    if (member is not None) == (keyword.move == ListMove.INTO):
        return set()
    if member is None:
        session.add(ListMember(list_id=row.id or 0, recipient_id=person.id or 0))
    else:
        session.delete(member)
    row.version += 1
    row.changed_by_id, row.changed_at = None, now
    session.add(row)
    return {row.id or 0}


def _word_of(keyword: Keyword, text: str) -> str:
    """The word as it was set up: of what was written nothing is kept."""
    form = word_form(text)
    return next(one for one in split_words(keyword.words) if word_form(one) == form)


def _note_answered(session: Session, use: KeywordUse, now: datetime) -> None:
    """A reply that is kept, and was this word, waits for nobody's answer any more."""
    session.execute(
        update(Reply)
        .where(col(Reply.account_id) == use.account_id, col(Reply.whatsapp_id) == use.whatsapp_id)
        .values(answered_at=now)
    )
