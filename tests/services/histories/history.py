"""A random history: what people press on the pages, told to the server and to the diary alike.

Alice decides about everything; Clara writes what waits for Alice's word, and changes it anew.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from sqlmodel import select

from tests.services.histories.diary import DAY, Diary, Plan
from tests.services.histories.server import PEOPLE, Server
from wasched.domain.content import Text
from wasched.domain.errors import InputError
from wasched.models import Message, Schedule
from wasched.services import schedules
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.messages import message_actions
from wasched.services.schedules import ScheduleView, Undo, approvals, create
from wasched.services.schedules.preview import NextTime
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.compose import time_fields, time_fields_from_schedule
from wasched.ui.compose.time_fields import Fields

HOURS = (0, 2, 3, 9, 18, 23)
ZONES = ("Europe/Berlin", "America/New_York")
SPANS = (1, 1, 2, 5, 13, 24, 24, 31, 72)

_DEEDS = {
    "pause": schedules.pause_schedule,
    "resume": schedules.resume_schedule,
    "send_now": schedules.send_now,
    "end": schedules.end_schedule,
    "cancel": schedules.cancel_schedule,
}


class History:
    """Makes decisions at random, as far as the pages offer them."""

    def __init__(self, server: Server, rng: Random) -> None:
        self.server, self.rng, self.diary = server, rng, Diary()
        self.told: list[str] = []  # what happened, for who has to find out why
        self._words = 0
        self._is_down = False
        self._undo: tuple[Undo, int, Plan] | None = None

    def live(self, steps: int) -> None:
        """Let some things happen, each followed by some time."""
        wanted = self.rng.randint(1, 2)
        while len(self.diary.plans) < wanted:
            self._schedule()
        for _ in range(steps):
            self._something()
            self._check_pages()
            self._let_time_pass()
        self._pass(timedelta(days=5))

    def _something(self) -> None:
        deeds = [self._steer] * 5 + [self._edit] * 5 + [self._skip] * 4 + [self._unskip] * 2
        deeds += [self._take_back] * 4 + [self._change_list] * 2 + [self._send_one] * 3
        deeds += [self._back_to_usual] * 3 + [self._approve] * 4
        self.rng.choice([*deeds, self._schedule])()

    def _let_time_pass(self) -> None:
        if self.rng.random() < 0.25:
            return
        span = timedelta(hours=self.rng.choice(SPANS))
        if self.rng.random() < 0.15:
            self._tell(f"down for {span}")
            self.server.clock.sleep_until(self.now + span)
            self.diary.pass_to(self.now, is_down=True)
            self._is_down = True
            with suppress(InputError):  # what the pages offered may be over by now
                self._something()
            self._is_down = False
        else:
            self._pass(span)
        self._settle()

    def _settle(self) -> None:
        """Let the worker do what can be done now."""
        if not self._is_down:
            self.diary.come_back(self.now)
            self.server.live_to(self.now)
            self._check_ends()

    def _pass(self, span: timedelta) -> None:
        self._settle()
        to = (self.now + span).replace(minute=20, second=0)
        self.server.live_to(to)
        self.diary.pass_to(self.now)

    @property
    def now(self) -> datetime:
        """The clock's time."""
        return self.server.clock.now()

    def _tell(self, words: str) -> None:
        self.told.append(f"{self.now:%d %b %H:%M} {words}")

    def _new_words(self) -> str:
        self._words += 1
        return f"words {self._words}"

    def _schedule(self) -> None:
        plan = Plan(
            said=self._new_words(),
            direct=set(self.rng.sample(sorted(PEOPLE), self.rng.randint(1, 3))),
            to_list=self.rng.random() < 0.5,
            anchor=self.now.date() + self.rng.randint(1, 3) * DAY,
            hour=self.rng.choice(HOURS),
            zone=self.rng.choice(ZONES),
            seen=self.now,
        )
        self._choose_days(plan)
        fields, plan = _fields(plan), _begun(plan, self.now)
        if not plan.coming():
            return
        asked = self._asked_for(plan).at(time_fields.read_time(fields, self.now))
        by = self._writer()
        made = self.server.do(create.create_schedule, asked, by=by).schedule_id
        self.diary.plans[made] = plan
        self._tell(f"{made}: by {by.name}: {plan}")
        if by is self.server.clara:
            self.diary.ask(plan)

    def _writer(self) -> Caller:
        return self.server.clara if self.rng.random() < 0.25 else self.server.alice

    def _approve(self) -> None:
        """Let out what Clara wrote, or give it back to her."""
        waiting = [one for one in self.diary.plans.items() if not one[1].is_approved]
        if not waiting:
            return
        made, plan = self.rng.choice(sorted(waiting, key=_number))
        card = self.server.ask(schedules.schedule_view, made, self.now).line.approval
        if not card.may_decide:
            return
        if card.state == "waiting" and self.rng.random() < 0.25:
            self._tell(f"{made}: refuse")
            self.server.do(approvals.refuse_schedule, made, card.turn, "Not like this")
            return
        self._tell(f"{made}: approve")
        self.server.do(approvals.approve_schedule, made, card.turn)
        self.diary.approve(plan, self.now)

    def _choose_days(self, plan: Plan) -> None:
        plan.repeats = self.rng.random() < 0.9
        if self.rng.random() < 0.4:
            plan.weekdays = frozenset(self.rng.sample(range(7), self.rng.randint(1, 4)))
        elif self.rng.random() < 0.3:
            plan.every = 2
        how = self.rng.random()
        if how < 0.25:
            plan.count = self.rng.randint(1, 8)
        elif how < 0.4:
            plan.until = plan.anchor + self.rng.randint(4, 12) * DAY

    def _asked_for(self, plan: Plan) -> ScheduleRequest:
        ids = self.server.ids
        return ScheduleRequest(
            account_id=self.server.account_id,
            to=tuple(ids[one] for one in sorted(plan.direct)),
            contents=(Text(plan.said),),
            day=None,
            clock=None,
            zone=plan.zone,
            lists=(self.server.list_id,) if plan.to_list else (),
        )

    def _any(
        self, deed: str, *, also_unapproved: bool = False
    ) -> tuple[int, Plan, ScheduleView] | None:
        """A schedule whose page offers something."""
        plans = [
            one
            for one in sorted(self.diary.plans.items(), key=_number)
            if one[1].is_approved or also_unapproved
        ]
        for made, plan in self.rng.sample(plans, len(plans)):
            view = self.server.ask(schedules.schedule_view, made, self.now)
            if deed in view.may:
                return made, plan, view
        return None

    def _steer(self) -> None:
        deed = self.rng.choice(["pause", "resume", "resume", "send_now", "end", "cancel"])
        if (chosen := self._any(deed, also_unapproved=deed == "cancel")) is None:
            return
        if self._is_down and deed == "send_now":
            return  # what is too late still waits for the worker to say so, and would be sent
        made, plan, _ = chosen
        before = _copy(plan)
        self._tell(f"{made}: {deed}")
        steered = self.server.do(_DEEDS[deed], made)
        if deed in ("pause", "resume"):
            self.diary.pause(plan) if deed == "pause" else self.diary.resume(plan, self.now)
        elif deed == "send_now":
            self.diary.send_now(plan, self.now)
            self._settle()
        else:
            self.diary.stop(plan, self.now) if deed == "end" else self.diary.cancel(plan)
        may_undo = steered.undo and plan.is_approved
        self._undo = (steered.undo, made, before) if may_undo else None

    def _skip(self) -> None:
        if (chosen := self._any("skip")) is None or not chosen[2].next_times:
            return
        made, plan, view = chosen
        one = self.rng.choice(view.next_times[:3])
        before, day = _copy(plan), one.own.date()
        self._tell(f"{made}: skip {day}")
        if one is view.next_times[0] and self.rng.random() < 0.5:
            steered = self.server.do(schedules.skip_next, made)
        else:
            steered = self.server.do(schedules.skip_date, made, one.own)
        self.diary.skip(plan, day)
        self._undo = (steered.undo, made, before)

    def _unskip(self) -> None:
        if (chosen := self._any("unskip")) is None:
            return
        made, plan, view = chosen
        one = self.rng.choice(view.skipped)
        self._tell(f"{made}: take {one.local} in again")
        self.server.do(schedules.unskip_date, made, one.local)
        self.diary.unskip(plan, one.local.date(), "active")
        self._undo = None

    def _back_to_usual(self) -> None:
        if (chosen := self._any("usual")) is None:
            return
        made, own, view = chosen
        series = self.diary.plans[view.series.id]
        if not series.is_approved:
            return
        before = _copy(own)
        self._tell(f"{made}: back to the usual of {own.instead_of} in {view.series.id}")
        steered = self.server.do(schedules.back_to_usual, made)
        self.diary.back_to_usual(own, series)
        self._undo = (steered.undo, made, before)

    def _part_again(self, back: Undo, made: int, before: Plan) -> None:
        """Press Undo after "back to the usual"."""
        own = self.diary.plans[made]
        with self.server.scope(write=False) as session:
            row = session.get_one(Schedule, made)
            series = self.diary.plans[row.series_id or 0]
            changed_at = session.get_one(Schedule, row.series_id).changed_at
        if series.at(own.instead_of) <= self.now or changed_at != back.at:
            return
        if not series.is_approved:
            return
        self._tell(f"{made}: undo back to the usual")
        self.server.do(schedules.undo_action, back)
        self.diary.part_again(own, before, series, self.now)

    def _take_back(self) -> None:
        """Press Undo, if nothing else was decided about that schedule since."""
        if self._undo is None:
            return
        (back, made, before), self._undo = self._undo, None
        plan = self.diary.plans[made]
        if not plan.is_approved:
            return
        if back.kind == "usual":
            self._part_again(back, made, before)
            return
        if back.kind == "skip" and back.local is not None:
            if plan.at(back.local.date()) <= self.now:
                return
            self._tell(f"{made}: undo skip")
            self.server.do(schedules.undo_action, back)
            self.diary.unskip(plan, back.local.date(), before.status)
            return
        if back.kind == "resume" and not (plan.coming() or plan.due):
            return  # it is over
        self._tell(f"{made}: undo {back.kind}")
        self.server.do(schedules.undo_action, back)
        if back.kind == "pause":
            self.diary.resume(plan, self.now)
        elif back.kind == "resume":
            self.diary.pause(plan)
        else:
            self.diary.go_on(plan, before, self.now)

    def _change_list(self) -> None:
        name = self.rng.choice(sorted(PEOPLE))
        if name in self.diary.members:
            self._tell(f"{name} leaves the list")
            self.server.do(lists.take_out, self.server.list_id, [self.server.ids[name]])
            self.diary.members.discard(name)
        else:
            self._tell(f"{name} joins the list")
            self.server.do(lists.put_in, self.server.list_id, [self.server.ids[name]])
            self.diary.members.add(name)

    def _send_one(self) -> None:
        """Send one person's message of the next day now."""
        self._settle()  # what was just taken back is laid out before a page can offer it
        made, plan = self.rng.choice(sorted(self.diary.plans.items(), key=_number))
        coming = plan.coming()
        if self._is_down or plan.status not in ("active", "paused") or not coming:
            return
        if not plan.is_approved:
            return
        day = coming[0]
        whom = sorted(one for one in self.diary.people(plan) if (one, day) not in plan.had)
        if not whom:
            return
        name = self.rng.choice(whom)
        with self.server.scope(write=False) as session:
            found = session.scalars(
                select(Message.id).where(
                    Message.schedule_id == made,
                    Message.recipient_id == self.server.ids[name],
                    Message.occurrence_at == plan.at(day),
                )
            ).all()
        if not found and plan.status == "paused":
            return  # a pause that passed one over has not laid out the next
        self._tell(f"{made}: send that of {day} to {name} now")
        self.server.do(message_actions.decide_message, found[0], "send_now")
        self.diary.send_one(plan, day, name, self.now)
        self._undo = None
        self._settle()

    def _edit(self) -> None:
        chosen = self._any("edit", also_unapproved=True)
        if chosen is None or not chosen[2].next_times or not chosen[1].coming():
            return
        made, plan, view = chosen
        is_whole = not plan.repeats or not plan.is_approved
        scope = "all" if is_whole else self.rng.choice(["all", "following", "this"])
        one = self.rng.choice(view.next_times[:4])
        asked = _Asked(scope, one, view.next_times[0] if scope == "all" else one)
        if scope == "following" and asked.day == next(d for d in plan.days() if d not in plan.out):
            asked = replace(asked, scope="all")  # from the first one on
        request = self.server.ask(schedules.request_of, made)
        filled = time_fields_from_schedule.fields_of(request.when, asked.base.own)
        fields, new = self._changed(filled, plan, asked)
        if asked.scope == "all" and fields == filled:  # it begins and recurs as before
            new = replace(_copy(plan), said=new.said, seen=new.seen, direct=new.direct)
        if not new.coming():
            return  # it would never happen again, and is refused
        at = (
            request.when
            if fields == filled
            else schedules.kept_out(time_fields.read_time(fields, self.now), request.when)
        )
        if new.repeats and self.rng.random() < 0.2:  # an exception that is typed
            named = asked.day + self.rng.randint(0, 3) * DAY
            at = replace(at, exdates=(*at.exdates, datetime.combine(named, time(12))))
            new.out = {*new.out, named}
        if not new.coming():
            return
        by = self._writer() if asked.scope == "all" and plan.status == "active" else None
        by = by or self.server.alice
        self._tell(f"{made}: {by.name} edits {scope} from {asked.day}: {new}")
        steered = self.server.do(
            schedules.edit_schedule,
            made,
            self._asked_for(new).at(at),
            scope=scope,
            occurrence_at=one.at,
            if_version=view.line.version,
            by=by,
        )
        self._note_edit(plan, asked, steered.schedule_id, new)
        if by is self.server.clara:
            self.diary.ask(plan)
        elif not plan.is_approved:
            self.diary.approve(plan, self.now)
        self._undo = None

    def _note_edit(self, plan: Plan, asked: "_Asked", new_id: int, new: Plan) -> None:
        if asked.scope == "all":
            self.diary.edit(plan, new)
        elif asked.scope == "following":
            self.diary.follow(plan, asked.day, new_id, new)
        else:
            self.diary.part(plan, asked.day, new_id, new)

    def _changed(self, fields: Fields, plan: Plan, asked: "_Asked") -> tuple[Fields, Plan]:
        """The fields as they are filled in, and the plan that they should come to."""
        new = replace(_copy(plan), said=self._new_words(), seen=self.now)
        if self.rng.random() < 0.3:
            new.direct = set(self.rng.sample(sorted(PEOPLE), self.rng.randint(1, 3)))
        if asked.scope == "this":
            new = replace(new, repeats=False, anchor=asked.day, out=set())
            fields = replace(fields, mode=time_fields.ONCE)
        elif asked.scope == "following":
            new.out = {one for one in new.out if one >= asked.day}
            new = replace(new, anchor=asked.day, count=plan.left(asked.day))
        if self.rng.random() < 0.4 or fields.mode == time_fields.TYPED:
            return fields, new
        return self._at_another_time(fields, plan, new, asked)

    def _at_another_time(
        self, fields: Fields, plan: Plan, new: Plan, asked: "_Asked"
    ) -> tuple[Fields, Plan]:
        new = replace(
            new, hour=self.rng.choice(HOURS), anchor=asked.day, count=plan.left(asked.day)
        )
        fields = replace(fields, clock=f"{new.hour:02}:00")
        if not new.repeats:
            return fields, new
        if self.rng.random() < 0.3:
            new.every, new.weekdays = (
                1,
                frozenset(self.rng.sample(range(7), self.rng.randint(1, 5))),
            )
            weekdays = tuple(sorted(new.weekdays))
            fields = replace(fields, unit="week", every="1", weekdays=weekdays)
        return fields, _begun(new, self.now)

    def _check_pages(self) -> None:
        """What a page says is what will happen, and no day is on both lists."""
        for made, plan in self.rng.sample(sorted(self.diary.plans.items(), key=_number), 1):
            view = self.server.ask(schedules.schedule_view, made, self.now)
            coming = self.diary.shown(plan) if plan.status in ("active", "paused") else []
            shown = [one.at for one in view.next_times]
            if plan.repeats or coming:
                told = "\n".join(self.told)
                assert shown == [plan.at(day) for day in coming[:5]], f"{told}\n{made}: {plan}"
            skipped = {one.local.date() for one in view.skipped}
            own = {one.local.date() for one in view.on_their_own}
            days = {one.own.date() for one in view.next_times}
            assert skipped.isdisjoint(days) and own.isdisjoint(days | skipped)

    def _check_ends(self) -> None:
        """What is over has left nothing behind that waits."""
        with self.server.scope(write=False) as session:
            left = select(Message.schedule_id).join(Schedule, Schedule.id == Message.schedule_id)
            over = Schedule.status.in_(("ended", "cancelled"))  # type: ignore[attr-defined]
            approved = Schedule.approval == ""
            waits = left.where(over, approved, Message.status == "scheduled")
            assert session.scalars(waits).all() == []


@dataclass(frozen=True)
class _Asked:
    """Which occurrence an edit is about, and the one from which its fields are filled."""

    scope: str
    one: NextTime
    base: NextTime

    @property
    def day(self) -> date:
        return self.base.own.date()


def _number(pair: tuple[int, Plan]) -> int:
    return pair[0]


def _fields(plan: Plan) -> Fields:
    """What is chosen on the page for a plan."""
    fields = Fields(
        mode=time_fields.REPEAT if plan.repeats else time_fields.ONCE,
        day=plan.anchor.isoformat(),
        clock=f"{plan.hour:02}:00",
        zone=plan.zone,
        unit="day" if len(plan.weekdays) == 7 else "week",
        every=str(plan.every),
        weekdays=tuple(sorted(plan.weekdays)),
    )
    if plan.count is not None:
        return replace(fields, ends="count", count=str(plan.count))
    return replace(fields, ends="date", until=plan.until.isoformat()) if plan.until else fields


def _begun(plan: Plan, now: datetime) -> Plan:
    """The plan from its first day on that is still to come."""
    if not plan.repeats:
        return plan
    day = plan.anchor
    while day.weekday() not in plan.weekdays or plan.at(day) <= now:
        day += DAY
    return replace(plan, anchor=day)


def _copy(plan: Plan) -> Plan:
    return replace(
        plan,
        direct=set(plan.direct),
        out=set(plan.out),
        had=set(plan.had),
        over=set(plan.over),
        held=list(plan.held),
        due=list(plan.due),
        unapproved=list(plan.unapproved),
    )
