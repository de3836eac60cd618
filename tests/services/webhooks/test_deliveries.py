"""Deliveries: each at least once, in order for each thing, and what answers lead to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.sent import a_send
from tests.services.webhooks.conftest import TAKEN, Lane, add_lane, move, told
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.domain.webhook_retry import PostResult
from wasched.models import EventReader
from wasched.services.caller import Caller
from wasched.services.messages.dashboard import home_view
from wasched.services.webhooks import delivery_log, endpoints, events

ERROR, NO_ANSWER = PostResult(500, "broken"), PostResult(0, "It did not answer within 10 s.")
Messages = Callable[[int], list[int]]
_DAY = timedelta(days=1)


def test_what_is_not_taken_holds_up_what_comes_after_it_and_nothing_else(
    scope: Scope, lane: Lane, messages: Messages
) -> None:
    first, second = messages(2)
    move(scope, first, Status.SENT, Status.DELIVERED)
    batch = lane.take()
    assert told(batch)[:2] == [(first, "scheduled"), (second, "scheduled")]
    lane.end(batch, ERROR, TAKEN)

    assert lane.take().parcels == ()  # all that is left is about the first
    assert not lane.is_due()
    later = NOW + timedelta(seconds=7)
    assert lane.is_due(later)
    batch = lane.take(later)
    assert told(batch) == [(first, "scheduled"), (first, "sent"), (first, "delivered")]
    lane.end(batch, TAKEN, TAKEN, TAKEN, at=later)
    assert lane.take(later).parcels == () and lane.line().waiting == 0


def test_no_answer_holds_the_whole_webhook_and_nobody_elses(
    scope: Scope, lane: Lane, alice: Caller, messages: Messages
) -> None:
    other = add_lane(scope, alice, url="https://other.example.org")
    messages(3)
    lane.end(lane.take(), NO_ANSWER)

    assert lane.take().parcels == () and not lane.is_due()
    assert other.is_due() and len(other.take().parcels) == 3
    assert "Takes nothing" not in lane.line().state and lane.line().failing_since == NOW
    assert len(lane.take(NOW + timedelta(seconds=7)).parcels) == 3


@pytest.mark.parametrize("said", ["3600", "Thu, 12 Mar 2026 17:42:00 GMT"])
def test_the_receivers_own_word_of_when_counts(lane: Lane, messages: Messages, said: str) -> None:
    messages(1)
    lane.end(lane.take(), PostResult(429, "", said))
    lane.take()

    assert not lane.is_due(NOW + timedelta(minutes=59))
    assert lane.is_due(NOW + timedelta(minutes=61))


def test_three_days_without_success_switch_it_off_and_the_managers_find_it(
    scope: Scope, lane: Lane, alice: Caller, messages: Messages
) -> None:
    messages(1)
    for hours in range(0, 100, 5):
        now = NOW + timedelta(hours=hours)
        lane.end(lane.take(now), NO_ANSWER, at=now)
    lane.take(NOW + timedelta(hours=100))

    assert (lane.line().state, lane.line().waiting) == ("off", 0)
    with scope(write=False) as session:
        assert home_view(session, alice, NOW).webhooks_off == 1
        assert session.get(EventReader, alice.space_id) is None  # nobody reads any more
    with scope() as session:
        endpoints.resume_webhook(session, alice, lane.id, NOW)
    assert lane.take().parcels == ()  # it is told what happens from now on
    messages(1)
    assert len(lane.take().parcels) == 1


def test_gone_ends_it_at_once(lane: Lane, messages: Messages) -> None:
    messages(2)
    lane.end(lane.take(), PostResult(410, ""))
    lane.take()

    assert lane.line().state == "gone" and not lane.is_due(NOW + _DAY)


def test_one_that_is_never_taken_is_given_up_after_three_days(
    scope: Scope, lane: Lane, alice: Caller, messages: Messages
) -> None:
    (first,) = messages(1)
    for hours in range(0, 90, 8):
        now = NOW + timedelta(hours=hours)
        batch = lane.take(now)
        results = [ERROR if one.fact.object_id == first else TAKEN for one in batch.parcels]
        lane.end(batch, *results, at=now)
        messages(1)
    lane.take(NOW + timedelta(hours=96))

    move(scope, first, Status.SENT)
    assert lane.line().state == "active"
    assert told(lane.take(NOW + timedelta(hours=97)))[-1] == (first, "sent")
    with scope(write=False) as session:
        log = delivery_log.list_deliveries(session, alice, lane.id, limit=200)
    assert (log[-1].state, log[-1].status, log[-1].answer) == ("failed", 500, "broken")


def test_it_is_told_of_its_own_space_and_what_it_chose_alone(
    scope: Scope, alice: Caller, charlie: Caller, messages: Messages
) -> None:
    lane = add_lane(scope, alice, kinds=("message.sent",), has_texts=True)
    theirs = add_account(scope, charlie)
    with scope() as session:
        a_send(session, charlie, theirs, NOW, Status.SENT)
    (one,) = messages(1)
    move(scope, one, Status.SENT)

    batch = lane.take()
    assert told(batch) == [(one, "sent")]
    words = batch.parcels[0].fact.words
    assert words is not None and words.name == "Person 0" and words.text == "Rehearsal at 19:30"


def test_a_pause_keeps_what_happens_and_another_secret_leaves_the_old_one_for_a_day(
    scope: Scope, lane: Lane, alice: Caller, messages: Messages
) -> None:
    with scope() as session:
        endpoints.pause_webhook(session, alice, lane.id, NOW)
        new = endpoints.rotate_secret(session, alice, lane.id, NOW)
    messages(2)
    assert not lane.is_due() and lane.take().parcels == ()
    with scope() as session:
        endpoints.resume_webhook(session, alice, lane.id, NOW)

    batch = lane.take()
    assert len(batch.parcels) == 2 and batch.address[1] == (new, lane.secret)
    assert lane.take(NOW + _DAY).address[1] == (new,)


def test_a_test_and_the_same_again_go_at_once(
    scope: Scope, lane: Lane, alice: Caller, messages: Messages
) -> None:
    other = add_lane(scope, alice)
    (one,) = messages(1)
    lane.end(lane.take(), TAKEN)
    with scope() as session:
        delivery_log.send_test(session, alice, lane.id, NOW)
    batch = lane.take()
    assert [parcel.fact.kind for parcel in batch.parcels] == ["webhook.test"]
    lane.end(batch, NO_ANSWER)
    lane.take()

    with scope() as session:
        first = delivery_log.list_deliveries(session, alice, lane.id)[-1]
        delivery_log.send_again(session, alice, lane.id, first.id, NOW)
        with pytest.raises(endpoints.permissions.NotFoundError):
            delivery_log.send_again(session, alice, other.id, first.id, NOW)
    assert told(lane.take()) == [(one, "scheduled"), (lane.id, "")]
    assert [parcel.fact.kind for parcel in other.take().parcels] == ["message.scheduled"]
    with scope() as session:
        endpoints.pause_webhook(session, alice, lane.id, NOW)
        with pytest.raises(InputError):
            delivery_log.send_test(session, alice, lane.id, NOW)


def test_deliveries_are_forgotten_with_their_events(
    scope: Scope, lane: Lane, alice: Caller, messages: Messages
) -> None:
    messages(3)
    lane.end(lane.take(), TAKEN, TAKEN, TAKEN)
    lane.take()
    with scope() as session:
        events.prune_events(session, NOW.replace(year=2100))
    with scope(write=False) as session:
        assert len(delivery_log.list_deliveries(session, alice, lane.id)) == 1
