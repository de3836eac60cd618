"""Home before its scripts: what it has to say stands in the page that the server sends.

A phone on a slow line is busy with the scripts for two seconds. Until they run it shows these
words, in the looks that the page will have; then the page itself takes their place.
"""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup
from sqlmodel import Session

from wasched import self_check
from wasched.services.caller import Caller
from wasched.services.messages import dashboard
from wasched.services.permissions import Action, allowed_to
from wasched.ui.core import routes
from wasched.ui.core.page_slots import HOME_COLUMNS, HOME_SUMMARY
from wasched.ui.core.rows import DayRows, GoingLine, MessageLine
from wasched.ui.frame.needs import Need
from wasched.ui.home.text import HomeLines, home_lines


def home_words(
    session: Session, user: Caller, given: Mapping[str, str], now: datetime
) -> dict[str, str] | None:
    """What stands at the places of Home of a space; None while there are first steps to take."""
    if routes.shows_all(routes.HOME, given):
        return None
    view = dashboard.home_view(session, user, now)
    trouble, notice = self_check.trouble_sentences(session, now)
    if not view.accounts:  # there are first steps to take, and nothing to tell
        return None
    allowed = allowed_to(user)
    lines = home_lines(view, user.zone, now, allowed)
    return _filled(lines, trouble, notice, may_stop=Action.STOP in allowed)


def _filled(lines: HomeLines, trouble: str, notice: str, *, may_stop: bool) -> dict[str, str]:
    works = Markup('<span class="status good"><i class="i"></i>Sending works.</span> ')
    wrong = Markup("<b>{}</b> ").format(trouble) if trouble else Markup()
    summary = works if lines.works and not trouble else wrong
    said, columns = summary + _first(lines) + lines.summary, _columns(lines, may_stop=may_stop)
    return {HOME_SUMMARY: said + (f" {notice}" if notice else ""), HOME_COLUMNS: columns}


def _first(lines: HomeLines) -> Markup:
    if not lines.first:
        return Markup()
    look = "<b>{} </b>" if lines.needing else "<span>{} </span>"
    return Markup(look).format(lines.first)


def _columns(lines: HomeLines, *, may_stop: bool) -> Markup:
    nothing = [Markup('<div class="card empty"><p>Nothing is scheduled.</p></div>')]
    parts = [
        _section("Needs you", "rows", [_need(one) for one in lines.needs]),
        _section("Going out now", "rows", [_going(one, may_stop=may_stop) for one in lines.going]),
        _section("Next", "days-list", [_day(one) for one in lines.next_days] or nothing),
    ]
    stop = Markup('<span class="btn wide only-phone stop-all"><i class="i"></i>{}</span>').format(
        "Stop everything"
    )
    above = stop if may_stop else ""
    return Markup('<div class="two"><div>{}{}</div></div>').format(above, Markup().join(parts))


def _section(title: str, looks: str, parts: list[Markup]) -> Markup:
    if not parts:
        return Markup()
    return Markup(
        '<section class="section"><header><h2>{}</h2></header>'
        '<div class="card {}">{}</div></section>'
    ).format(title, looks, Markup().join(parts))


def _need(need: Need) -> Markup:
    later = Markup('<span class="btn ghost later">Dismiss</span>') if need.key else ""
    if need.asked:
        later = Markup('<span class="btn later"><i class="i"></i>Approve</span>')
    if need.held:
        later = Markup('<span class="btn later">Take back the rest</span>')
    if need.may_go_on:
        later = Markup('<span class="btn later">Go on</span>') + later
    look = "btn primary" if need.kind == "link" else "btn"
    return Markup(
        '<div class="ask-row"><i class="i"></i><div><b>{}</b><p>{}</p></div>'
        '<div class="acts">{}<a class="{}" href="{}">{}</a></div></div>'
    ).format(need.title, need.sentence, later, look, need.href, need.label)


def _going(going: GoingLine, *, may_stop: bool) -> Markup:
    stop = Markup('<span class="btn later">Stop</span>') if may_stop else ""
    bar = Markup('<div class="bar now"><span style="width: {}"></span></div>').format(going.percent)
    return Markup(
        '<div class="progress"><div class="line"><div class="clip">'
        '<a class="strong clip" dir="auto" href="{}">{}</a>'
        '<p class="small muted num">{}</p></div>{}</div>{}</div>'
    ).format(going.href, going.name, going.progress, stop, bar if going.percent else "")


def _day(day: DayRows) -> Markup:
    lines = Markup().join(next_line(one) for one in day.lines)
    return Markup('<div class="rows"><h3 class="daylabel">{}</h3>{}</div>').format(day.label, lines)


def next_line(line: MessageLine, status: Markup | None = None) -> Markup:
    """One send of a day; `status` is how it stands where it is not still to go out."""
    others = Markup("<small>{}</small>").format(line.others) if line.others else ""
    away = line.away if line.status == "scheduled" else status or ""
    return Markup(
        '<a class="send-row" href="{}"><time class="at">{}</time><div class="clip">'
        '<div class="to"><i class="i"></i><bdi class="clip">{}</bdi>{}</div>'
        '<div class="text clip" dir="auto">{}</div></div><span class="end">{}</span></a>'
    ).format(line.href, line.clock, line.recipient, others, line.text, away)
