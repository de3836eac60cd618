"""Where in a row of a file is what: names and numbers may lie in several columns."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

import phonenumbers

from wasched.domain import day_cells
from wasched.domain.visible import clean_name, clean_text
from wasched.services.address_book.imports.column_names import fold_name, use_of
from wasched.services.address_book.imports.phone_labels import Kind, kind_of
from wasched.services.address_book.imports.workbook_cells import is_formula_error
from wasched.services.phone_numbers import phones
from wasched.services.phone_numbers.typed_numbers import split_numbers

_ELSE_NAMES = ("organisation", "nickname")
"""What somebody is called who has no name; their columns are fields, too."""

_EAST_ASIAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]+")


class ColumnLayout:
    """The cells of a row by what their columns are; `orders` are those of columns of days.

    `first` is the column of the sheet that the first of them is, from 0.
    """

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Sequence[str],
        orders: Mapping[int, str],
        first: int = 0,
    ) -> None:
        self._orders, self._first = orders, first
        self._said = [at for at, use in enumerate(mapping) if use and use != "phone"]
        self._at = {use: at for at, use in reversed([*enumerate(mapping)])}
        self._fields = [
            (columns[at], at) for at, use in enumerate(mapping) if use in ("field", "date")
        ]
        self._beside = {
            use_of(name): at
            for at, name in reversed([*enumerate(columns)])
            if mapping[at] in ("", "field", "date")
        }
        self._middle = self._beside.get("middle_name")
        if self._middle is not None and mapping[self._middle] == "field":
            self._middle = None
        numbers = [at for at, use in enumerate(mapping) if use == "phone"]
        self._numbers = [(at, kind_of(columns[at]), _label_of(columns, at)) for at in numbers]

    def cell(self, cells: Sequence[str], use: str) -> str:
        """What a row says there, empty if no column is that."""
        return _said_at(cells, self._at.get(use))

    def first_name(self, cells: Sequence[str]) -> str:
        """The first name with the ones that follow it."""
        return f"{self.cell(cells, 'first_name')} {_said_at(cells, self._middle)}".strip()

    def name(self, cells: Sequence[str]) -> str:
        """The whole name, in one column or in several; else what else somebody is called."""
        parts = _join_name(self.first_name(cells), self.cell(cells, "last_name"))
        name = clean_name(self.cell(cells, "name") or parts)
        others = (clean_name(_said_at(cells, self._beside.get(use))) for use in _ELSE_NAMES)
        return name or next(filter(None, others), "")

    def fields(self, cells: Sequence[str]) -> dict[str, str]:
        """The columns that are kept under their own names, as far as they say something."""
        said = ((name, self._field(clean_text(cells[at]), at)) for name, at in self._fields)
        return {name: value for name, value in said if value}

    def _field(self, cell: str, at: int) -> str:
        """A cell as it stands; one of a column of days as ISO 8601, if it is one."""
        order = self._orders.get(at, "")
        return (day_cells.iso_day(cell, order) if order else "") or cell

    def numbers(self, cells: Sequence[str]) -> list[tuple[Kind, str]]:
        """The cells with numbers and what their labels say, or else their columns' names."""
        code = re.sub(r"^00|\D", "", _said_at(cells, self._beside.get("calling_code")))
        return [
            (_kind_of(named, _said_at(cells, label)), _with_code(code, _said_at(cells, at)))
            for at, named, label in self._numbers
        ]

    def typed(self, cells: Sequence[str]) -> tuple[str, str]:
        """The first number as it stands in the row, and its column as spreadsheets name it: B."""
        said = ((_said_at(cells, at), self._letters(at)) for at, _, _ in self._numbers)
        return next((one for one in said if one[0]), ("", ""))

    def broken(self, cells: Sequence[str]) -> tuple[str, str]:
        """The first of the other cells whose formula has failed, and its column; empty if none."""
        found = (at for at in self._said if is_formula_error(cells[at]))
        return next(((cells[at], self._letters(at)) for at in found), ("", ""))

    def country(self, cells: Sequence[str], otherwise: str) -> str:
        """The country of a row's numbers (ISO 3166): by its own column, if there is one."""
        code = _said_at(cells, self._beside.get("calling_code"))
        return (
            _country_of(code)
            or _country_of(_said_at(cells, self._beside.get("country")))
            or otherwise
        )

    def _letters(self, at: int) -> str:
        return _column_letters(self._first + at)


def _column_letters(at: int) -> str:
    """A column as spreadsheets name it: A, B, …, Z, AA."""
    before, last = divmod(at, 26)
    return (_column_letters(before - 1) if before else "") + chr(ord("A") + last)


def _join_name(first: str, last: str) -> str:
    """A whole name; in Chinese and Korean letters the family's comes first, without a space."""
    return last + first if _EAST_ASIAN.fullmatch(last + first) and last else f"{first} {last}"


def _said_at(cells: Sequence[str], at: int | None) -> str:
    return "" if at is None else clean_text(cells[at]).strip()


def _with_code(code: str, cell: str) -> str:
    """A number with the code of its country from the column beside it, if it has none itself."""
    has_one = cell.startswith(("+", "00", code)) or not cell[:1].isdigit()
    is_alone = len(split_numbers(cell)) == 1
    return f"+{code} {cell}" if code and not has_one and is_alone else cell


def _label_of(columns: Sequence[str], at: int) -> int | None:
    """The column that says what a number is: "Phone 1 - Type" beside "Phone 1 - Value"."""
    base = fold_name(columns[at]).removesuffix("value")
    labels = (f"{base}label", f"{base}type")
    return next((other for other, name in enumerate(columns) if fold_name(name) in labels), None)


def _kind_of(named: Kind, label: str) -> Kind:
    """By the label; a column called Fax was made the number's by somebody who knows."""
    said = kind_of(label)
    if said is not Kind.OTHER or named is Kind.NO_PHONE:
        return said
    return named


def _country_of(said: str) -> str:
    """The country (ISO 3166) of +49, 0049, DE or Germany; empty if it is none."""
    digits = said.strip("+() ").removeprefix("00")
    if digits.isdecimal() and len(digits) <= 3:
        region = str(phonenumbers.region_code_for_country_code(int(digits)))
        return "" if region in ("ZZ", "001") else region
    return _by_name().get(said.strip().casefold(), "")


@cache
def _by_name() -> dict[str, str]:
    found = {
        name.rpartition(" (+")[0].casefold(): code for code, name in phones.calling_countries()
    }
    return found | {code.casefold(): code for code, _ in phones.calling_countries()}
