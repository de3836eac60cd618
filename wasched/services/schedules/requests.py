"""What a person asks for, before it is a schedule, and what of it cannot be taken."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain import nudge as nudges
from wasched.domain import wall_clock
from wasched.domain.content import Content
from wasched.domain.content_rules import check_variants
from wasched.domain.errors import InputError
from wasched.domain.nudge import HasNot, Nudge
from wasched.domain.recurrence import Recurrence, parse_rule
from wasched.domain.wall_clock import UnknownZone
from wasched.models import Account, Recipient, RecipientKind, Space
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.files import media
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones, typed_numbers
from wasched.services.recipients import broadcasts, recipients
from wasched.services.schedules import approval, audience, occurrences
from wasched.services.schedules.occurrences import At
from wasched.services.schedules.timing import When

RECIPIENTS_MAX = 5_000
HORIZON = timedelta(days=3653)
LATE_MAX = timedelta(days=365)
GRACE = timedelta(minutes=1)
"""A time chosen this long ago still counts as now: people type slowly."""


@dataclass(frozen=True)
class AudienceRequest:
    """Whom a request goes to.

    `to` mixes recipient ids and typed phone numbers; `lists` are the ids of lists whose members
    it goes to as well, but not to those of the lists `but_not`, unless they are in `to` by
    themselves; `but_not_people` are recipients who get nothing at all. `names` are what people
    behind numbers are called, by the number as it was typed.
    """

    to: tuple[int | str, ...] = ()
    lists: tuple[int, ...] = ()
    but_not: tuple[int, ...] = ()
    but_not_people: tuple[int, ...] = ()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ScheduleRequest:
    """What a person asks for.

    `to`, `lists`, `but_not`, `but_not_people` and `names` are those of AudienceRequest; `day` and
    `clock` are wall time in `zone` (an IANA name), both None for "now"; `late_s` is how many
    seconds late it may go; `exdates` are naive wall-clock times that the rule leaves out; `fold`
    is that of When; `nudge` follows each of its times.
    """

    account_id: int
    to: tuple[int | str, ...]
    contents: tuple[Content, ...]
    day: date | None
    clock: time | None
    zone: str
    rrule: str = ""
    month_end: str = "skip"
    late_s: int = 1800
    respects_quiet_hours: bool = False
    stops_on_reply: bool = False
    names: dict[str, str] = field(default_factory=dict)
    exdates: tuple[datetime, ...] = ()
    lists: tuple[int, ...] = ()
    but_not: tuple[int, ...] = ()
    but_not_people: tuple[int, ...] = ()
    fold: int = 0
    nudge: Nudge | None = None

    def at(self, when: When) -> "ScheduleRequest":
        """The same for another time."""
        return replace(self, **vars(when))

    @property
    def left_out(self) -> tuple[datetime, ...]:
        """The exceptions as wall-clock times of the rule, whatever its time of day was before."""
        if self.clock is None:
            return ()
        clock = self.clock.replace(tzinfo=None)
        return tuple(sorted({datetime.combine(one.date(), clock) for one in self.exdates}))

    @property
    def when(self) -> When:
        """The time alone."""
        return When(
            self.day, self.clock, self.zone, self.rrule, self.month_end, self.exdates, self.fold
        )


@dataclass(frozen=True)
class Start:
    """When a request begins: its wall-clock start, its first occurrence, its rule if it repeats."""

    local: datetime
    first: At
    rule: Recurrence | None = None


@dataclass(frozen=True)
class NamedPeople:
    """Whom a request names.

    `typed` are its numbers (E.164) as they were typed, `known` those that are people already, with
    their ids; `direct` are the ids of those chosen by themselves, `everybody` also of those in
    lists, both in order.
    """

    typed: dict[str, str]
    known: dict[str, int]
    direct: list[int]
    everybody: list[int]


def account_of(session: Session, user: Caller, request: ScheduleRequest) -> Account:
    """The account it goes through; NotFoundError, or InputError if it was removed."""
    account = permissions.fetch_own(session, Account, request.account_id, user, Action.LOOK)
    if account.removed_at is not None:
        raise InputError("account", f"{account.name} was removed. Choose another account.")
    return account


def check_request(
    session: Session, account: Account, request: ScheduleRequest, now: datetime
) -> None:
    """Refuse contents and lateness that cannot be; InputError names the field."""
    check_variants(request.contents)
    media.check_use(session, account.space_id, request.contents, now)
    chosen = [one for one in request.to if isinstance(one, int)]
    broadcasts.check_posts(session, account, chosen, request.contents)
    if not 0 <= request.late_s <= LATE_MAX.total_seconds():
        raise InputError("late", "A message may be up to a year late.")


def check_nudge(
    session: Session,
    account: Account,
    request: ScheduleRequest,
    now: datetime,
    *,
    is_nudge: bool = False,
) -> None:
    """Refuse a nudge that cannot be; InputError says why."""
    if request.nudge is None:
        return
    if is_nudge:
        raise InputError("nudge", "This is a nudge itself, and is followed by none.")
    if request.day is not None and request.clock is not None:
        begins = datetime.combine(request.day, request.clock.replace(tzinfo=None))
    else:
        begins = wall_clock.local(now, wall_clock.zone(request.zone))
    nudges.check_nudge(request.nudge, request.contents, begins)
    keeps = session.get_one(Space, account.space_id).keeps_replies_days
    if request.nudge.who is HasNot.REPLIED and not keeps:
        raise InputError(
            "nudge", "Replies are not kept here, so nobody can tell who has not replied."
        )


def request_start(request: ScheduleRequest, now: datetime) -> Start:
    """When it begins; InputError when that is over, too far ahead or never."""
    try:
        where = wall_clock.zone(request.zone)
    except UnknownZone as fault:
        raise InputError("zone", str(fault)) from None
    if request.day is None and request.clock is None:
        here = wall_clock.local(now, where)
        return Start(here, (now, here))
    if request.day is None or request.clock is None:
        raise InputError("when", "Choose a date and a time.")
    local = datetime.combine(request.day, request.clock.replace(tzinfo=None))
    if request.rrule:
        return _start_of_rule(request, local, now)
    first = wall_clock.instant(local, where, request.fold)
    if first < now - GRACE:
        first = wall_clock.coming_instant(local, where, now)
    if first < now - GRACE:
        sentence = f"{local.day} {local:%B}, {local:%H:%M} is over. Choose a later time."
        raise InputError("when", sentence)
    if first > now + HORIZON:
        raise InputError("when", "A message can be scheduled up to ten years ahead.")
    return Start(local, (first, local))


def numbers(request: ScheduleRequest) -> dict[str, str]:
    """The numbers typed, in E.164, each with the text it was typed as; one form of each."""
    found: dict[str, str] = {}
    for typed in request.to:
        if isinstance(typed, str):
            number = typed_numbers.read_number(typed)
            if not any(form in found for form in phones.number_variants(number)):
                found[number] = typed
    return found


def known_numbers(session: Session, space_id: int, request: ScheduleRequest) -> dict[str, int]:
    """Which of the numbers typed are people already, under any form of it, with their ids."""
    number_of = {
        form: number for number in numbers(request) for form in phones.number_variants(number)
    }
    if not number_of:
        return {}
    rows = session.execute(
        select(col(Recipient.phone), Recipient.id).where(
            Recipient.space_id == space_id, col(Recipient.phone).in_(number_of)
        )
    )
    return {number_of[row[0]]: row[1] for row in rows}


def new_people(
    session: Session, space_id: int, request: ScheduleRequest, now: datetime
) -> list[Recipient]:
    """The people that numbers become once the request is saved; in no session yet."""
    there = known_numbers(session, space_id, request)
    return [
        Recipient(
            space_id=space_id,
            kind=RecipientKind.PERSON,
            phone=phone,
            name=request.names.get(typed, "")
            or recipients.name_on_a_phone(session, space_id, phones.number_variants(phone)),
            created_at=now,
        )
        for phone, typed in numbers(request).items()
        if phone not in there
    ]


def named_people(session: Session, space_id: int, request: ScheduleRequest) -> NamedPeople:
    """Whom a request names; InputError if somebody or a list is gone, or a number is none."""
    ids = {one for one in request.to if isinstance(one, int)}
    _require_there(session, space_id, ids)
    typed, known = numbers(request), known_numbers(session, space_id, request)
    direct = sorted((ids | set(known.values())) - set(request.but_not_people))
    if not request.lists:
        return NamedPeople(typed, known, direct, direct)
    listed = audience.people_of_lists(
        session, space_id, request.lists, request.but_not, request.but_not_people
    )
    return NamedPeople(typed, known, direct, sorted({*direct, *listed}))


def _require_there(session: Session, space_id: int, ids: set[int]) -> None:
    """InputError if one of these recipients is gone."""
    if not ids:
        return
    mine = Recipient.space_id == space_id, col(Recipient.id).in_(ids)
    if session.scalar(select(func.count()).where(*mine)) != len(ids):
        raise InputError("to", "One of the recipients is gone. Choose again.")


def count_recipients(request: ScheduleRequest, ids: list[int], unknown: int) -> int:
    """How many recipients there are; InputError for none or too many."""
    if not request.to and not request.lists:
        raise InputError("to", "Say whom it goes to.")
    total = len(ids) + unknown
    if not total:
        raise InputError("to", "Nobody is left of those you chose. Choose somebody.")
    if total > RECIPIENTS_MAX:
        raise InputError(
            "to", f"{total:,} recipients; one schedule may have {RECIPIENTS_MAX:,}. Split them."
        )
    return total


def recipients_of(session: Session, space_id: int, request: ScheduleRequest) -> list[int]:
    """Everybody it goes to who exists already; InputError if somebody or a list is gone."""
    return named_people(session, space_id, request).everybody


def recipient_ids(
    session: Session, user: Caller, request: ScheduleRequest, now: datetime
) -> list[int]:
    """Those chosen by themselves; people are made of numbers that are new."""
    space_id, named = user.space_id, []
    found = named_people(session, space_id, request)
    count_recipients(request, found.everybody, len(found.typed) - len(found.known))
    ids = list(found.direct)
    for number, words in found.typed.items():
        name = request.names.get(words, "")
        if number in found.known and not name:
            continue
        row = recipients.person_with_number(session, space_id, number, now, name)
        assert row.id is not None
        if number not in found.known:  # whoever is has only been given the name that was missing
            ids.append(row.id)
        else:
            named.append(row.id)
    if named:
        approval.ask_for_people(session, user, named, now)
    return sorted(ids)


def _start_of_rule(request: ScheduleRequest, local: datetime, now: datetime) -> Start:
    rule = parse_rule(request.rrule, local, request.zone, request.left_out, request.month_end)
    first = occurrences.first_occurrence(rule, now - GRACE)
    if first is None:
        raise InputError("when", "This never happens. Change the days or the end.")
    return Start(local, first, rule)
