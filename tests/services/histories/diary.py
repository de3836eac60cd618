"""What ought to go out, by its own reading of days and clocks: the judge of random histories.

Nothing of the product is imported here. Every plan goes out on its days at an hour of its zone;
people decide about it at twenty past the hour, so an instant is never in question.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATE = timedelta(minutes=30)
DAY = timedelta(days=1)
_DAYS_AHEAD = 90

Had = tuple[str, date]
"""Somebody who had the message of a day ahead of its time."""

Waiting = tuple[datetime, set[str]]
"""Those for whom one waits that was to go at an instant."""


@dataclass
class Plan:
    """One schedule: its days from `anchor` on, its hour, and whom it goes to."""

    said: str
    direct: set[str]
    to_list: bool
    anchor: date
    hour: int
    zone: str
    weekdays: frozenset[int] = frozenset(range(7))
    every: int = 1
    count: int | None = None
    until: date | None = None
    repeats: bool = True
    out: set[date] = field(default_factory=set)
    had: set[Had] = field(default_factory=set)
    over: set[date] = field(default_factory=set)  # went out ahead of its time, for everybody
    status: str = "active"
    seen: datetime = datetime(1970, 1, 1, tzinfo=UTC)  # up to then all is settled
    may_hold: bool = True  # a pause holds back the one that is laid out, and none after it
    instead_of: date | None = None  # the day of its series that it is
    held: list[Waiting] = field(default_factory=list)
    due: list[Waiting] = field(default_factory=list)
    is_approved: bool = True
    unapproved: list[Waiting] = field(default_factory=list)  # came, and may go once it is approved

    def at(self, day: date) -> datetime:
        """The instant on a day: a time that does not exist is later by the gap."""
        there = datetime.combine(day, time(self.hour), ZoneInfo(self.zone))
        return there.astimezone(UTC)

    def days(self) -> Iterator[date]:
        """Every day of it from its anchor on, those left out among them."""
        if not self.repeats:
            yield self.anchor
            return
        found = 0
        for ahead in range(_DAYS_AHEAD):
            day = self.anchor + ahead * DAY
            if ahead % self.every or day.weekday() not in self.weekdays:
                continue
            found += 1
            if (self.count is not None and found > self.count) or (self.until and day > self.until):
                return
            yield day

    def coming(self) -> list[date]:
        """The days that are still to come."""
        gone = self.out | self.over
        return [day for day in self.days() if self.at(day) > self.seen and day not in gone]

    def left(self, day: date) -> int | None:
        """How many times are left from a day on, if they are counted."""
        return None if self.count is None else sum(one >= day for one in self.days())


def about(instant: datetime) -> datetime:
    """The last full hour, or twenty past it: what a crash holds up goes a second or two later."""
    return instant.replace(minute=20 if instant.minute >= 20 else 0, second=0, microsecond=0)


class Diary:
    """All plans, who is in the list, and what ought to have gone out."""

    def __init__(self) -> None:
        self.plans: dict[int, Plan] = {}
        self.members: set[str] = set()
        self.expected: Counter[tuple[str, str, datetime]] = Counter()

    def people(self, plan: Plan) -> set[str]:
        """Whom it goes to as things are."""
        return plan.direct | (self.members if plan.to_list else set())

    def pass_to(self, now: datetime, *, is_down: bool = False) -> None:
        """Let everything go out that comes up to an instant; `is_down`: nothing can."""
        for plan in self.plans.values():
            for day in plan.coming():
                if plan.at(day) > now:
                    break
                self._come(plan, day, now, is_down)
            plan.due = [one for one in plan.due if now - one[0] <= LATE]
            plan.unapproved = [one for one in plan.unapproved if now - one[0] <= LATE]
            plan.seen = now

    def _come(self, plan: Plan, day: date, now: datetime, is_down: bool) -> None:
        whom = self._without(plan, day)
        if not plan.is_approved:
            plan.unapproved.append((plan.at(day), whom))
        elif plan.status == "paused" and plan.may_hold:
            plan.held.append((plan.at(day), whom))
            plan.may_hold = False
        elif plan.status == "active" and not is_down:
            self.send(plan, whom, plan.at(day))
        elif plan.status == "active" and now - plan.at(day) <= LATE:
            plan.due.append((plan.at(day), whom))

    def come_back(self, now: datetime) -> None:
        """Send what a downtime held back and is not too late."""
        for plan in self.plans.values():
            for _, whom in plan.due:
                self.send(plan, whom & self.people(plan), now)
            plan.due = []

    def send(self, plan: Plan, whom: set[str], at: datetime) -> None:
        """Expect one message for each of them."""
        self.expected.update((one, plan.said, about(at)) for one in whom)

    def ask(self, plan: Plan) -> None:
        """Let nothing of it go until it is approved, nor what is due already."""
        plan.is_approved = False
        plan.unapproved += plan.due
        plan.due = []

    def approve(self, plan: Plan, now: datetime) -> None:
        """Let it go, and of what came meanwhile what is not too late."""
        plan.is_approved = True
        plan.due += [one for one in plan.unapproved if now - one[0] <= LATE]
        plan.unapproved = []

    def pause(self, plan: Plan) -> None:
        """Hold back what is due, and the next one."""
        plan.status, plan.may_hold = "paused", True
        plan.held += plan.due
        plan.due = []

    def resume(self, plan: Plan, now: datetime) -> None:
        """Let go what is not too late."""
        plan.due += [one for one in plan.held if now - one[0] <= LATE]
        plan.held = []
        plan.status = "active"

    def send_now(self, plan: Plan, now: datetime) -> None:
        """Send the earliest that waits."""
        plan.may_hold = True
        for waiting in (plan.due, plan.held):
            for one in list(waiting):
                waiting.remove(one)
                if whom := one[1] & self.people(plan):
                    plan.due.append((now, whom))
                    return
        day = plan.coming()[0]
        whom = self._without(plan, day)
        plan.due.append((now, whom))
        plan.had |= {(one, day) for one in whom}
        plan.over.add(day)

    def send_one(self, plan: Plan, day: date, name: str, now: datetime) -> None:
        """Send that of a day to one of its people; once all have it, that day is over."""
        plan.due.append((now, {name}))
        plan.had.add((name, day))
        if not self._without(plan, day):
            plan.over.add(day)
            plan.may_hold = True

    def stop(self, plan: Plan, now: datetime) -> None:
        """Let nothing of it come any more; what is due already still goes."""
        plan.over |= set(plan.coming())
        plan.due += [one for one in plan.held if now - one[0] <= LATE]
        self._end(plan)

    def cancel(self, plan: Plan) -> None:
        """Take all of it back."""
        plan.over |= set(plan.coming())
        plan.due, plan.held, plan.unapproved, plan.status = [], [], [], "cancelled"

    def go_on(self, plan: Plan, before: Plan, now: datetime) -> None:
        """Let one go on that was stopped or cancelled; what came since goes if not too late."""
        if plan.status == "cancelled":
            plan.due, plan.held = list(before.due), list(before.held)
        elif before.status == "paused":
            plan.due, plan.held = [], plan.due
        plan.status, plan.over = before.status, set(before.over)
        since = [day for day in before.coming() if plan.at(day) <= now]
        came = [(plan.at(day), self._without(plan, day)) for day in since]
        if plan.status == "paused":
            plan.held += came[: int(before.may_hold)]
            plan.may_hold = before.may_hold and not came
        else:
            plan.due = [one for one in [*plan.due, *came] if now - one[0] <= LATE]

    def shown(self, plan: Plan) -> list[date]:
        """The days to come on which it goes to anybody."""
        return [day for day in plan.coming() if self._without(plan, day)]

    def _without(self, plan: Plan, day: date) -> set[str]:
        """Whom that of a day goes to: not to those who had it ahead of its time."""
        return {one for one in self.people(plan) if (one, day) not in plan.had}

    def skip(self, plan: Plan, day: date) -> None:
        """Leave a day out; a paused plan of which nothing is left is over."""
        plan.out.add(day)
        plan.may_hold = True
        if not plan.coming():
            self._end(plan)

    def unskip(self, plan: Plan, day: date, status: str) -> None:
        """Take a day in again; what had gone out ahead after it comes for who had it not."""
        plan.out.discard(day)
        plan.over = {one for one in plan.over if one < day}
        plan.may_hold = True
        if plan.status == "ended":
            plan.status = status

    def edit(self, plan: Plan, new: Plan) -> None:
        """Let a plan go on as another, with who had what of it already."""
        moved = self._moved(plan, new, plan.coming())
        if not plan.repeats and new.coming():  # what is due of it moves with it
            new = replace(new, due=[], held=[], unapproved=[])
        vars(plan).update(vars(replace(new, had=moved)))
        plan.may_hold = True

    def follow(self, plan: Plan, day: date, new_id: int, new: Plan) -> None:
        """Let another plan take over from a day on."""
        coming = [one for one in plan.coming() if one >= day]
        had = self._moved(plan, new, coming)
        self.plans[new_id] = replace(new, had=had, over=set(), held=[], due=[], may_hold=True)
        is_over = plan.coming()[:1] >= [day]
        plan.until, plan.count = day - DAY, None
        plan.may_hold = True
        if is_over:
            self._end(plan)

    def part(self, plan: Plan, day: date, new_id: int, new: Plan) -> None:
        """Let one day become a plan of its own."""
        had = {(one, new.anchor) for one, when in plan.had if when == day}
        self.plans[new_id] = replace(new, had=had, over=set(), held=[], due=[], may_hold=True)
        self.plans[new_id].instead_of = day
        self.skip(plan, day)

    def back_to_usual(self, own: Plan, series: Plan) -> None:
        """Let a series' own message go again instead of a day that was changed alone."""
        day = own.instead_of
        assert day is not None
        series.had |= {(one, day) for one, _ in own.had}
        self.unskip(series, day, own.status if own.status == "paused" else "active")
        self.cancel(own)

    def part_again(self, own: Plan, before: Plan, series: Plan, now: datetime) -> None:
        """Take that back."""
        assert own.instead_of is not None
        self.skip(series, own.instead_of)
        self.go_on(own, before, now)

    def _end(self, plan: Plan) -> None:
        plan.status, plan.held = "ended", []

    def _moved(self, plan: Plan, new: Plan, coming: list[date]) -> set[Had]:
        """Who had what of the new plan: the same days, or the first instead of the next."""
        days, first = set(new.days()), next(iter(new.coming()), None)
        if not plan.repeats:
            return {(who, first) for who, _ in plan.had} if first else plan.had
        stays = {one for one in plan.had if one[1] in days or one[1] not in coming[:1]}
        lost = {who for who, day in plan.had - stays}
        if first is None or first in set(plan.days()):
            return stays
        return stays | {(who, first) for who in lost}
