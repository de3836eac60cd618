"""What an import makes of each row: somebody new, somebody changed, or a mistake and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.reasons import NO_REASON, Code, Reason, because, dump_reason
from wasched.domain.templates import first_name
from wasched.models import Recipient, Verdict
from wasched.services.address_book.entries import FIELDS_MAX, NAME_MAX, NOTES_MAX, VALUE_MAX
from wasched.services.address_book.imports import column_kinds
from wasched.services.address_book.imports.best_number import choose_number
from wasched.services.address_book.imports.layout import ColumnLayout
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.address_book.imports.workbook_cells import is_formula_error
from wasched.services.phone_numbers import phones, written_numbers

_TYPED_MAX = 100
FIRST_NAME = "First name"
"""The field that the variable of this name looks at before it takes the name apart."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who is in the address book already, or was."""

    id: int
    name: str
    notes: str
    fields: dict[str, Any]
    is_gone: bool = False


@dataclass(frozen=True)
class JudgedRow:
    """A row of the file with its verdict, and what the person has once it is saved.

    `phone` in E.164, empty if it has none; `had` is the person before that.
    """

    position: int
    line: int
    verdict: Verdict = Verdict.NEW
    why: Reason = NO_REASON
    phone: str = ""
    name: str = ""
    notes: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    had: KnownPerson | None = None
    typed: str | None = None  # what stands for the number, if that alone is wrong


def known_people(session: Session, space_id: int) -> dict[str, KnownPerson]:
    """Everybody in the space, by number (E.164)."""
    rows = session.execute(
        select(
            Recipient.phone,
            Recipient.id,
            Recipient.name,
            Recipient.notes,
            Recipient.fields,
            col(Recipient.removed_at).is_not(None),
        ).where(Recipient.space_id == space_id, col(Recipient.phone).is_not(None))
    )
    return {row[0]: KnownPerson(*row[1:]) for row in rows}


def judge_rows(
    sheet: Sheet, mapping: Sequence[str], country: str, known: Mapping[str, KnownPerson]
) -> Iterator[JudgedRow]:
    """The verdict on each row, in the order of the file; `country` completes its numbers."""
    days = [at for at, use in enumerate(mapping) if use == "date"]
    orders = {at: column_kinds.order_of_days(sheet, at, country) for at in days}
    layout = ColumnLayout(sheet.columns, mapping, orders, sheet.first_column)
    seen: dict[str, int] = {}
    for position, (line, cells) in enumerate(sheet.rows):
        try:
            row = _read_row(position, line, layout, cells, country)
        except InputError as refusal:
            name = layout.name(cells)[:NAME_MAX]
            yield JudgedRow(position, line, Verdict.WRONG, refusal.reason, name=name)
            continue
        if row.verdict is Verdict.WRONG:
            yield row
            continue
        yield place_row(row, seen, known)
        seen.setdefault(row.phone, line)


def place_row(
    row: JudgedRow, seen: Mapping[str, int], known: Mapping[str, KnownPerson]
) -> JudgedRow:
    """A row with a number as somebody new, changed, known, or in the file already.

    `seen` are the lines of numbers that stand in it already, `known` the people there are.
    """
    forms = phones.number_variants(row.phone)
    earlier = next((seen[one] for one in forms if one in seen), 0)
    if earlier:
        return replace(row, verdict=Verdict.DOUBLE, why=because(Code.NUMBER_TWICE, line=earlier))
    form = next((one for one in forms if one in known), "")
    if not form:
        return row
    had = known[form]
    row = replace(
        row,
        phone=form,
        had=had,
        # What the file leaves empty stays.
        name=row.name or had.name,
        notes=row.notes or had.notes,
        fields=had.fields | row.fields,
    )
    if had.is_gone:
        return row
    why = _difference(had, row)
    return replace(row, verdict=Verdict.CHANGED if why else Verdict.SAME, why=why)


def _difference(had: KnownPerson, row: JudgedRow) -> Reason:
    """What the import changes about somebody; no reason if nothing."""
    changes: dict[str, str] = {}
    if row.name != had.name:
        changes["was"] = had.name
    if row.notes != had.notes:
        changes["notes"] = "other" if had.notes else "new"
    changed = [one for one, value in row.fields.items() if had.fields.get(one) != value]
    if changed:
        changes["fields"] = ", ".join(changed)
    return because(Code.PERSON_CHANGES, **changes) if changes else NO_REASON


def _read_row(
    position: int, line: int, layout: ColumnLayout, cells: Sequence[str], country: str
) -> JudgedRow:
    """What a row says; InputError with what is wrong with it, but for its number."""
    broken, column = layout.broken(cells)
    if broken:
        raise InputError("fields", _formula_fails(broken, f"{column}{line}"))
    name, notes, fields = layout.name(cells), layout.cell(cells, "notes"), layout.fields(cells)
    first = layout.first_name(cells)
    if first and first != first_name(name):
        fields.setdefault(FIRST_NAME, first)  # Anna Maria is not greeted as Anna
    _check_texts(name, notes, fields)
    row = JudgedRow(position, line, name=name, notes=notes, fields=fields)
    try:
        phone = choose_number(layout.numbers(cells), layout.country(cells, country))
    except InputError as refusal:
        typed, column = layout.typed(cells)
        if is_formula_error(typed):
            why = _formula_fails(typed, f"{column}{line}")
            return replace(row, verdict=Verdict.WRONG, why=why, typed="")
        is_short = written_numbers.is_shortened(typed)
        held, cell = dump_reason(refusal.reason), f"{column}{line}"
        why = because(Code.IN_CELL, cell=cell, held=held) if is_short else refusal.reason
        return replace(row, verdict=Verdict.WRONG, why=why, typed=typed[:_TYPED_MAX])
    return replace(row, phone=phone)


def _formula_fails(shown: str, cell: str) -> Reason:
    held = dump_reason(because(Code.FORMULA_FAILS, shown=shown))
    return because(Code.IN_CELL, cell=cell, held=held)


def _check_texts(name: str, notes: str, fields: Mapping[str, str]) -> None:
    if len(name) > NAME_MAX:
        raise InputError("name", because(Code.NAME_TOO_LONG, most=NAME_MAX))
    if len(notes) > NOTES_MAX:
        raise InputError("notes", because(Code.NOTES_TOO_LONG, most=NOTES_MAX))
    if len(fields) > FIELDS_MAX:
        raise InputError("fields", because(Code.TOO_MANY_FIELDS, most=FIELDS_MAX))
    if any(len(value) > VALUE_MAX for value in fields.values()):
        raise InputError("fields", because(Code.CELL_TOO_LONG, most=VALUE_MAX))
