"""Numbers and moments as browsers send them: in addresses, fields of forms and keys of lines."""

from datetime import date, datetime, time

_LONGEST = 18  # digits; a column of 64 bits holds any number of so many
_YEARS = range(1970, 9999)  # those around them end where a zone or a day is added


def read_number(text: str) -> int | None:
    """The number; None if there is anything but digits, or more of them than a row can hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def read_id(text: str) -> int:
    """The id of a row; 0, which no row has, if it is no number that a row can have."""
    return read_number(text) or 0


def read_day(text: str) -> date | None:
    """The day (ISO 8601); None if it is none of these times."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def read_clock(text: str) -> time | None:
    """The time of day (ISO 8601); None if it is none of a wall clock."""
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        return None
    return clock if clock.tzinfo is None else None


def read_moment(text: str) -> datetime | None:
    """The moment (ISO 8601), aware only if it was sent so; None if it is none of these times."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def read_instant(text: str) -> datetime | None:
    """The moment if it has an offset, else None."""
    moment = read_moment(text)
    return moment if moment is not None and moment.tzinfo is not None else None
