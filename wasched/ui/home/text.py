"""What Home says, in words and lines, whoever puts it on the page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from wasched.services.permissions import ALL, Action
from wasched.services.views import Dashboard
from wasched.ui.core import rows, times
from wasched.ui.core.rows import DayRows, GoingLine
from wasched.ui.frame.needs import Need, count_needing, list_needs
from wasched.ui.home.what_goes_out import first_sentence, going_out_sentence, is_sending


@dataclass(frozen=True)
class HomeLines:
    """The answers of Home: does it work, what needs me, what goes out now and next."""

    title: str
    works: bool
    first: str
    summary: str
    replies: str
    needs: list[Need]
    needing: int
    going: list[GoingLine]
    next_days: list[DayRows]


def home_lines(
    view: Dashboard, zone: str, now: datetime, allowed: Collection[Action] = ALL
) -> HomeLines:
    """The lines in the reader's zone, as of now, with the buttons for what they may do."""
    needing = count_needing(view.needing, view.accounts) + bool(view.webhooks_off)
    needing += view.is_news_of_replies
    held = rows.held_accounts(view.accounts)
    return HomeLines(
        title=times.today_of(zone, now),
        works=_works(view),
        first=first_sentence(needing, view.accounts, zone, now),
        summary=going_out_sentence(view, zone, now, allowed),
        replies=_replies(view.replies_today),
        needs=list_needs(view, zone, now, allowed),
        needing=needing,
        going=[rows.going_line(one, zone, now) for one in view.going],
        next_days=rows.day_rows(view.next_sends, held, zone, now),
    )


def _replies(count: int) -> str:
    return f"{rows.count_words(count, 'reply', 'replies')} today" if count else ""


def _works(view: Dashboard) -> bool:
    """True if there is an account that sends, and nothing is due today at one that does not."""
    held = [card for card in view.accounts if not is_sending(card)]
    return len(held) < len(view.accounts) and not any(view.due_today[one.id].count for one in held)
