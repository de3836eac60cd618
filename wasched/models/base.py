"""Column types and constraints that the tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from wasched.domain.reasons import Reason, dump_reason, load_reason


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; kept in UTC, refused when naive."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database: aware, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class ReasonColumn(TypeDecorator[Reason]):
    """A reason as JSON, nothing for none; a sentence is refused: words are made for a reader."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Reason | None, dialect: Dialect) -> str | None:
        """To the database: what equal reasons have in common."""
        if value is not None and not isinstance(value, Reason):
            raise TypeError("A sentence cannot be stored here: give a Reason.")
        return None if value is None else dump_reason(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Reason | None:
        """From the database."""
        return None if value is None else load_reason(value)


def one_of(column: str, values: type[StrEnum], name: str) -> CheckConstraint:
    """A constraint that lets a column hold only the values of an enumeration."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)
