"""Rows of an import whose number was wrong, mended on its page before it is saved."""

from sqlalchemy import select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.models import ImportRow, ImportStatus, PeopleImport, Recipient, Verdict
from wasched.services.address_book.imports import pending_imports
from wasched.services.address_book.imports.row_verdicts import JudgedRow, KnownPerson, place_row
from wasched.services.caller import Caller
from wasched.services.phone_numbers import phones, typed_numbers


def mend_row(session: Session, user: Caller, import_id: int, position: int, typed: str) -> None:
    """Give a row the number that was typed, and judge it anew; InputError if it is none."""
    made = pending_imports.fetch_import(session, user, import_id)
    row = session.scalar(
        select(ImportRow).where(
            col(ImportRow.import_id) == made.id, col(ImportRow.position) == position
        )
    )
    if made.state != ImportStatus.READ or row is None or row.typed is None:
        raise NotFoundError()
    try:
        number = typed_numbers.read_number(typed, made.country)
    except InputError as refusal:
        raise InputError("phone", refusal.reason) from None
    forms = phones.number_variants(number)
    mended = JudgedRow(position, row.line, phone=number, name=row.name, notes=row.notes)
    judged = place_row(
        JudgedRow(**{**vars(mended), "fields": dict(row.fields)}),
        _seen_lines(session, made, forms),
        _known_people(session, made, forms),
    )
    _count_verdict(made, row.verdict, judged.verdict)
    values = pending_imports.row_columns(made.id or 0, judged)
    session.execute(update(ImportRow).where(col(ImportRow.id) == row.id).values(**values))
    session.add(made)


def _seen_lines(session: Session, made: PeopleImport, forms: tuple[str, ...]) -> dict[str, int]:
    """The line of the file in which a number stands already, by its forms."""
    rows = session.execute(
        select(col(ImportRow.phone), ImportRow.line)
        .where(col(ImportRow.import_id) == made.id, col(ImportRow.phone).in_(forms))
        .order_by(col(ImportRow.position).desc())
    )
    return {row[0]: row[1] for row in rows}


def _known_people(
    session: Session, made: PeopleImport, forms: tuple[str, ...]
) -> dict[str, KnownPerson]:
    """Who has a number already, by its forms."""
    rows = session.scalars(
        select(Recipient).where(
            Recipient.space_id == made.space_id, col(Recipient.phone).in_(forms)
        )
    )
    return {
        row.phone: KnownPerson(
            row.id or 0, row.name, row.notes, dict(row.fields), row.removed_at is not None
        )
        for row in rows
        if row.phone
    }


def _count_verdict(made: PeopleImport, before: str, now: Verdict) -> None:
    """Let a row count as another verdict."""
    counts = dict(made.counts)
    counts[before] = counts.get(before, 0) - 1
    counts[now] = counts.get(now, 0) + 1
    made.counts = {verdict: number for verdict, number in counts.items() if number}
