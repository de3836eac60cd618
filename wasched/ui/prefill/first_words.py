"""What pages say before their scripts run: the first screen of it, for who asks.

The server puts it into the page that it sends (api/filled_page.py); once the scripts run, the page
itself takes its place. The words come from the same functions as the page's own. A page that has
nothing to say, or whose words cannot be had, shows its bones.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from markupsafe import Markup
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import WaschedError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.services.identity import users
from wasched.ui.compose.draft_text import Chip, UnfinishedLine, unfinished_line
from wasched.ui.compose.recipients_state import newest_recipients
from wasched.ui.core import routes
from wasched.ui.core.page_slots import OFFERED, UNFINISHED
from wasched.ui.prefill import first_home, first_lists, first_stop

Given = Mapping[str, str]
"""What an address says after its path."""

_BEGUN = ("draft", "schedule", "to", "list")
"""What an address names where the page does not begin with an empty form."""


def page_fillings(path: str, token: str, given: Given) -> dict[str, str] | None:
    """HTML by the mark in whose place it goes, for the session's person; None if there is none."""

    def fill(session: Session, now: datetime) -> dict[str, str] | None:
        wished = read_id(given.get(routes.SPACE, ""))
        user = users.who_is(session, token, now, wished)
        if user is None:
            return None
        stop = first_stop.words(session, user, now)
        try:
            return {**stop, **(PAGES[path](session, user, given, now) or {})} or None
        except WaschedError:  # what the address asks for cannot be had: the page says why
            return stop or None

    return bootstrap.answer(fill)


def _compose(session: Session, user: Caller, given: Given, now: datetime) -> dict[str, str] | None:
    if any(given.get(name) for name in _BEGUN):
        return None
    drafts = [
        unfinished_line(one, user.zone, now) for one in kept_drafts.list_drafts(session, user)
    ]
    filled = {UNFINISHED: _unfinished(drafts), OFFERED: _offered(newest_recipients(session, user))}
    return {mark: words for mark, words in filled.items() if words}


def _unfinished(drafts: list[UnfinishedLine]) -> Markup:
    if not drafts:
        return Markup()
    rest = Markup()
    if more := len(drafts) - 1:
        rest = Markup('<details><summary class="link">{} more unfinished</summary></details>')
        rest = rest.format(more)
    card = Markup('<section class="card rows unfinished">{}{}</section>')
    return card.format(_draft(drafts[0]), rest)


def _offered(chips: list[Chip]) -> Markup:
    offers = Markup().join(map(_offer, chips))
    return Markup('<div class="card rows offers">{}</div>').format(offers) if chips else Markup()


def _offer(chip: Chip) -> Markup:
    about = "asked for no more messages" if chip.opted_out else chip.detail
    return Markup(
        '<span class="offer"><i class="i"></i><bdi class="clip strong">{}</bdi>'
        '<span class="small muted num">{}</span></span>'
    ).format(chip.name, about)


def _draft(line: UnfinishedLine) -> Markup:
    return Markup(
        '<div class="ask-row"><div class="clip"><b>{}</b><p class="clip"><bdi>{}</bdi></p>'
        '<p class="clip muted"><bdi>{}</bdi></p></div><div class="acts">'
        '<span class="btn ghost later">Throw away</span>'
        '<span class="btn ghost later">Begin anew</span>'
        '<a class="btn" href="{}">Go on</a></div></div>'
    ).format(line.since, line.to_whom, line.words, line.href)


PAGES: dict[str, Callable[[Session, Caller, Given, datetime], dict[str, str] | None]] = {
    routes.HOME: first_home.home_words,
    routes.COMPOSE: _compose,
    routes.MESSAGES: first_lists.message_words,
    routes.CALENDAR: first_lists.calendar_words,
}
"""The pages that have something to say at once."""
