"""Workers share accounts evenly, one holder each, through whatever becomes of any of them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from tests import postgresql
from tests.new_database import sqlite_tables
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_user
from tests.services.fakes import FakeClock
from tests.services.line.keepers import LASTS_S, Machine, SharingWorker, a_keeper
from wasched import db
from wasched.domain.errors import ConfigError
from wasched.domain.sharing import fair_shares
from wasched.services.line.lease_keeper import LeaseKeeper
from wasched.services.line.workers import WorkerName, bury_worker, register_worker, seen_workers
from wasched.services.server import health

STEP_S = 1.0
TAKEN_OVER_S = 30


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A new database of each kind."""
    if request.param == "sqlite":
        made = sqlite_tables(tmp_path / "app.db")
    else:
        made = db.make_engine(postgresql.emptied_database())
    yield made
    made.dispose()


class Workers:
    """Workers that come and go while time passes; what must never be is looked for all the time."""

    def __init__(self, scope: Scope, seed: int = 1, accounts: int = 5) -> None:
        self.scope, self.rng, self.machine = scope, Random(seed), Machine()
        self.owner = add_user(scope, "Alice", is_admin=True)
        self.accounts = [add_account(scope, self.owner) for _ in range(accounts)]
        self.living: dict[str, SharingWorker] = {}
        self._hands: dict[tuple[int, int], SharingWorker] = {}

    def come(self, name: str) -> SharingWorker:
        """Start a worker of this name."""
        made = SharingWorker(self.scope, self.machine, name, self.rng.uniform(1, 10**6))
        made.start()
        self.living[name] = made
        return made

    def kill(self, name: str) -> None:
        """End one without a word."""
        del self.living[name]

    def leave(self, name: str) -> None:
        """Stop one as it should be."""
        gone = self.living.pop(name)
        gone.leave()
        for lease in gone.held.values():
            gone.release(lease)
        gone.end()

    def pass_time(self, seconds: float) -> None:
        """Let everybody who is not paused live for so long."""
        for _ in range(round(seconds / STEP_S)):
            self.machine.passed_s += STEP_S
            awake = [one for one in self.living.values() if not one.is_paused]
            self.rng.shuffle(awake)
            for one in awake:
                self._check()
                one.live()
                self._check()

    def shares(self) -> dict[str, int]:
        """How many accounts each holds, by what it knows itself."""
        return {name: len(one.held) for name, one in self.living.items()}

    def held(self) -> list[int]:
        """All accounts that somebody holds."""
        return sorted(account for one in self.living.values() for account in one.held)

    def _check(self) -> None:
        """No account in two hands, and no fence that two have had, whoever is paused."""
        senders = Counter(
            account for one in self.living.values() for account in one.held if one.may_send(account)
        )
        assert not [one for one, count in senders.items() if count > 1]
        for one in self.living.values():
            for account, lease in one.held.items():
                assert self._hands.setdefault((account, lease.fence), one) is one


@pytest.fixture
def workers(scope: Scope) -> Workers:
    """Five accounts, and nobody who holds them yet."""
    return Workers(scope)


def test_shares_are_even_and_nobody_gives_up_more_than_that_takes() -> None:
    assert fair_shares({"a": 5, "b": 0}, 5) == {"a": 3, "b": 2}
    assert fair_shares({"a": 0, "b": 3, "c": 1}, 4) == {"b": 2, "a": 1, "c": 1}
    assert fair_shares({"a": 2, "b": 2}, 4) == {"a": 2, "b": 2}
    assert fair_shares({}, 4) == {}


def test_a_worker_that_comes_gets_its_share_and_one_that_leaves_hands_over_at_once(
    workers: Workers,
) -> None:
    workers.come("a")
    workers.pass_time(1)
    assert workers.shares() == {"a": 5}

    workers.come("b")
    workers.pass_time(15)
    assert workers.shares() == {"a": 3, "b": 2}

    workers.leave("a")
    workers.pass_time(2)
    assert workers.shares() == {"b": 5}


def test_a_new_account_is_held_within_a_look_by_whoever_holds_fewer(workers: Workers) -> None:
    workers.come("a")
    workers.come("b")
    workers.pass_time(15)

    workers.accounts.append(add_account(workers.scope, workers.owner))
    workers.pass_time(1)

    assert workers.shares() == {"a": 3, "b": 3}


def test_a_dead_workers_accounts_are_taken_over_and_known_to_be(workers: Workers) -> None:
    workers.come("a")
    workers.pass_time(2)
    heir = workers.come("b")
    workers.pass_time(20)
    workers.kill("a")

    workers.pass_time(TAKEN_OVER_S)

    assert workers.held() == workers.accounts
    assert [one.lost_by for one in heir.held.values()].count("machine-a") == 3
    assert heir.leads


def test_health_says_who_holds_what_and_what_was_taken_over(workers: Workers) -> None:
    workers.come("a")
    workers.pass_time(2)
    assert said_of(workers) == "The sending part of the server is at work."

    workers.come("b")
    workers.pass_time(20)
    assert said_of(workers) == (
        "2 workers are at work: machine-a holds accounts 3, 4 and 5; machine-b holds accounts "
        "1 and 2."
    )

    workers.kill("a")
    workers.pass_time(TAKEN_OVER_S)
    assert said_of(workers) == (
        "The sending part of the server is at work. machine-b took accounts 3, 4 and 5 over from "
        "machine-a, which was not heard of, at 16:42 UTC."
    )


def said_of(workers: Workers) -> str:
    """What Health says of the worker."""
    with workers.scope(write=False) as session:
        return health.worker_line(session, NOW).sentence


def test_one_that_was_only_paused_sends_nothing_once_it_wakes_and_gets_its_share_again(
    workers: Workers,
) -> None:
    paused = workers.come("a")
    workers.come("b")
    workers.pass_time(20)
    before = dict(paused.held)
    paused.is_paused = True
    workers.pass_time(TAKEN_OVER_S)
    assert len(workers.living["b"].held) == 5

    paused.is_paused = False
    assert not [one for one in before if paused.may_send(one)]
    with workers.scope(write=False) as session:
        assert not [one for one in before.values() if one.is_current(session)]
    workers.pass_time(20)

    assert sorted(workers.shares().values()) == [2, 3]
    assert not [one for one in before.values() if one.is_fresh]  # however fresh the new ones are


def test_one_that_beats_just_before_it_would_be_buried_is_not(workers: Workers) -> None:
    living = workers.come("a")
    workers.pass_time(2)
    with workers.scope(write=False) as session:
        [seen] = seen_workers(session)
    assert living.beats_for is not None
    living.beats_for.beat()

    with workers.scope() as session:
        assert not bury_worker(session, seen, NOW)

    workers.pass_time(1)
    assert workers.shares() == {"a": 5}


def test_workers_of_one_machine_are_told_apart(workers: Workers) -> None:
    for name in ("one", "two"):
        worker = WorkerName(name, "attic")
        with workers.scope() as session:
            register_worker(session, worker, NOW)

    with workers.scope() as session:
        register_worker(session, WorkerName("one", "attic"), NOW)  # started anew
        assert [one.title for one in seen_workers(session)] == ["attic (2)", "attic"]


def test_a_pause_shorter_than_a_lease_moves_nothing(workers: Workers) -> None:
    paused = workers.come("a")
    workers.come("b")
    workers.pass_time(20)
    before = dict(paused.held)

    paused.is_paused = True
    workers.pass_time(LASTS_S * 0.7)
    paused.is_paused = False
    workers.pass_time(20)

    assert paused.held == before


def test_one_that_is_started_anew_takes_up_its_own_at_once_under_other_fences(
    workers: Workers,
) -> None:
    first = workers.come("a")
    workers.pass_time(2)
    before = dict(first.held)
    workers.kill("a")

    again = workers.come("a")
    workers.pass_time(1)

    assert again.held.keys() == before.keys()
    assert all(again.held[one].fence > lease.fence for one, lease in before.items())
    assert not any(one.was_lost for one in again.held.values())


def test_that_the_database_was_away_makes_nobody_dead(workers: Workers) -> None:
    workers.come("a")
    workers.come("b")
    workers.pass_time(20)
    before = workers.shares()

    workers.machine.passed_s += 10 * LASTS_S  # in which nobody could look or beat
    for one in workers.living.values():
        one.held = one.look()
    workers.pass_time(5)

    assert workers.shares() == before


def test_a_later_worker_without_a_queue_is_refused_while_an_earlier_one_lives(
    workers: Workers,
) -> None:
    workers.come("a")
    later = LeaseKeeper(
        WorkerName("b", "machine-b", has_queue=False, lasts_s=1.0),
        workers.scope,
        FakeClock(NOW),
        is_alone=False,
    )

    def beat_beside(seconds: float) -> None:
        registered = workers.living["a"].beats_for
        assert registered is not None
        registered.beat()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wasched.services.line.lease_keeper.time.sleep", beat_beside)
        with pytest.raises(ConfigError, match=r"machine-a.* set REDIS_HOST") as refusal:
            later.start()

    assert "password" not in str(refusal.value)
    workers.pass_time(2)
    assert workers.shares() == {"a": 5}


def test_who_has_an_sqlite_file_holds_all_of_it_at_once(scope: Scope) -> None:
    owner = add_user(scope, "Alice", is_admin=True)
    accounts = [add_account(scope, owner) for _ in range(3)]
    keeper = a_keeper(scope)
    keeper.start()

    assert sorted(keeper.look()) == accounts
    assert keeper.leads
    assert keeper.count_surplus() == 0


_HISTORIES = 8


@pytest.mark.parametrize("number", range(_HISTORIES))
def test_whoever_comes_goes_and_sleeps_no_account_is_ever_in_two_hands(
    scope: Scope, number: int
) -> None:
    play(scope, number)


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", range(_HISTORIES, 300))
def test_the_same_through_many_histories(scope: Scope, number: int) -> None:
    play(scope, number)


def play(scope: Scope, number: int) -> None:
    """One made-up history, and the calm after it."""
    workers = Workers(scope, number, accounts=Random(number).randint(1, 9))
    workers.come("a")
    for _ in range(12):
        happen(workers)
        workers.pass_time(workers.rng.choice((1, 3, 8, 25)))
    for one in workers.living.values():
        one.is_paused = False

    workers.pass_time(TAKEN_OVER_S + 15)

    assert workers.held() == workers.accounts
    shares = workers.shares().values()
    assert max(shares) - min(shares) <= 1
    assert sum(one.leads for one in workers.living.values()) == 1


def happen(workers: Workers) -> None:
    """Something happens to one of the workers; one of them stays awake."""
    rng, awake = workers.rng, [n for n, one in workers.living.items() if not one.is_paused]
    paused = [name for name in workers.living if name not in awake]
    absent = [name for name in "abcd" if name not in workers.living]
    deed = rng.choice(("come", "come", "kill", "leave", "pause", "wake", "account"))
    if deed == "come" and absent:
        workers.come(rng.choice(absent))
    elif deed == "kill" and len(awake) > 1:
        workers.kill(rng.choice(awake))
    elif deed == "leave" and len(awake) > 1:
        workers.leave(rng.choice(awake))
    elif deed == "pause" and len(awake) > 1:
        workers.living[rng.choice(awake)].is_paused = True
    elif deed == "wake" and paused:
        workers.living[rng.choice(paused)].is_paused = False
    elif deed == "account":
        workers.accounts.append(add_account(workers.scope, workers.owner))
