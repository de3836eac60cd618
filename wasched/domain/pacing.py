"""How fast an account may send, so that WhatsApp does not take it for a machine."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from random import Random

from wasched.domain import wall_clock
from wasched.domain.quiet_hours import next_quiet, quiet_until
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.wall_clock import Zone
from wasched.domain.warm_up import Caps, caps_of_day, day_of_warm_up

HORIZON = timedelta(days=3660)
"""How far ahead `eta` looks: ten years."""


@dataclass(frozen=True)
class Pace:
    """The knobs of an account; the defaults are careful.

    Quiet hours are wall-clock times in its zone, both None for none; `typing` shows "typing…"
    before a text. `warm_since`: the local day on which its number was linked first, while that
    warms up.
    """

    gap_min: timedelta = timedelta(seconds=12)
    gap_max: timedelta = timedelta(seconds=25)
    daily_cap: int = 200
    stranger_cap: int = 20  # people written to for the first time, a day
    quiet_from: time | None = None
    quiet_to: time | None = None
    typing: bool = False
    warm_since: date | None = None


@dataclass(frozen=True)
class PaceUse:
    """What an account has sent since its local midnight."""

    sent_today: int = 0
    strangers_today: int = 0
    last_sent_at: datetime | None = None


@dataclass(frozen=True)
class Go:
    """It may go out now."""


@dataclass(frozen=True)
class Wait:
    """It may not go out before `until` (UTC), and why."""

    until: datetime
    reason: Reason


def gap_between(pace: Pace, rng: Random) -> timedelta:
    """A random pause between two messages, within the bounds of the pace."""
    return pace.gap_min + rng.random() * (pace.gap_max - pace.gap_min)


def caps_at(pace: Pace, now: datetime, zone: Zone) -> Caps:
    """The most that may go out on the local day of an instant."""
    day = 0
    if pace.warm_since is not None:
        day = day_of_warm_up(pace.warm_since, wall_clock.local(now, zone).date())
    return caps_of_day(day, pace.daily_cap, pace.stranger_cap)


def without_quiet_hours(pace: Pace) -> Pace:
    """The pace of messages that need not wait for quiet hours to end."""
    return replace(pace, quiet_from=None, quiet_to=None)


def may_send(now: datetime, pace: Pace, use: PaceUse, stranger: bool, zone: Zone) -> Go | Wait:
    """Say whether one more message may go out now, or when to ask again.

    `stranger`: the account has never written to the recipient. `zone`: the account's, whose
    midnight begins a new day of use.
    """
    caps = caps_at(pace, now, zone)
    if use.sent_today >= caps.messages:
        return _after_midnight(now, pace, zone, _all_sent(caps, pace))
    if stranger and use.strangers_today >= caps.strangers:
        return _after_midnight(now, pace, zone, _all_met(caps, pace))
    if (until := _quiet_until(now, pace, zone)) is not None:
        return Wait(until, because(Code.QUIET_HOURS, at=until))
    return _after_gap(now, pace, use, zone)


def estimate_eta(
    n: int, strangers: int, now: datetime, pace: Pace, use: PaceUse, zone: Zone
) -> tuple[datetime, datetime | None]:
    """When the first and the last of `n` messages are expected to go out.

    `strangers` of them go to people never written to. Gaps count with their mean. The last
    is None when it would take more than ten years, or never happen. ValueError for n < 1.
    """
    first, left, mean = None, n, _mean(pace)
    for at, gone in _stretches(n, strangers, now, pace, use, zone):
        first, left = first or at, left - gone
        if not left:
            return first, at + (gone - 1) * mean
    return first or now, None


def in_time(
    n: int, strangers: int, now: datetime, until: datetime, pace: Pace, use: PaceUse, zone: Zone
) -> int:
    """How many of `n` messages are expected to go out by an instant; as for `eta`."""
    found, mean = 0, _mean(pace)
    for at, gone in _stretches(n, strangers, now, pace, use, zone):
        if at > until:
            break
        found += min(gone, (until - at) // mean + 1) if mean else gone
    return found


def _stretches(
    n: int, strangers: int, now: datetime, pace: Pace, use: PaceUse, zone: Zone
) -> Iterator[tuple[datetime, int]]:
    """When a stretch of messages begins and how many go in it, until all have or nobody waits."""
    if n < 1:
        raise ValueError("There is nothing to send.")
    fresh, known = min(strangers, n), max(n - strangers, 0)
    mean = _mean(pace)
    at = now if use.last_sent_at is None else max(now, use.last_sent_at + mean)
    day_ends = wall_clock.next_midnight(now, zone)
    while fresh + known and at <= now + HORIZON:
        at = _quiet_until(at, pace, zone) or at
        if at >= day_ends:
            use, day_ends = PaceUse(), wall_clock.next_midnight(at, zone)
        closes = _closes(at, day_ends, pace, zone)
        caps = caps_at(pace, at, zone)
        fits = min(_fitting(closes - at, mean), max(caps.messages - use.sent_today, 0))
        new = min(fresh, max(caps.strangers - use.strangers_today, 0), fits)
        old = min(known, fits - new)
        fresh, known, gone = fresh - new, known - old, new + old
        if gone:
            yield at, gone
        if not known and pace.stranger_cap < 1:
            return
        use = replace(
            use, sent_today=use.sent_today + gone, strangers_today=use.strangers_today + new
        )
        at = max(closes, at + gone * mean)


def _mean(pace: Pace) -> timedelta:
    return (pace.gap_min + pace.gap_max) / 2


def pick_variant(n: int, seed: int) -> int:
    """Which of `n` variants a message gets: spread evenly, and the same for the same seed."""
    if n < 1:
        raise ValueError("There is no variant to pick.")
    digest = blake2b(str(seed).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % n


def _quiet_until(now: datetime, pace: Pace, zone: Zone) -> datetime | None:
    return quiet_until(now, pace.quiet_from, pace.quiet_to, zone)


def _all_sent(caps: Caps, pace: Pace) -> Reason:
    if caps.messages < pace.daily_cap:
        return because(Code.WARM_UP_CAP, day=caps.day, cap=caps.messages)
    return because(Code.DAILY_CAP, cap=caps.messages)


def _all_met(caps: Caps, pace: Pace) -> Reason:
    if caps.strangers < pace.stranger_cap:
        return because(Code.WARM_UP_STRANGER_CAP, day=caps.day, cap=caps.strangers)
    return because(Code.STRANGER_CAP, cap=caps.strangers)


def _after_midnight(now: datetime, pace: Pace, zone: Zone, why: Reason) -> Wait:
    midnight = wall_clock.next_midnight(now, zone)
    return Wait(_quiet_until(midnight, pace, zone) or midnight, why)


def _after_gap(now: datetime, pace: Pace, use: PaceUse, zone: Zone) -> Go | Wait:
    if use.last_sent_at is None or now >= use.last_sent_at + pace.gap_min:
        return Go()
    until = use.last_sent_at + pace.gap_min
    until = _quiet_until(until, pace, zone) or until
    return Wait(until, because(Code.IN_LINE, at=until))


def _closes(at: datetime, day_ends: datetime, pace: Pace, zone: Zone) -> datetime:
    """When the stretch in which messages may go out ends: at midnight or with quiet hours."""
    quiet = next_quiet(at, pace.quiet_from, pace.quiet_to, zone)
    return min(quiet or day_ends, day_ends)


def _fitting(stretch: timedelta, mean: timedelta) -> int:
    """How many messages fit into a stretch of time, the first of them at its start."""
    return -(-stretch // mean) if mean else sys.maxsize
