"""When a send stops itself: seldom for nothing, and soon where it goes badly."""

import math
from collections.abc import Mapping
from random import Random

import pytest

from wasched.domain.early_stop import (
    FALSE_ALARMS,
    LOOKS,
    Alarm,
    Measure,
    Tally,
    chance_of_worse,
    find_alarm,
)

GAP_S = 18.5  # what the usual pace leaves between two messages
WAITS_S = {Measure.REFUSED: 0, Measure.SLOW: 120, Measure.UNDELIVERED: 600}


def made_up_send(rng: Random, *, refused: float = 0.0, undelivered: float = 0.0) -> Alarm | None:
    """A send of 150 to 2,000 through an account with a past of 300 to 3,000, up to its third.

    Of the past up to 3 % are refused, up to 5 % are not there after ten minutes and up to 3 % more
    not after two; of the send so much more as said. It goes at the usual pace.
    """
    size, before = (round(math.exp(rng.uniform(*map(math.log, ends)))) for ends in _SIZES)
    no, never, slow = rng.uniform(0, 0.03), rng.uniform(0, 0.05), rng.uniform(0, 0.03)
    past = {one: Tally() for one in Measure}
    shares = _shares(no, never, slow)
    past = {one: Tally(sum(_draws(rng, shares[one], before)), before) for one in Measure}
    shares = _shares(no + refused, never + undelivered, slow)
    return find_alarm(past, _first(rng, shares, size // 3))


_SIZES = ((150, 2_000), (300, 3_000))


def _shares(refused: float, never: float, slow: float) -> dict[Measure, float]:
    return {
        Measure.REFUSED: refused,
        Measure.SLOW: never + slow,
        Measure.UNDELIVERED: never,
    }


def _first(rng: Random, shares: Mapping[Measure, float], gone: int) -> dict[Measure, list[bool]]:
    """What is observed by the time so many have gone; who is late is late by both measures."""
    fates = [rng.random() for _ in range(min(gone, LOOKS[-1]))]
    seen = {Measure.REFUSED: _draws(rng, shares[Measure.REFUSED], len(fates))}
    for measure in (Measure.SLOW, Measure.UNDELIVERED):
        over = max(0, gone - math.ceil(WAITS_S[measure] / GAP_S))
        seen[measure] = [fate < shares[measure] for fate in fates[:over]]
    return seen


def _draws(rng: Random, share: float, of: int) -> list[bool]:
    return [rng.random() < share for _ in range(of)]


@pytest.mark.parametrize("sends", [500, pytest.param(10_000, marks=pytest.mark.torture)])
def test_hardly_ever_is_a_good_send_stopped(sends: int) -> None:
    rng = Random(20)

    alarms = sum(made_up_send(rng) is not None for _ in range(sends))

    assert alarms <= sends * FALSE_ALARMS


@pytest.mark.parametrize("sends", [60, pytest.param(2_000, marks=pytest.mark.torture)])
def test_a_send_that_is_twenty_points_worse_stops_before_a_third_has_gone(sends: int) -> None:
    rng = Random(7)

    stopped = sum(
        made_up_send(rng, **{worse: 0.2}) is not None
        for worse in ("refused", "undelivered")
        for _ in range(sends)
    )

    assert stopped >= 0.95 * 2 * sends


def test_all_looks_together_may_spend_no_more_than_is_allowed() -> None:
    """The share of each look at its bound, whatever the looks have to do with each other."""
    past = Tally(20, 1_000)
    spent = 0.0
    for measure in Measure:
        for of in LOOKS:
            least = next(
                bad
                for bad in range(of + 1)
                if find_alarm({measure: past}, {measure: [True] * bad + [False] * (of - bad)})
                and _is_first_found_there(measure, past, bad, of)
            )
            spent += chance_of_worse(Tally(least, of), past)

    assert 0 < spent <= FALSE_ALARMS


def _is_first_found_there(measure: Measure, past: Tally, bad: int, of: int) -> bool:
    """Those that went badly come last, so that earlier looks see as few of them as can be."""
    found = find_alarm({measure: past}, {measure: [False] * (of - bad) + [True] * bad})
    return found is not None and found.seen == Tally(bad, of)


def test_nothing_is_decided_by_fewer_than_thirty() -> None:
    past = {Measure.REFUSED: Tally(0, 10_000)}

    assert find_alarm(past, {Measure.REFUSED: [True] * 29}) is None
    found = find_alarm(past, {Measure.REFUSED: [True] * 30})
    assert found == Alarm(Measure.REFUSED, Tally(30, 30), Tally(0, 10_000))


def test_an_account_without_a_past_is_compared_with_nothing() -> None:
    assert find_alarm({}, {Measure.REFUSED: [True] * 300}) is None


def test_a_small_difference_stops_nothing_however_sure_it_is() -> None:
    past = {Measure.SLOW: Tally(500, 100_000)}

    assert find_alarm(past, {Measure.SLOW: ([True] + [False] * 11) * 25}) is None
