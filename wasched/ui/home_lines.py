"""What Home says, in words and lines, whoever puts it on the page."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.services.views import MessageRow, Overview
from wasched.ui import rows, times
from wasched.ui.needs import Need, needs
from wasched.ui.rows import Day, GoingLine


@dataclass(frozen=True)
class HomeLines:
    """The answers of Home: does it work, what needs me, what goes out now and next."""

    title: str
    works: bool
    summary: str
    needs: list[Need]
    needing: int
    going: list[GoingLine]
    next_days: list[Day]


def home_lines(view: Overview, zone: str, now: datetime) -> HomeLines:
    """The lines in the reader's zone, as of now."""
    waiting = needs(view, zone, now)
    shown = sum(send.count for send in view.needs_me)
    held = rows.held_accounts(view.accounts)
    return HomeLines(
        title=times.today(zone, now),
        works=any(card.state == LinkState.CONNECTED for card in view.accounts),
        summary=_summary(view, zone, now),
        needs=waiting,
        needing=len(waiting) + view.needs_me_count - shown,
        going=[rows.going_line(one, zone, now) for one in view.going],
        next_days=rows.days(view.next_sends, held, zone, now),
    )


def _summary(view: Overview, zone: str, now: datetime) -> str:
    """One sentence about what goes out."""
    coming = (send.row for send in view.next_sends)
    first = next((row for row in coming if row.status == Status.SCHEDULED), None)
    if first is None:
        return "Nothing else is scheduled." if view.going else "Nothing is scheduled."
    if view.due_today:
        more = rows.counted(view.due_today, "goes out today", "go out today")
        return f"{more}, the next at {times.clock(first.due_at, zone)}{_to(first)}."
    return f"Next: {times.when(first.due_at, zone, now)}{_to(first)}."


def _to(row: MessageRow) -> str:
    """To whom it goes; the marks keep a name of another direction from turning the sentence."""
    return f" to \u2068{row.recipient}\u2069"
