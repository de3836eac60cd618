"""Finding anything by its name: a few people, groups, lists, schedules and templates at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from wasched.services import schedules
from wasched.services.address_book import lists
from wasched.services.address_book.lists import ListCard
from wasched.services.caller import Caller
from wasched.services.content import templates
from wasched.services.content.templates import TemplateRow
from wasched.services.recipients import recipients
from wasched.services.schedules import ScheduleLine
from wasched.services.views import RecipientHit

FEW = 5
"""How many of each kind are found; whoever looks for more has the page of that kind."""


@dataclass(frozen=True)
class Found:
    """What has the words in its name, or where it goes to; each kind in its own order."""

    people: tuple[RecipientHit, ...] = ()
    lists: tuple[ListCard, ...] = ()
    schedules: tuple[ScheduleLine, ...] = ()  # those that repeat first, then what goes once
    templates: tuple[TemplateRow, ...] = ()


def find_by_name(session: Session, user: Caller, typed: str, now: datetime) -> Found:
    """A few of each kind that the user may see; nothing for no words."""
    if not typed.strip():
        return Found()
    return Found(
        people=tuple(recipients.suggest_recipients(session, user, typed)[:FEW]),
        lists=tuple(lists.suggest_lists(session, user, typed, FEW)),
        schedules=tuple(_schedules(session, user, typed, now)),
        templates=tuple(templates.list_templates(session, user, typed)[:FEW]),
    )


def _schedules(session: Session, user: Caller, typed: str, now: datetime) -> Iterator[ScheduleLine]:
    for which in ("repeating", "once"):
        found = schedules.list_schedules(session, user, now, which=which, search=typed, limit=FEW)
        yield from found.lines
