"""Whom a schedule goes to, by the names of its lists: nobody knows a choir by one of its people."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from wasched.domain import wording
from wasched.domain.collation import sort_key
from wasched.models import RecipientList, ScheduleList, ScheduleRecipient

_NAMED = 3
"""How many lists are named; of the others it says how many there are."""


@dataclass(frozen=True)
class Lists:
    """The lists of a schedule in words, and how many it goes to by themselves beside them."""

    name: str
    beside: int = 0


def lists_of(session: Session, schedule_ids: Collection[int]) -> dict[int, Lists]:
    """The lists of those among these schedules that go to lists."""
    names: dict[int, list[str]] = {}
    given = {"ids": list(schedule_ids)}
    for schedule_id, name in session.connection().execute(_LISTS, given):
        names.setdefault(schedule_id, []).append(name)
    if not names:
        return {}
    beside = dict(session.connection().execute(_BESIDE, {"ids": list(names)}).all())
    return {one: Lists(_joined(found), beside.get(one, 0)) for one, found in names.items()}


_OF_THESE: Any = bindparam("ids", expanding=True)
# Written once: to write a statement takes longer than to run it.
_LISTS = (
    select(col(ScheduleList.schedule_id), col(RecipientList.name))
    .join(RecipientList, col(RecipientList.id) == ScheduleList.list_id)
    .where(col(ScheduleList.schedule_id).in_(_OF_THESE), col(ScheduleList.is_out).is_(False))
)
_BESIDE = (
    select(col(ScheduleRecipient.schedule_id), func.count())
    .where(
        col(ScheduleRecipient.schedule_id).in_(_OF_THESE),
        col(ScheduleRecipient.is_direct).is_(True),
    )
    .group_by(col(ScheduleRecipient.schedule_id))
)


def _joined(names: list[str]) -> str:
    known = sorted(names, key=sort_key)
    more = len(known) - _NAMED
    rest = [f"{more} more lists" if more > 1 else "1 more list"] if more > 0 else []
    return wording.join_words([*known[:_NAMED], *rest])
