"""Lists of those who have not voted, replied, read or got a send."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.domain.nudge import HasNot
from wasched.models import RecipientList, Schedule
from wasched.services import permissions
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.unanswered.people import SendKey, count_who_has_not, who_has_not

_NAMES = {
    HasNot.VOTED: "Not voted",
    HasNot.REPLIED: "Not replied",
    HasNot.READ: "Not read",
    HasNot.DELIVERED: "Not delivered",
}


@dataclass(frozen=True)
class MadeList:
    """A list that was made, and how many are in it."""

    id: int
    name: str
    size: int


def make_list_of(
    session: Session, user: Caller, send: SendKey, who: HasNot, now: datetime
) -> MadeList:
    """Make a list of who has not, as it is now; InputError if that is nobody."""
    made = permissions.fetch_own(session, Schedule, send[0], user, Action.WRITE)
    if not count_who_has_not(session, user, send, who):
        raise InputError("", "There is nobody left to make a list of.")
    name = _free_name(session, user, f"{_NAMES[who]}, {_day_of(made, send[1])}")
    list_id = lists.add_list(session, user, name, now)
    return MadeList(
        list_id, name, lists.put_in(session, user, list_id, who_has_not(user, send, who), now)
    )


def _day_of(made: Schedule, due_at: datetime) -> str:
    there = wall_clock.local(due_at, wall_clock.zone(made.zone))
    return f"{there.day} {there:%B %Y, %H:%M}"


def _free_name(session: Session, user: Caller, wanted: str) -> str:
    """The name, with a number behind it where it is taken."""
    taken = set(
        session.scalars(
            select(col(RecipientList.name)).where(
                col(RecipientList.space_id) == user.space_id,
                col(RecipientList.name).startswith(wanted, autoescape=True),
            )
        )
    )
    names = (wanted, *(f"{wanted} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)
