"""Imports before they are saved: begun, filled row by row, looked at, put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlmodel import Session, col

from wasched.domain.collation import sort_key
from wasched.domain.errors import NotFoundError
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models import ImportRow, ImportStatus, PeopleImport, Verdict
from wasched.services import permissions
from wasched.services.address_book.imports import import_queue
from wasched.services.address_book.imports.row_verdicts import JudgedRow
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.caller import Caller
from wasched.services.change_notes import IMPORTS, announce
from wasched.services.files import uploads
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones

PAGE = 50
KEPT = timedelta(days=30)
"""How long an import can be undone, and is shown."""

_REFUSED_FOR = timedelta(hours=1)
_SAMPLES, _SAMPLE_MAX = 3, 60
_USES = frozenset(("phone", "name", "first_name", "last_name", "notes", "field", "date", ""))
_ONCE = _USES - {"phone", "field", "date", ""}


@dataclass(frozen=True)
class Column:
    """A column of the file: what becomes of it, and what some of its cells say."""

    name: str
    use: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class ImportCard:
    """An import for pages; `state` is read, saved or undone, `counts` are rows by verdict."""

    id: int
    token: str
    name: str
    state: str
    country: str
    columns: tuple[Column, ...]
    counts: dict[str, int]
    list_id: int | None
    saved_at: datetime | None
    sheet: str = ""  # of a workbook: the one that was read, those it shows, how many it hides
    sheets: tuple[str, ...] = ()
    hidden_sheets: int = 0

    @property
    def uses(self) -> tuple[str, ...]:
        """What becomes of each column."""
        return tuple(one.use for one in self.columns)

    @property
    def people(self) -> int:
        """How many people it adds or changes."""
        return self.counts.get(Verdict.NEW, 0) + self.counts.get(Verdict.CHANGED, 0)


@dataclass(frozen=True)
class RowCard:
    """A row for pages; `phone` as people write it."""

    position: int
    line: int
    verdict: str
    why: Reason
    name: str
    phone: str
    typed: str | None = None  # what stands for the number, if that alone is wrong


def keep_sheet(
    session: Session, import_id: int, sheet: Sheet, mapping: Sequence[str]
) -> tuple[str, ...]:
    """Keep what the columns of an import are; returns what becomes of each. NotFoundError."""
    row = import_queue.fetch_unread(session, import_id)
    row.columns, row.samples = list(sheet.columns), _sample_cells(sheet)
    row.mapping = _clean_mapping(mapping, len(sheet.columns))
    row.total = len(sheet.rows)
    row.sheet, row.sheets, row.hidden_sheets = sheet.name, list(sheet.names), sheet.hidden
    session.add(row)
    return tuple(row.mapping)


def add_rows(session: Session, import_id: int, rows: Sequence[JudgedRow], now: datetime) -> None:
    """Keep some more rows, and tell how many that makes; NotFoundError if nobody wants them."""
    import_queue.note_progress(session, import_id, len(rows), now)
    session.execute(insert(ImportRow), [row_columns(import_id, row) for row in rows])


def finish_import(session: Session, import_id: int, now: datetime) -> None:
    """All rows are there: show the import in the place of any other that was not saved."""
    row = import_queue.fetch_unread(session, import_id)
    counted = select(ImportRow.verdict, func.count()).where(col(ImportRow.import_id) == import_id)
    row.counts = dict(session.execute(counted.group_by(ImportRow.verdict)).all())
    row.state = ImportStatus.READ
    session.add(row)
    unsaved = col(PeopleImport.state).in_((ImportStatus.READ, ImportStatus.READING))
    others = (
        *import_queue.imports_of(row.user_id, row.space_id),
        col(PeopleImport.id) != import_id,
    )
    session.execute(delete(PeopleImport).where(*others, unsaved))
    announce(session, row.space_id, IMPORTS, now)


def import_card(session: Session, user: Caller, import_id: int) -> ImportCard:
    """One import; NotFoundError if it is another's."""
    return _card_of(fetch_import(session, user, import_id))


def latest_import(session: Session, user: Caller) -> ImportCard | None:
    """The import that waits to be saved, else the last one that was and can be undone."""
    rows = session.scalars(
        select(PeopleImport)
        .where(
            *import_queue.imports_of(user.id, user.space_id),
            col(PeopleImport.state).in_((ImportStatus.READ, ImportStatus.SAVED)),
        )
        .order_by(col(PeopleImport.id).desc())
    )
    found = {row.state: row for row in reversed(rows.all())}
    row = found.get(ImportStatus.READ) or found.get(ImportStatus.SAVED)
    return _card_of(row) if row else None


def import_rows(
    session: Session, user: Caller, import_id: int, verdict: str = "", after: int = -1
) -> list[RowCard]:
    """A page of rows, of one verdict or of all, that come after a position."""
    row = fetch_import(session, user, import_id)
    wanted = [col(ImportRow.import_id) == row.id, col(ImportRow.position) > after]
    if verdict:
        wanted.append(col(ImportRow.verdict) == verdict)
    found = session.scalars(
        select(ImportRow).where(*wanted).order_by(col(ImportRow.position)).limit(PAGE)
    )
    return [_row_card(one) for one in found]


def put_away(session: Session, user: Caller, import_id: int, now: datetime) -> str:
    """Forget an import that was not saved; returns its upload's token."""
    row = fetch_import(session, user, import_id)
    if row.state not in (ImportStatus.READ, ImportStatus.READING):
        raise NotFoundError()
    session.delete(row)
    announce(session, user.id, IMPORTS, now)
    return row.token


def prune_imports(session: Session, now: datetime) -> None:
    """Forget imports that are too old to be undone, or were never saved or read to their end."""
    is_half = col(PeopleImport.state) == ImportStatus.READING
    is_old = col(PeopleImport.created_at) < now - KEPT
    is_left = and_(is_half, col(PeopleImport.created_at) < now - uploads.KEPT)
    is_refused = col(PeopleImport.why) != NO_REASON
    is_known = and_(is_half, is_refused, col(PeopleImport.created_at) < now - _REFUSED_FOR)
    session.execute(delete(PeopleImport).where(or_(is_old, is_left, is_known)))


def fetch_import(session: Session, user: Caller, import_id: int) -> PeopleImport:
    """An import that the user made, in the space they are in."""
    return permissions.fetch_own(session, PeopleImport, import_id, user, Action.OPEN_PRIVATE)


def _clean_mapping(mapping: Sequence[str], width: int) -> list[str]:
    """A use for each column, each name of a person at most once."""
    taken: set[str] = set()
    uses = []
    for use in [*mapping, *[""] * width][:width]:
        is_free = use in _USES and use not in taken
        uses.append(use if is_free else "field")
        taken |= {use} & _ONCE
    return uses


def _sample_cells(sheet: Sheet) -> list[list[str]]:
    """The first cells of each column that say something."""
    found: list[list[str]] = [[] for _ in sheet.columns]
    for _, cells in sheet.rows[:100]:
        for kept, cell in zip(found, cells, strict=True):
            if cell and len(kept) < _SAMPLES and cell[:_SAMPLE_MAX] not in kept:
                kept.append(cell[:_SAMPLE_MAX])
    return found


def row_columns(import_id: int, row: JudgedRow) -> dict[str, Any]:
    """What is kept of a row."""
    had = row.had
    return {
        "import_id": import_id,
        "position": row.position,
        "line": row.line,
        "verdict": row.verdict,
        "why": row.why,
        "typed": row.typed,
        "phone": row.phone or None,
        "name": row.name,
        "sort_key": sort_key(row.name or row.phone),
        "notes": row.notes,
        "fields": row.fields,
        "recipient_id": had.id if had else None,
        "had_name": had.name if had else None,
        "had_sort_key": sort_key(had.name or row.phone) if had else "",
        "had_notes": had.notes if had else "",
        "had_fields": had.fields if had else {},
        "had_gone": had.is_gone if had else False,
    }


def _card_of(row: PeopleImport) -> ImportCard:
    assert row.id is not None
    columns = zip(row.columns, row.mapping, row.samples, strict=True)
    return ImportCard(
        id=row.id,
        token=row.token,
        name=row.name,
        state=row.state,
        country=row.country,
        columns=tuple(Column(name, use, tuple(cells)) for name, use, cells in columns),
        counts=dict(row.counts),
        list_id=row.list_id,
        saved_at=row.saved_at,
        sheet=row.sheet,
        sheets=tuple(row.sheets),
        hidden_sheets=row.hidden_sheets,
    )


def _row_card(row: ImportRow) -> RowCard:
    return RowCard(
        position=row.position,
        line=row.line,
        verdict=row.verdict,
        why=row.why,
        name=row.name,
        phone=phones.pretty_number(row.phone) if row.phone else "",
        typed=row.typed,
    )
