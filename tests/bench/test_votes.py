"""A poll to a group of a thousand: is the tally right, and what does its page cost meanwhile?"""

import gc
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random

import psutil
from sqlalchemy import func, select

from tests.new_database import empty_tables
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_user
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from tests.services.votes.conftest import COMES, Polls, linked_polls, number_jid
from wasched.adapters.clock import SystemClock
from wasched.adapters.poll_votes import open_vote
from wasched.domain.link import VoteSeen
from wasched.models import Change
from wasched.services.delivery.sender import AccountSender
from wasched.services.line.report_writer import ReportWriter
from wasched.services.messages import message_actions
from wasched.services.votes import settling
from wasched.services.votes.answers import MessageAnswers, answers_to
from wasched.ui.core import votes_text

_SETTLE_S, _PAGE_S = (
    1.0,
    0.1,
)  # as the worker does; somebody looks more often
_PAGE_P95_S, _MEMORY_MB = 0.050, 20.0


def test_votes_of_a_large_group(tmp_path: Path, full: bool) -> None:
    count, seconds = (1000, 30.0) if full else (20, 0.2)
    polls = _polls(tmp_path)
    numbers = [f"+4915{number:08}" for number in range(count)]
    lids = [(number, f"{10**14 + place}@lid") for place, number in enumerate(numbers)]
    (message,) = polls.send(polls.group(*numbers, lids=tuple(lids)))
    votes, right = _votes(polls, lids)
    gc.collect()
    before, drawn = _memory_mb(), _redraws(polls)

    begun = time.monotonic()
    took = sorted(_happen(polls, votes, seconds, message.id or 0))
    lasted = time.monotonic() - begun

    memory, p95 = _memory_mb() - before, took[int(0.95 * len(took))]
    _, answers = _page(polls, message.id or 0)
    assert answers.own is not None
    assert {one.text: one.count for one in answers.own.options} == right
    assert (answers.own.voted, answers.own.asked, answers.own.unreadable) == (count, count, 0)
    redraws = _redraws(polls) - drawn
    print(
        f"\n{len(votes)} votes of {count} people in {lasted:.0f} s: {len(took)} pages, p95 "
        f"{1000 * p95:.0f} ms; drawn anew {redraws} times; memory {memory:+.1f} MB"
    )
    if full:
        assert redraws <= lasted / _SETTLE_S + 2
        assert p95 < _PAGE_P95_S
        assert memory < _MEMORY_MB


def _polls(folder: Path) -> Polls:
    scope, clock = Scope(empty_tables(folder / "app.db")), FakeClock(NOW)
    user, gateway = add_user(scope, "Alice", is_admin=True), FakeGateway(clock)
    account_id = add_account(scope, user)
    sender = AccountSender(account_id, gateway, scope, clock, Random(1))
    life = Life(scope, user, clock, sender)
    return linked_polls(scope, user, account_id, life, gateway, clock)


def _votes(polls: Polls, people: list[tuple[str, str]]) -> tuple[list[VoteSeen], dict[str, int]]:
    """One of each, a tenth of them anew, a tenth by number and by LID; and the right tally."""
    rng, options = Random(1), COMES.options
    chosen = {number: rng.choice(options) for number, _ in people}
    votes = [polls.seal(0, number_jid(number), option) for number, option in chosen.items()]
    tenth = len(people) // 10
    for number, _ in people[:tenth]:
        chosen[number] = rng.choice(options)
        votes.append(polls.seal(0, number_jid(number), chosen[number], late_s=1))
    votes += [polls.seal(0, lid, chosen[n], late_s=1) for n, lid in people[tenth : 2 * tenth]]
    rng.shuffle(votes)
    return votes, dict.fromkeys(options, 0) | Counter(chosen.values())


def _happen(polls: Polls, votes: list[VoteSeen], seconds: float, message_id: int) -> list[float]:
    """Let the votes come, evenly, and be counted; how long each page took meanwhile (seconds)."""
    writer = ReportWriter(polls.scope, SystemClock(), lambda _account, _event: None)
    writer.start()
    over, took = threading.Event(), [_page(polls, message_id)[0]]

    def settle() -> None:
        while not over.wait(_SETTLE_S):
            _settle(polls)

    def look() -> None:
        while not over.wait(_PAGE_S):
            took.append(_page(polls, message_id)[0])

    threads = [threading.Thread(target=one) for one in (settle, look)]
    for one in threads:
        one.start()
    for vote in votes:
        writer.put(polls.account_id, vote)
        time.sleep(seconds / len(votes))
    over.set()
    for one in threads:
        one.join()
    writer.stop()
    while _settle(polls):
        pass
    return took


def _settle(polls: Polls) -> int:
    with polls.scope() as session:
        return settling.settle_answers(session, open_vote, polls.clock.now())


def _page(polls: Polls, message_id: int) -> tuple[float, MessageAnswers]:
    """What the message's page asks and says, and how long that took."""
    begun = time.perf_counter()
    with polls.scope(write=False) as session:
        message_actions.message_story(session, polls.user, message_id, NOW)
        answers = answers_to(session, polls.user, message_id)
    votes_text.message_panels(answers, "Europe/Berlin", NOW)
    return time.perf_counter() - begun, answers


def _redraws(polls: Polls) -> int:
    """So often were pages told that something changed."""
    with polls.scope(write=False) as session:
        return session.scalar(select(func.count()).select_from(Change)) or 0


def _memory_mb() -> float:
    return psutil.Process().memory_full_info().uss / 2**20
