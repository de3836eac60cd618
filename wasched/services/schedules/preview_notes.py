"""Whom a request reaches, and what there is to know about it before it is saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import takewhile

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from wasched.domain import recurrence, wall_clock
from wasched.domain.link import LinkState
from wasched.domain.pacing import caps_at
from wasched.domain.quiet_hours import quiet_until
from wasched.domain.recurrence import Recurrence
from wasched.domain.warm_up import DAYS, Caps
from wasched.domain.wording import WEEKDAYS, day_and_month, join_words, span_words, spans
from wasched.models import Account, Acquaintance, Recipient, RecipientKind
from wasched.services import permissions
from wasched.services.accounts.todays_use import pace_today
from wasched.services.caller import Caller
from wasched.services.content import rendering
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones
from wasched.services.recipients import broadcasts, number_checks, recipients
from wasched.services.schedules import pace_choices, requests, risks
from wasched.services.schedules.estimate import Estimate
from wasched.services.schedules.requests import ScheduleRequest, Start
from wasched.services.server_stop import is_server_stopped

DAYS_NAMED = 6
"""How many days left out a sentence names."""

NAMED = 3
"""How many people a sentence names."""


@dataclass(frozen=True)
class PreviewNote:
    """Something to know before saving; `kind` chooses icon and colour."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class Audience:
    """How many people there are, how many want nothing, how many were never written to."""

    total: int
    opted_out: int
    strangers: int
    ids: list[int]

    @property
    def reached(self) -> int:
        """How many will be written to."""
        return self.total - self.opted_out


def audience_of(session: Session, account: Account, request: ScheduleRequest) -> Audience:
    """Whom a request reaches; InputError for nobody, too many, or a number that is none."""
    found = requests.named_people(session, account.space_id, request)
    ids, unknown = found.everybody, len(found.typed) - len(found.known)
    total = requests.count_recipients(request, ids, unknown)
    opted_out = session.scalar(
        select(func.count()).where(
            col(Recipient.id).in_(ids), col(Recipient.opted_out_at).is_not(None)
        )
    )
    met = select(col(Acquaintance.recipient_id)).where(col(Acquaintance.account_id) == account.id)
    strangers = session.scalar(
        select(func.count()).where(
            col(Recipient.id).in_(ids),
            col(Recipient.opted_out_at).is_(None),
            col(Recipient.id).not_in(met),
        )
    )
    return Audience(total, opted_out or 0, (strangers or 0) + unknown, ids)


def days_over(
    request: ScheduleRequest, start: Start, done_at: datetime | None, account: Account
) -> int:
    """Over how many days of the account's zone the first time is spread."""
    if done_at is None:
        return 1
    where, begins = wall_clock.zone(account.zone), start.first[0]
    if request.respects_quiet_hours:
        begins = quiet_until(begins, account.quiet_from, account.quiet_to, where) or begins
    first, last = wall_clock.local(begins, where), wall_clock.local(done_at, where)
    return (last.date() - first.date()).days + 1


def preview_notes(
    session: Session,
    user: Caller,
    account: Account,
    request: ScheduleRequest,
    start: Start,
    audience: Audience,
    ahead: Estimate,
    now: datetime,
) -> list[PreviewNote]:
    """What there is to know, the account's state first."""
    caps = _caps_at_first(session, account, start, now)
    found = [
        *_about_approval(user),
        *about_account(session, account, is_now=request.day is None),
        *_about_people(account, audience, caps),
        *_about_risks(session, account, request, audience, caps),
        *_about_groups(session, account, audience),
        *_about_posts(session, request),
        *_about_numbers(session, account, request, audience),
        *_about_time(account, request, start, audience, ahead),
    ]
    new = requests.new_people(session, account.space_id, request, now)
    for problem in rendering.check_variables(session, user, request.contents, audience.ids, new):
        found.append(PreviewNote("variables", problem.sentence))
    return found


def _about_approval(user: Caller) -> list[PreviewNote]:
    if permissions.may(user, Action.APPROVE):
        return []
    said = "An editor or manager has to approve it before it goes out."
    return [PreviewNote("approval", said)]


def left_out(rule: Recurrence, now: datetime, own_days: Collection[date] = ()) -> list[PreviewNote]:
    """Which times fall out by the exceptions of a rule, and where one changes nothing.

    `own_days` are those of dates that were changed alone, which are no exceptions to people.
    """
    today = wall_clock.local(now, wall_clock.zone(rule.zone)).date()
    days = sorted({one.date() for one in rule.exdates if one.date() >= today} - set(own_days))
    hit = _hit_days(rule, days)
    found = [PreviewNote("left_out", f"It leaves out {_days_words(hit, today)}.")] if hit else []
    for first, last in spans(days):
        if not any(first <= day <= last for day in hit):
            on = "on" if first == last else "from"
            said = f"It does not go out {on} {span_words((first, last))} anyway."
            found.append(PreviewNote("left_out", said))
    return [*found, *_on_their_own(sorted(day for day in own_days if day >= today), today)]


def _on_their_own(days: Sequence[date], today: date) -> list[PreviewNote]:
    """Dates of the series that an edit of all of it does not touch."""
    if not days:
        return []
    keeps = "keeps its own words and time" if len(days) == 1 else "keep their own words and times"
    was = "it was" if len(days) == 1 else "they were"
    return [PreviewNote("own_date", f"{_days_words(days, today)} {keeps}: {was} changed alone.")]


def _hit_days(rule: Recurrence, days: Sequence[date]) -> list[date]:
    """Those of some days, the earliest first, on which it would go out."""
    if not days:
        return []
    every = recurrence.wall_times(replace(rule, exdates=()), datetime.combine(days[0], time()))
    until = takewhile(lambda one: one.date() <= days[-1], every)
    return sorted({one.date() for one in until} & set(days))


def _days_words(found: Sequence[date], today: date) -> str:
    """Days by their weekday; of many only the first and the last."""
    named = [f"{WEEKDAYS[day.weekday()][:3]} {day_and_month(day, today)}" for day in found]
    if len(named) <= DAYS_NAMED:
        return join_words(named)
    return f"{len(named)} times, from {named[0]} to {named[-1]}"


def about_account(session: Session, account: Account, *, is_now: bool) -> list[PreviewNote]:
    """What keeps an account from sending; what mends itself counts for what goes at once."""
    if is_server_stopped(session):
        sentence = "The whole server is stopped. It goes out once the server goes on."
        return [PreviewNote("paused", sentence)]
    if account.paused_at is not None:
        sentence = f"{account.name} is stopped. It goes out once the account goes on."
        return [PreviewNote("paused", sentence)]
    if LinkState(account.state).needs_a_person:
        sentence = f"{account.name} is not linked. It goes out once it is."
        return [PreviewNote("not_linked", sentence)]
    if is_now and account.state != LinkState.CONNECTED:
        sentence = f"{account.name} has no connection to WhatsApp. It goes out once that is back."
        return [PreviewNote("no_line", sentence)]
    return []


def _caps_at_first(session: Session, account: Account, start: Start, now: datetime) -> Caps:
    """The most that goes out on the day of the first time."""
    pace, _use = pace_today(session, account, now)
    return caps_at(pace, max(start.first[0], now), wall_clock.zone(account.zone))


def _about_people(account: Account, audience: Audience, caps: Caps) -> list[PreviewNote]:
    found = []
    if audience.opted_out:
        who = "1 person has" if audience.opted_out == 1 else f"{audience.opted_out:,} people have"
        found.append(PreviewNote("opted_out", f"{who} asked for no more messages and gets none."))
    warms_up = f"day {caps.day} of {DAYS} of its number's warm-up, and more each day"
    if caps.day and audience.reached > caps.messages:
        sentence = f"{account.name} sends at most {caps.messages:,} messages on {warms_up}."
        found.append(PreviewNote("warm_up", sentence))
    if audience.strangers > caps.strangers:
        new = f"{caps.strangers:,} new people"
        each = f"on {warms_up}" if caps.strangers < account.stranger_cap else "a day"
        found.append(
            PreviewNote(
                "strangers",
                f"{account.name} has never written to {audience.strangers:,} of them; it writes "
                f"to at most {new} {each}.",
            )
        )
    return found


def _about_risks(
    session: Session, account: Account, request: ScheduleRequest, audience: Audience, caps: Caps
) -> list[PreviewNote]:
    """What WhatsApp restricts numbers for."""
    first_day = min(audience.reached, caps.messages)
    found = risks.risk_sentences(
        session, account, request, audience.reached, audience.strangers, first_day
    )
    return [PreviewNote(kind, sentence) for kind, sentence in found]


def _about_groups(session: Session, account: Account, audience: Audience) -> list[PreviewNote]:
    """Where the account may not write, which WhatsApp would refuse once it is due."""
    rows = session.scalars(
        select(Recipient)
        .where(
            Recipient.kind == RecipientKind.GROUP,
            col(Recipient.id).in_(audience.ids),
            or_(col(Recipient.left_at).is_not(None), col(Recipient.may_write).is_(False)),
        )
        .order_by(col(Recipient.sort_key))
        .limit(NAMED)
    )
    left = "{} is no longer in {}, so nothing arrives there."
    closed = "Only admins write in {1}, and {0} is none, so nothing arrives there."
    return [
        PreviewNote(
            "group",
            (left if row.left_at else closed).format(account.name, recipients.recipient_title(row)),
        )
        for row in rows
    ]


def _about_posts(session: Session, request: ScheduleRequest) -> list[PreviewNote]:
    """Who sees what is posted as a status or to a channel."""
    chosen = [one for one in request.to if isinstance(one, int)]
    sees = "Of the contacts in the phone's address book those see it whom its settings let see it"
    return [
        PreviewNote("status", f"{sees}, for 24 hours.")
        if row.kind == RecipientKind.STATUS
        else PreviewNote("channel", f"Everybody who looks at the channel {row.name} sees it.")
        for row in broadcasts.among(session, chosen)
    ]


def _about_numbers(
    session: Session, account: Account, request: ScheduleRequest, audience: Audience
) -> list[PreviewNote]:
    """Who is not on WhatsApp, and who is under another form of their number."""
    found = []
    waiting = number_checks.count_unsettled(session, account.space_id, audience.ids)
    if waiting and account.state == LinkState.CONNECTED:
        many = "1 number is" if waiting == 1 else f"{waiting:,} numbers are"
        sentence = f"{many} being looked up on WhatsApp; who is not there shows here."
        found.append(PreviewNote("looking_up", sentence))
    told = number_checks.known_checks(
        session, account.space_id, audience.ids, requests.numbers(request)
    ).values()
    absent = [one.phone for one in told if one.on_whatsapp is False]
    if absent:
        names = _names_words(session, account.space_id, absent)
        are = "is" if len(absent) == 1 else "are"
        sentence = f"{names} {are} not on WhatsApp. Check the number{'s'[: len(absent) > 1]}."
        found.append(PreviewNote("not_on_whatsapp", sentence))
    for one in [one for one in told if one.on_whatsapp and one.other_form][:NAMED]:
        typed, real = phones.pretty_number(one.phone), phones.pretty_number(one.other_form)
        found.append(PreviewNote("other_form", f"{typed} is on WhatsApp as {real}. It goes there."))
    return found


def _names_words(session: Session, space_id: int, numbers: list[str]) -> str:
    """Names for numbers: the first few, and how many more."""
    rows = session.scalars(
        select(Recipient).where(
            Recipient.space_id == space_id, col(Recipient.phone).in_(numbers[:NAMED])
        )
    )
    called = {row.phone: recipients.recipient_title(row) for row in rows}
    names = [called.get(one) or phones.pretty_number(one) for one in numbers[:NAMED]]
    if len(numbers) > NAMED:
        return f"{', '.join(names)} and {len(numbers) - NAMED:,} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _about_time(
    account: Account,
    request: ScheduleRequest,
    start: Start,
    audience: Audience,
    ahead: Estimate,
) -> list[PreviewNote]:
    done_at = ahead.last_at
    if not audience.reached:
        return [PreviewNote("opted_out", "Nobody is left to write to.")]
    if done_at is None:
        sentence = "At this pace it never gets through. Raise the limits of the account."
        return [PreviewNote("spread", sentence)]
    found = _about_quiet_hours(account, request, start)
    days = days_over(request, start, done_at, account)
    if days > 1:
        sentence = f"It takes {days} days, by the limits of {account.name}."
        found.append(PreviewNote("spread", sentence))
    if too_late := pace_choices.spread_of(start, audience.reached, ahead, days):
        found.append(PreviewNote("late", too_late.sentence))
    return found


def _about_quiet_hours(
    account: Account, request: ScheduleRequest, start: Start
) -> list[PreviewNote]:
    """What becomes of a message whose time is in the account's quiet hours."""
    where, at = wall_clock.zone(account.zone), start.first[0]
    until = quiet_until(at, account.quiet_from, account.quiet_to, where)
    if until is None:
        return []
    told = f"{account.name} has quiet hours then, until {wall_clock.local(until, where):%H:%M}."
    if request.respects_quiet_hours:
        return [PreviewNote("quiet", f"{told} It waits for their end.")]
    return [
        PreviewNote("quiet", f"{told} It goes out all the same, as you have not asked it to wait.")
    ]
