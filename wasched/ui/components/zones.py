"""The list of time zones that a zone field offers."""

import reflex as rx

from wasched.domain import wall_clock

ZONES_ID = "zones"


@rx.memo
def zone_list() -> rx.Component:
    """Every zone with a place's name; the field keeps what was typed all the same."""
    places = sorted(name for name in wall_clock.zone_names() if _is_place(name))
    return rx.el.datalist(*[rx.el.option(value=name) for name in places], id=ZONES_ID)


def _is_place(name: str) -> bool:
    area, _, place = name.partition("/")
    return name == "UTC" or (bool(place) and area not in ("Etc", "SystemV", "posix", "right"))
