"""Rows as plain values, alike whichever kind of database they stand in.

JSON is its text in one spelling, an instant is UTC without a zone, a reason is what is stored.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Select,
    Table,
    Text,
    TypeDecorator,
    cast,
    literal,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

Row = tuple[Any, ...]

_AT_ONCE = 500
_PLAIN_JSON = frozenset(("{}", "[]", "null"))
# https://www.postgresql.org/docs/15/datatype-json.html: neither NUL nor half a pair stands in JSONB
_UNKEPT = re.compile(r"\\u(0000|[dD][89a-fA-F])")
_UNKEPT_LETTERS = re.compile("[\0\ud800-\udfff]")


def read_rows(connection: Connection, table: Table, after: Row | None = None) -> Iterator[Row]:
    """A table's rows in the order of its key, those behind a key if one is given."""
    query = _query(table)
    if after is not None:
        query = query.where(_key(table) > tuple_(*_literals(table, after)))
    found = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    rows = chain.from_iterable(map(tuple, part) for part in found.partitions())
    documents = [number for number, one in enumerate(table.c) if isinstance(one.type, JSON)]
    return (_with_canonical_json(row, documents) for row in rows) if documents else rows


def last_key(connection: Connection, table: Table) -> Row | None:
    """The key of the last row in the order of `read_rows`; None if there is no row."""
    ends = [one.desc() for one in table.primary_key]
    found = connection.execute(select(*table.primary_key).order_by(*ends).limit(1)).first()
    return None if found is None else tuple(found)


def key_of(table: Table, row: Row) -> str:
    """How a row is named to a person: the columns of its key with their values."""
    named = {one.name: row[number] for number, one in enumerate(table.c) if one.primary_key}
    return ", ".join(f"{name} {value}" for name, value in named.items())


def binders(table: Table, connection: Connection) -> list[Callable[[Any], Any] | None]:
    """What makes of each plain value what the driver of a connection takes; None: it does."""
    dialect = connection.dialect
    return [plain_type(one.type).dialect_impl(dialect).bind_processor(dialect) for one in table.c]


def plain_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type under what the product makes of it."""
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return Text() if isinstance(kind, JSON) else kind


def canonical_json(text: str) -> str:
    """The one spelling of a JSON text: keys in order, letters as escapes, what all can keep."""
    if text in _PLAIN_JSON:
        return text
    found = json.loads(text, parse_float=_number)
    return json.dumps(_without_unkept(found) if _UNKEPT.search(text) else found, sort_keys=True)


def _query(table: Table) -> Select[Any]:
    return select(*map(_plain_column, table.c)).order_by(*table.primary_key)


def _plain_column(column: Any) -> Any:
    if isinstance(column.type, JSON):
        return cast(column, Text).label(column.name)
    if isinstance(column.type, TypeDecorator):
        return type_coerce(column, plain_type(column.type)).label(column.name)
    return column


def _key(table: Table) -> Any:
    return tuple_(*table.primary_key)


def _literals(table: Table, key: Row) -> list[Any]:
    return [literal(value, one.type) for one, value in zip(table.primary_key, key, strict=True)]


def _with_canonical_json(row: Row, documents: list[int]) -> Row:
    values = list(row)
    for number in documents:
        if values[number] is not None:
            values[number] = canonical_json(values[number])
    return tuple(values)


def _number(text: str) -> float | int:
    """JSONB keeps 1e5 as 100000, and SQLite the text."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _without_unkept(found: Any) -> Any:
    match found:
        case str():
            return _UNKEPT_LETTERS.sub("", found)
        case list():
            return [_without_unkept(one) for one in found]
        case dict():
            return {_without_unkept(k): _without_unkept(v) for k, v in found.items()}
        case _:
            return found
