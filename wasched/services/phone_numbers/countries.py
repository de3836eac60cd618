"""Which country a time zone is in, by the tables of the time zone database."""

from functools import cache
from importlib.resources import files


def country_of_zone(zone: str) -> str:
    """The ISO 3166 code of an IANA zone's country; empty for UTC and the like.

    Older names (Asia/Calcutta) count as the zones that they lead to.
    """
    return _countries().get(zone) or _countries().get(_links().get(zone, ""), "")


@cache
def _countries() -> dict[str, str]:
    """By zone, of zone.tab: code, coordinates, zone, comments."""
    lines = (line.split("\t") for line in _lines("zone.tab") if not line.startswith("#"))
    return {line[2]: line[0] for line in lines}


@cache
def _links() -> dict[str, str]:
    """The zone that each other name leads to, of tzdata.zi: L target name."""
    lines = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {name: target for _, target, name in lines}


def _lines(table: str) -> list[str]:
    return (files("tzdata") / "zoneinfo" / table).read_text(encoding="utf-8").splitlines()
