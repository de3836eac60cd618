"""An import in the words of its page."""

from dataclasses import dataclass, field
from datetime import datetime

from wasched.domain.reasons import Code, Reason
from wasched.models import Verdict
from wasched.services.address_book.imports.import_queue import UnreadImport
from wasched.services.address_book.imports.pending_imports import ImportCard, RowCard
from wasched.services.address_book.imports.save_import import UndoneImport
from wasched.text.refusals import plain_sentence
from wasched.ui.core import times
from wasched.ui.core.rows import Choice, count_words

USES = (
    Choice("phone", "Number"),
    Choice("name", "Name"),
    Choice("first_name", "First name"),
    Choice("last_name", "Last name"),
    Choice("notes", "Notes"),
    Choice("field", "Own field"),
    Choice("date", "Own field, a day"),
    Choice("", "Leave it out"),
)

_WORDS = (
    (Verdict.NEW, "new"),
    (Verdict.CHANGED, "changed"),
    (Verdict.SAME, "known already"),
    (Verdict.DOUBLE, "twice in the file"),
    (Verdict.WRONG, "wrong"),
)

GONE = plain_sentence(Reason(Code.UPLOAD_GONE))

_NO_WORKER = (
    "The part of the server that reads files is not running, so your file waits. It is read by "
    "itself once that is started; Health says more."
)


@dataclass(frozen=True)
class ColumnLine:
    """A column: its name, what becomes of it, and what some of its cells say."""

    name: str
    use: str
    samples: str


@dataclass(frozen=True)
class VerdictTab:
    """The rows of one verdict, and how many there are."""

    key: str
    label: str
    count: str


@dataclass(frozen=True)
class RowLine:
    """One row of the file."""

    line: str
    verdict: str
    word: str
    name: str
    phone: str
    why: str
    position: int = 0
    is_mended: bool = False  # here, by a number that is right
    typed: str = ""


@dataclass(frozen=True)
class ReadingLine:
    """How far the reading of a file is; without a sentence none is read, or waits."""

    sentence: str = ""
    percent: int = 0
    is_held_up: bool = False


@dataclass(frozen=True)
class ImportPage:
    """An import that waits to be saved; `id` is 0 if none does."""

    id: int = 0
    name: str = ""
    summary: str = ""
    columns: list[ColumnLine] = field(default_factory=list)
    tabs: list[VerdictTab] = field(default_factory=list)
    country: str = ""
    has_phone: bool = True
    button: str = ""  # empty if nobody would be added, changed or put into a list
    left_out: str = ""
    sheet: str = ""
    sheets: list[Choice] = field(default_factory=list)  # none where there is nothing to choose
    hidden: str = ""


def reading_line(unread: UnreadImport | None, is_worker_silent: bool) -> ReadingLine:
    """What becomes of a file that is not read yet."""
    if unread is None or unread.why:
        return ReadingLine()
    if is_worker_silent:
        return ReadingLine(_NO_WORKER, is_held_up=True)
    if not unread.is_taken:
        return ReadingLine("Your file waits to be read…")
    percent = 100 * unread.done // unread.total if unread.total else 0
    return ReadingLine("Reading the file…", percent)


def refusal_sentence(unread: UnreadImport | None) -> str:
    """Why the last file could not be read; empty if it could."""
    return plain_sentence(unread.why) if unread else ""


def import_view(card: ImportCard) -> ImportPage:
    """An import that waits."""
    counts = [(key, word, card.counts.get(key, 0)) for key, word in _WORDS]
    total = sum(card.counts.values())
    wrong = card.counts.get(Verdict.WRONG, 0)
    known = card.people + card.counts.get(Verdict.SAME, 0)
    return ImportPage(
        id=card.id,
        name=card.name,
        summary=f"{count_words(total, 'row', 'rows')}: {_listed(counts)}.",
        columns=[ColumnLine(one.name, one.use, " · ".join(one.samples)) for one in card.columns],
        tabs=[
            VerdictTab("", "All", f"{total:,}"),
            *(VerdictTab(key, word.capitalize(), f"{n:,}") for key, word, n in counts if n),
        ],
        country=card.country,
        has_phone="phone" in card.uses,
        button=f"Import {count_words(known, 'person', 'people')}" if known else "",
        left_out=f"{count_words(wrong, 'row is', 'rows are')} left out." if wrong else "",
        sheet=card.sheet,
        sheets=_sheet_choices(card),
        hidden=_hidden_sheets(card.hidden_sheets),
    )


def import_line(card: RowCard) -> RowLine:
    """A row of the file."""
    word = next(word for key, word in _WORDS if key == card.verdict)
    return RowLine(
        f"{card.line:,}",
        card.verdict,
        word,
        card.name or "Without a name",
        card.phone,
        plain_sentence(card.why),
        card.position,
        card.typed is not None,
        card.typed or "",
    )


def last_import(card: ImportCard, zone: str, now: datetime) -> str:
    """What the last import did, and when."""
    when = times.when_words(card.saved_at or now, zone, now)
    return f"{count_words(card.people, 'person', 'people')} from {card.name}, {when}."


def undone_sentence(result: UndoneImport) -> str:
    """What taking an import back did."""
    said = [
        f"{count_words(result.removed, 'person is', 'people are')} removed again.",
        f"{count_words(result.restored, 'is', 'are')} as before." if result.restored else "",
        f"{count_words(result.left, 'was', 'were')} changed since and left so."
        if result.left
        else "",
    ]
    return " ".join(filter(None, said))


def _sheet_choices(card: ImportCard) -> list[Choice]:
    """The sheets that a workbook shows, where it has more than the one that was read."""
    has_more = len(card.sheets) > 1 or card.hidden_sheets
    return [Choice(one, one) for one in dict.fromkeys(card.sheets)] if has_more else []


def _hidden_sheets(count: int) -> str:
    """What is not offered, and how to have it."""
    if not count:
        return ""
    there = count_words(count, "hidden sheet is", "hidden sheets are")
    return (
        f"{there} not offered. To import one, show it in the spreadsheet and choose the file again."
    )


def _listed(counts: list[tuple[Verdict, str, int]]) -> str:
    return ", ".join(f"{number:,} {word}" for _, word, number in counts if number)
