"""That sending is stopped, before the scripts of a page run: above all else that is said."""

from datetime import datetime

from markupsafe import Markup
from sqlmodel import Session

from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.messages import server_stopping, stopping
from wasched.services.permissions import Action, may
from wasched.ui.core.page_slots import STOPPED
from wasched.ui.frame.stop_text import StopLine, stop_lines, whole_line


def words(session: Session, user: Caller, now: datetime) -> dict[str, str]:
    """The banner of what is stopped by its place; nothing while nothing is."""
    stops = stopping.list_stops(session, user, now)
    whole = server_stopping.whole_stop(session, user)
    if not stops and whole is None:
        return {}
    known = len(accounts.account_names(session, user))
    first = [whole_line(whole, user.zone, now)] if whole is not None else []
    may_go_on = may(user, Action.STOP)
    told = [*first, *stop_lines(stops, known, user.zone, now, may_go_on=may_go_on)]
    lines = Markup().join(map(_line, told))
    banner = Markup('<div class="mode stopped"><i class="i"></i><div>{}</div></div>')
    return {STOPPED: banner.format(lines)}


def _line(line: StopLine) -> Markup:
    go_on = Markup('<span class="btn later">Go on</span>') if line.may_go_on else ""
    return Markup('<div class="stop"><p>{}</p>{}</div>').format(line.sentence, go_on)
