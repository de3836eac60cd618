"""Keywords as managers set them up: which words, and what each of them does."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session, col

from wasched.domain.content import Text
from wasched.domain.content_rules import TEXT_LONG, check_content
from wasched.domain.errors import ConflictError, InputError
from wasched.domain.keyword import WORD_MAX, ListMove, split_words, word_form
from wasched.domain.opt_out import asks_to_stop
from wasched.domain.reasons import Code, because
from wasched.domain.templates import variable_key
from wasched.domain.visible import clean_name, clean_text
from wasched.models import Account, Keyword, KeywordForm, RecipientList
from wasched.services import permissions, versions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import KEYWORDS, announce
from wasched.services.permissions import Action

KEYWORDS_MAX = 200
"""Of one space."""

WORDS_MAX = 30
"""Of one keyword."""

FIELD_MAX, VALUE_MAX = 200, 1_000
_OWN = frozenset({"name", "first_name"})
"""What is known of everybody, and no field of their own."""


@dataclass(frozen=True)
class KeywordRequest:
    """A keyword as it is to be; `words` as typed, apart by commas; empty for what it does not."""

    words: str
    field: str = ""
    value: str = ""
    list_id: int = 0
    move: str = ListMove.NONE
    answer: str = ""


@dataclass(frozen=True)
class KeywordLine:
    """A keyword in a list; `list_name` is empty where it moves nobody."""

    id: int
    words: tuple[str, ...]
    field: str
    value: str
    list_id: int
    list_name: str
    move: str
    answer: str
    version: int


def list_keywords(session: Session, user: Caller) -> list[KeywordLine]:
    """The keywords of the user's space, the oldest first."""
    permissions.require(user, Action.LOOK)
    rows = session.execute(
        select(Keyword, col(RecipientList.name))
        .outerjoin(RecipientList, col(RecipientList.id) == Keyword.list_id)
        .where(permissions.visible_to(Keyword.space_id, user))
        .order_by(col(Keyword.id))
    )
    return [_line_of(row, name or "") for row, name in rows]


def read_keyword(session: Session, user: Caller, keyword_id: int) -> KeywordLine:
    """One of them; NotFoundError if there is none."""
    row = permissions.fetch_own(session, Keyword, keyword_id, user, Action.LOOK)
    named = session.get(RecipientList, row.list_id) if row.list_id else None
    return _line_of(row, named.name if named else "")


def add_keyword(session: Session, user: Caller, wanted: KeywordRequest, now: datetime) -> int:
    """Have words do something from now on; its id.

    InputError names the field that cannot be taken: words, field, value, list or answer.
    """
    permissions.require(user, Action.MANAGE)
    count = select(func.count()).where(col(Keyword.space_id) == user.space_id)
    if (session.scalar(count) or 0) >= KEYWORDS_MAX:
        raise InputError("words", f"There are {KEYWORDS_MAX} keywords already. Remove one first.")
    row = Keyword(space_id=user.space_id, words="", created_at=now, changed_at=now)
    _fill(session, user, row, wanted, now)
    _note(session, user, row, Code.MADE_KEYWORD, now)
    return row.id or 0


def change_keyword(
    session: Session,
    user: Caller,
    keyword_id: int,
    wanted: KeywordRequest,
    now: datetime,
    *,
    if_version: int | None = None,
) -> None:
    """Let words be others, or do something else; InputError as `add_keyword`.

    ChangedError if it is no more of the version that the caller has seen.
    """
    row = permissions.fetch_own(session, Keyword, keyword_id, user, Action.MANAGE)
    versions.check_version(session, user, row, if_version)
    row.version += 1
    _fill(session, user, row, wanted, now)
    _note(session, user, row, Code.CHANGED_KEYWORD, now)


def remove_keyword(session: Session, user: Caller, keyword_id: int, now: datetime) -> None:
    """Its words do nothing from now on; what they did stays done."""
    row = permissions.fetch_own(session, Keyword, keyword_id, user, Action.MANAGE)
    _note(session, user, row, Code.REMOVED_KEYWORD, now)
    session.delete(row)


def forms_by_account(session: Session) -> dict[int, frozenset[str]]:
    """What the words of each account's space are compared by, for accounts that have some."""
    rows = session.execute(
        select(col(Account.id), col(KeywordForm.form))
        .join(KeywordForm, col(KeywordForm.space_id) == Account.space_id)
        .where(col(Account.removed_at).is_(None))
    )
    found: dict[int, set[str]] = {}
    for account_id, form in rows:
        found.setdefault(account_id, set()).add(form)
    return {account_id: frozenset(forms) for account_id, forms in found.items()}


def _fill(
    session: Session, user: Caller, row: Keyword, wanted: KeywordRequest, now: datetime
) -> None:
    words = _checked_words(wanted.words)
    row.words = ", ".join(words)
    row.field, row.value = _checked_field(wanted)
    row.list_id, row.move = _checked_list(session, user, wanted)
    row.answer = _checked_answer(wanted.answer)
    if not (row.field or row.list_id or row.answer):
        raise InputError("answer", "Say what the word does: set a field, move to a list, answer.")
    row.changed_by_id, row.changed_at = user.id, now
    session.add(row)
    session.flush()
    _set_forms(session, row, {word_form(one): one for one in words})


def _checked_words(typed: str) -> list[str]:
    words = split_words(clean_text(typed))
    if not words:
        raise InputError("words", "Give a word that people write back, such as yes.")
    if len(words) > WORDS_MAX:
        raise InputError("words", f"{len(words)} words; one keyword may have {WORDS_MAX}.")
    by_form: dict[str, str] = {}
    for one in words:
        if not word_form(one):
            raise InputError("words", f"“{one[:30]}…” is too long: {WORD_MAX} characters at most.")
        if asks_to_stop(one):
            sentence = f"“{one}” asks for no more messages, which comes first. Choose another word."
            raise InputError("words", sentence)
        by_form.setdefault(word_form(one), one)
    return list(by_form.values())


def _checked_field(wanted: KeywordRequest) -> tuple[str, str]:
    field, value = clean_name(wanted.field), clean_text(wanted.value).strip()
    if not field and not value:
        return "", ""
    if not field:
        raise InputError("field", "Say which field is set to that.")
    if not value:
        raise InputError("value", f"Say what {field} is set to.")
    if variable_key(field) in _OWN:
        raise InputError("field", "A name is no field of its own. Choose another one.")
    if len(field) > FIELD_MAX or len(value) > VALUE_MAX:
        most = f"at most {FIELD_MAX} characters, what it is set to {VALUE_MAX:,}."
        raise InputError("field", f"A field's name has {most}")
    return field, value


def _checked_list(
    session: Session, user: Caller, wanted: KeywordRequest
) -> tuple[int | None, ListMove]:
    move = ListMove(wanted.move)
    if move is ListMove.NONE:
        return None, move
    if not wanted.list_id:
        raise InputError("list", "Choose the list.")
    row = permissions.fetch_own(session, RecipientList, wanted.list_id, user, Action.LOOK)
    return row.id, move


def _checked_answer(typed: str) -> str:
    answer = clean_text(typed).strip()
    if answer:
        try:
            check_content(Text(answer))
        except InputError as refusal:
            raise InputError("answer", refusal.reason) from None
    if len(answer) > TEXT_LONG:
        raise InputError("answer", f"{len(answer):,} characters; an answer has {TEXT_LONG:,}.")
    return answer


def _set_forms(session: Session, row: Keyword, words: dict[str, str]) -> None:
    """Let these words be of this keyword alone; ConflictError if another one has one of them."""
    session.execute(delete(KeywordForm).where(col(KeywordForm.keyword_id) == row.id))
    taken = session.scalar(
        select(col(KeywordForm.form)).where(
            col(KeywordForm.space_id) == row.space_id, col(KeywordForm.form).in_(words)
        )
    )
    if taken is not None:
        raise ConflictError("words", f"Another keyword has “{words[taken]}” already.")
    forms = [{"space_id": row.space_id, "form": one, "keyword_id": row.id} for one in words]
    session.execute(insert(KeywordForm), forms)


def _note(session: Session, user: Caller, row: Keyword, code: Code, now: datetime) -> None:
    record_deed(session, user, because(code, words=row.words), now)
    announce(session, row.space_id, KEYWORDS, now)


def _line_of(row: Keyword, list_name: str) -> KeywordLine:
    return KeywordLine(
        row.id or 0,
        tuple(split_words(row.words)),
        row.field,
        row.value,
        row.list_id or 0,
        list_name,
        row.move,
        row.answer,
        row.version,
    )
