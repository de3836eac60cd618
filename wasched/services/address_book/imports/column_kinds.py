"""What a column is, guessed by its name in common languages, else by what is in it."""

import re
from collections.abc import Callable, Iterable, Sequence

from wasched.domain import day_cells
from wasched.domain.errors import InputError
from wasched.services.address_book.entries import FIELDS_MAX
from wasched.services.address_book.imports.column_names import fold_name, use_of
from wasched.services.address_book.imports.phone_labels import Kind, kind_of
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.phone_numbers import typed_numbers, written_numbers

_ONCE = frozenset(("name", "first_name", "last_name", "notes"))
_LOOKED_AT = 200
_DIGITS_MIN = 7
_PHONES_MAX = 10
_ABOUT_A_PHONE = {
    *("type", "typ", "art", "label", "provider", "model", "email", "mail", "code", "country"),
    *("extension", "ext", "plan", "date", "consent", "contact", "номер"),
}
"""Words beside that for a phone in the name of a column that has no numbers, or other ones."""

_NO_PHONE = re.compile(
    r"(?:id|nr|no|num|nummer|number|numero|code|ref|key|iban|bic|zip|plz|index|номер|号|番号)\d*$"
    r"|^(?:id|no|nr)|date|datum|data|fecha|birth|geburt|geb|naiss|nacim|nasc|дата|рожд|time|zeit"
    r"|stamp|konto|account|cuenta|compte|steuer|tax|rechnung|invoice|order|bestell|postal"
    r"|postcode|codepostal|betrag|amount|price|preis|total|jahr|year|生日|日期|日付"
)
"""What is in the names of columns of ids, dates, accounts and amounts (folded)."""


_NUMBER_ALONE = {
    fold_name(one)
    for one in ("number", "no", "num", "nummer", "nr", "numero", "номер", "号码", "番号", "번호")
}
"""What a column of phone numbers may be called, and one of ids as well."""


def guess_columns(sheet: Sheet, country: str = "") -> list[str]:
    """What becomes of each column: phone, name, first_name, last_name, notes, field, date, nothing.

    Several columns may be the phone: what is used of them is chosen row by row. `country`
    (ISO 3166) completes numbers that have none.
    """
    filled = [_share_of_cells(sheet, at, bool) > 0 for at in range(len(sheet.columns))]
    uses = _by_names(sheet, filled)
    phones = (
        _phones_by_name(sheet, uses)
        or _phone_by_cells(sheet, uses, country)
        or [at for at, use in enumerate(uses) if use == "phone"][:1]
    )
    for at in phones:
        uses[at] = "phone"
    uses = [use if use != "phone" or at in phones else "" for at, use in enumerate(uses)]
    _guess_name(sheet, uses)
    _tell_halves(sheet, uses)
    uses = _with_fields(uses, filled, sheet)
    days = [use == "field" and order_of_days(sheet, at, country) for at, use in enumerate(uses)]
    return ["date" if is_day else use for use, is_day in zip(uses, days, strict=True)]


def order_of_days(sheet: Sheet, at: int, country: str) -> str:
    """How the days of a column are written: dmy, mdy or ymd; empty if it has others than days."""
    cells = (row[at] for _, row in sheet.rows[:_LOOKED_AT])
    return day_cells.order_of(cells, is_american=country == "US")


def _by_names(sheet: Sheet, filled: Sequence[bool]) -> list[str]:
    taken: set[str] = set()
    uses = []
    for name, has_cells in zip(sheet.columns, filled, strict=True):
        use = _use_by_name(name) if has_cells else ""
        uses.append("" if use in taken else use)
        taken |= {use} & _ONCE
    return uses


def _use_by_name(name: str) -> str:
    if _is_phone_name(name):
        return "phone"
    use = use_of(name)
    return use if use in _ONCE else ""


def _is_phone_name(name: str) -> bool:
    """True for "Phone 2 - Value" and "Your WhatsApp number", not for a fax or a phone's type."""
    folded = re.sub(r"\d", "", fold_name(name))
    if kind_of(name) is Kind.NO_PHONE:
        return False
    if use_of(folded) == "phone":
        return True
    words = re.findall(r"[^\W\d_]+", name.casefold())
    return not _ABOUT_A_PHONE.intersection(words) and any(use_of(one) == "phone" for one in words)


def _phones_by_name(sheet: Sheet, uses: Sequence[str]) -> list[int]:
    """The columns called so, if most cells of one of them are numbers; none that has words."""
    named = [at for at, use in enumerate(uses) if use == "phone"]
    sure = [at for at in named if _share_of_cells(sheet, at, _is_like_a_number) >= 0.5]
    return (
        [at for at in named if at in sure or _is_wordless(sheet, at)][:_PHONES_MAX] if sure else []
    )


def _is_wordless(sheet: Sheet, at: int) -> bool:
    return _share_of_cells(sheet, at, _is_wordy) < 0.5


def _phone_by_cells(sheet: Sheet, uses: Sequence[str], country: str) -> list[int]:
    """The column with the most numbers, unless its name says that they are others."""

    def is_number(cell: str) -> bool:
        return _reads_as_number(cell, country) if country else _is_like_a_number(cell)

    shares = {}
    for at, (name, use) in enumerate(zip(sheet.columns, uses, strict=True)):
        if not use and kind_of(name) is not Kind.NO_PHONE:
            is_other = bool(_NO_PHONE.search(fold_name(name))) and not name.startswith("Column ")
            is_dialled = _is_dialled if fold_name(name) in _NUMBER_ALONE else _has_country
            shares[at] = _share_of_cells(sheet, at, is_dialled if is_other else is_number)
    best = max(shares, key=lambda at: shares[at], default=-1)
    return [best] if best >= 0 and shares[best] > 0.5 else []


def _guess_name(sheet: Sheet, uses: list[str]) -> None:
    """Take a wordy column for the name: one that is called so, or any if few have names."""
    if {"name", "first_name", "last_name"} & set(uses) or "phone" not in uses:
        return
    wordy = [
        at for at, use in enumerate(uses) if not use and _share_of_cells(sheet, at, _is_wordy) > 0.5
    ]
    named = [at for at in wordy if _has_name_word(sheet.columns[at])]
    is_unnamed = not any(map(use_of, sheet.columns))
    for at in (named or (wordy if is_unnamed else []))[:1]:
        uses[at] = "name"


def _has_name_word(column: str) -> bool:
    words = re.findall(r"[^\W\d_]+", column.casefold())
    is_others = use_of(column) or {"company", "user", "file", "group", "product"} & set(words)
    return not is_others and any(use_of(one) == "name" for one in words)


def _tell_halves(sheet: Sheet, uses: list[str]) -> None:
    """Beside a first name alone, a column called Name has the last name; and the other way."""
    for half, other in (("first_name", "last_name"), ("last_name", "first_name")):
        if "name" in uses and half in uses and other not in uses:
            whole, part = uses.index("name"), uses.index(half)
            rows = (cells for _, cells in sheet.rows[:_LOOKED_AT])
            if not _is_within((cells[part], cells[whole]) for cells in rows):
                uses[whole] = other


def _is_within(pairs: Iterable[tuple[str, str]]) -> bool:
    """True if most of the parts stand in the wholes beside them."""
    found = [part in whole for part, whole in pairs if part and whole]
    return sum(found) * 2 > len(found)


def _with_fields(uses: Sequence[str], filled: Sequence[bool], sheet: Sheet) -> list[str]:
    """Keep other columns as fields, as many as a person can have; what has no cells is left out."""
    room, kept = FIELDS_MAX, []
    for use, has_cells, name in zip(uses, filled, sheet.columns, strict=True):
        is_left_out = _is_label(name) or (use_of(name) == "middle_name" and "first_name" in uses)
        is_field = not use and has_cells and room > 0 and not is_left_out
        room -= is_field
        kept.append("field" if is_field else use)
    return kept


def _is_label(name: str) -> bool:
    """True for columns that only say what another one is, or of which country it is."""
    folded = fold_name(name)
    is_more = bool(re.fullmatch(r"phone\d(value)?", folded))
    return folded.endswith(("label", "type")) or is_more or use_of(name) == "calling_code"


def _share_of_cells(sheet: Sheet, at: int, is_so: Callable[[str], bool]) -> float:
    """How many of the first cells that say something are so, from 0 to 1."""
    looked = [cells[at] for _, cells in sheet.rows[:_LOOKED_AT]]
    said = [cell for cell in looked if cell]
    return sum(is_so(cell) for cell in said) / len(said) if said else 0.0


def _is_like_a_number(cell: str) -> bool:
    """True for what may be a number of some country: no word, id with letters, or date."""
    try:
        written = written_numbers.read_written(_first_word(cell))
    except InputError:
        return False
    return len(written.digits) >= _DIGITS_MIN


def _reads_as_number(cell: str, country: str) -> bool:
    try:
        typed_numbers.read_number(_first_word(cell), country)
    except InputError:
        return False
    return True


def _is_dialled(cell: str) -> bool:
    """True for what begins as people dial it, and ids seldom do."""
    return cell.startswith(("+", "0", "(")) and _is_like_a_number(cell)


def _has_country(cell: str) -> bool:
    """True for a number that stands with its country, which no id and no date does."""
    return cell.startswith("+") and _reads_as_number(cell, "")


def _first_word(cell: str) -> str:
    return next(iter(typed_numbers.split_numbers(cell[:500])), cell)


def _is_wordy(cell: str) -> bool:
    return any(one.isalpha() for one in cell) and "@" not in cell
