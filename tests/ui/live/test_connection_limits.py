"""How many live lines somebody may have, and how fast strangers may open them."""

import pytest

from wasched.ui.live import connection_limits
from wasched.ui.live.connection_limits import (
    ADDRESS,
    PER_ADDRESS,
    PER_PERSON,
    STRANGERS,
    LineBounds,
)
from wasched.ui.live.visitors import Visitor, household_of

MEMBER = Visitor("their cookie", "user 1")
STRANGER = Visitor("", "address 192.0.2.1")


class Clock:
    """A monotonic clock that is turned by hand."""

    now = 0.0

    def __call__(self) -> float:
        """The instant, in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of this test's bounds."""
    return Clock()


@pytest.fixture
def bounds(clock: Clock) -> LineBounds:
    """The bounds of a server that nobody has come to yet."""
    return LineBounds(clock)


def let_in(bounds: LineBounds, seen: Visitor, wish: int) -> int:
    """How many of so many lines are let in at once."""
    return sum(bounds.admit(seen) for _ in range(wish))


def test_a_person_has_a_bound_of_their_own(bounds: LineBounds) -> None:
    assert let_in(bounds, STRANGER, 1000) == PER_ADDRESS
    assert let_in(bounds, MEMBER, 1000) == PER_PERSON
    assert bounds.admit(Visitor("another cookie", "user 2"))


def test_who_closes_a_line_may_open_another(bounds: LineBounds) -> None:
    let_in(bounds, MEMBER, PER_PERSON)

    bounds.leave(MEMBER)

    assert let_in(bounds, MEMBER, 2) == 1


def test_a_family_behind_one_address_comes_in(bounds: LineBounds, clock: Clock) -> None:
    for _ in range(20):  # phones that open the entrance, and are signed in half a minute later
        assert bounds.admit(STRANGER)
        clock.now += 1
    for _ in range(20):
        bounds.leave(STRANGER)

    assert bounds.admit(STRANGER)


def test_who_opens_and_closes_without_end_is_slowed_down(bounds: LineBounds, clock: Clock) -> None:
    opened = 0
    for _ in range(1500):  # in 18 seconds
        if bounds.admit(STRANGER):
            opened += 1
            bounds.leave(STRANGER)
        clock.now += 18 / 1500

    assert opened <= ADDRESS.burst + 18 * ADDRESS.each_s + 1
    clock.now += 1
    assert bounds.admit(STRANGER)


def test_strangers_of_many_addresses_have_a_bound_together(bounds: LineBounds) -> None:
    everybody = [Visitor("", f"address 192.0.2.{number}") for number in range(2 * STRANGERS)]

    assert sum(bounds.admit(one) for one in everybody) == STRANGERS


def test_addresses_that_come_once_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_limits, "_ADDRESSES_MAX", 10)
    bounds = LineBounds(Clock())
    for number in range(50):
        seen = Visitor("", f"address 192.0.2.{number}")
        bounds.admit(seen)
        bounds.leave(seen)

    assert len(bounds._address._left) <= 10
    assert not bounds._open


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("somewhere", "somewhere"),
    ],
)
def test_a_household_counts_as_one(address: str, counted: str) -> None:
    assert household_of(address) == counted
