"""Downtime, clocks that jump, zones that change, and replies: nothing twice, nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update
from sqlmodel import select

from tests.reasons import said, words
from tests.services.conftest import NOW, add_account
from tests.services.requests import ANNA, BEN, a_request, daily, once, save
from wasched.domain.content import Text
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import IncomingSeen, LinkState, StateChanged
from wasched.domain.message import Status
from wasched.models import Account, Message, Recipient, Schedule
from wasched.services import schedules
from wasched.services.accounts import accounts
from wasched.services.line import link_events
from wasched.services.messages import batches
from wasched.services.messages.filters import Filters
from wasched.services.schedules import create, expand, occurrences

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""


def write_back(scope, account_id, who: str, text: str, now: datetime = NOW) -> None:
    jid = f"{who[1:]}@s.whatsapp.net"
    seen = IncomingSeen("3A", chat=jid, sender=jid, text=text, at=now)
    with scope() as session:
        link_events.apply_event(session, account_id, [seen], now)


def test_a_machine_that_slept_a_little_sends_when_it_wakes(
    scope, alice, account_id, life, gateway, clock
):
    save(scope, alice, once(account_id, at=datetime(2026, 3, 12, 18)), NOW)
    clock.sleep_until(TODAY + timedelta(minutes=20))

    life.sweep()

    assert len(gateway.outbox) == 1


def test_a_machine_that_slept_too_long_asks(scope, alice, account_id, life, gateway, clock):
    save(scope, alice, once(account_id, at=datetime(2026, 3, 12, 18)), NOW)
    clock.sleep_until(TODAY + timedelta(minutes=31))

    life.sweep()

    assert gateway.outbox == []
    assert life.statuses() == [Status.MISSED]


def test_after_three_days_without_power_each_one_asks_and_the_next_goes(
    scope, alice, account_id, life, gateway, clock
):
    save(scope, alice, daily(account_id), NOW)
    clock.sleep_until(TODAY + timedelta(days=3, hours=-1))
    life.sweep()
    life.sweep()

    assert life.statuses() == [Status.MISSED] * 3 + [Status.SCHEDULED]

    life.pass_to(TODAY + timedelta(days=3))
    assert len(gateway.outbox) == 1


def test_what_may_go_whenever_it_can_goes_after_any_downtime(
    scope, alice, account_id, life, gateway, clock
):
    save(scope, alice, once(account_id, at=datetime(2026, 3, 12, 18), late_s=365 * 86400), NOW)
    clock.sleep_until(TODAY + timedelta(days=30))

    life.sweep()

    assert len(gateway.outbox) == 1


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_jumps_an_hour_sends_nothing_twice_and_loses_nothing(
    scope, alice, account_id, life, gateway, clock, hours
):
    save(scope, alice, daily(account_id), NOW)
    life.pass_to(TODAY)
    assert len(gateway.outbox) == 1

    clock.move(hours=hours)
    life.sweep()
    life.pass_to(TODAY + timedelta(days=2))

    assert len(gateway.outbox) == 3


def test_a_clock_set_back_within_a_gap_holds_up_nothing(scope, alice, clock, gateway, life):
    slow = add_account(scope, alice, gap_min_s=12, gap_max_s=25)
    life = life.at(slow)
    save(scope, alice, a_request(slow), NOW)
    life.sweep()
    clock.move(hours=-1)
    save(scope, alice, once(slow, at=datetime(2026, 3, 12, 17)), clock.now())

    life.pass_to(NOW - timedelta(minutes=30))

    assert len(gateway.outbox) == 2


def test_a_clock_set_back_before_a_message_only_delays_it(
    scope, alice, account_id, life, gateway, clock
):
    save(scope, alice, daily(account_id), NOW)
    clock.move(hours=-3)
    life.sweep()

    life.pass_to(TODAY)

    assert len(gateway.outbox) == 1


def test_a_day_with_a_clock_change_has_its_message_once(
    scope, alice, account_id, life, gateway, clock
):
    clock.sleep_until(datetime(2026, 10, 24, 12, tzinfo=UTC))
    save(scope, alice, daily(account_id, at="02:30"), clock.now())

    life.pass_to(datetime(2026, 10, 25, 12, tzinfo=UTC))

    assert [one.due_at for one in life.messages() if one.sent_at] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    ]


def test_a_change_of_the_zones_data_moves_what_is_unsent(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    # As if the instant had been computed when Berlin was still expected at UTC.
    with scope() as session:
        row = session.get(create.Schedule, made)
        expand.move_occurrence(session, row, TODAY, TODAY + timedelta(hours=1))
        row.next_at, row.tzdata = TODAY + timedelta(hours=1), "2020a"

    with scope() as session:
        assert create.relay_instants(session) == 1
        assert create.relay_instants(session) == 0

    assert [one.due_at for one in life.messages()] == [TODAY]
    life.pass_to(TODAY + timedelta(days=1))
    assert len(gateway.outbox) == 2


def test_what_zone_data_puts_off_is_not_missed_by_the_old_one(
    scope, alice, account_id, life, gateway, clock
):
    made = save(scope, alice, daily(account_id), NOW)
    early = TODAY - timedelta(hours=1)
    with scope() as session:  # as if computed when Berlin was still expected at UTC+2
        row = session.get(create.Schedule, made)
        expand.move_occurrence(session, row, TODAY, early)
        row.next_at, row.tzdata = early, "2020a"
    clock.sleep_until(early + timedelta(minutes=45))

    life.sweep()
    assert life.statuses() == [Status.SCHEDULED]

    life.pass_to(TODAY)
    assert len(gateway.outbox) == 1


def test_an_occurrence_that_went_is_not_found_again_when_its_zone_changes(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    life.pass_to(TODAY)
    with scope() as session:
        row = session.get(create.Schedule, made)
        # The new data puts the wall clock back: today's 18:00 is still to come, by the clock.
        row.zone, row.tzdata = "America/New_York", "2020a"
        create.relay_instants(session)

    life.pass_to(TODAY + timedelta(hours=20))
    assert len(gateway.outbox) == 1


def test_new_zone_data_leaves_alone_what_it_does_not_move(scope, alice, account_id, life):
    for _ in range(3):
        save(scope, alice, daily(account_id), NOW)
    with scope() as session:
        session.execute(update(Schedule).values(tzdata="2020a"))
    written = []
    with scope() as session:
        event.listen(
            session.connection(), "before_cursor_execute", lambda *said: written.append(said[2])
        )
        assert create.relay_instants(session) == 3
        session.flush()

    changes = [one for one in written if not one.startswith("SELECT")]
    assert len(changes) == 1
    assert changes[0].startswith("UPDATE schedule SET tzdata")
    with scope(write=False) as session:
        found = session.scalars(select(Schedule.tzdata)).all()
        assert set(found) == {occurrences.tzdata_version()}


def test_new_zone_data_looks_at_what_is_due_first_first(scope, alice, account_id, life):
    made = [save(scope, alice, daily(account_id, at=at), NOW) for at in ("21:00", "18:00", "19:30")]
    with scope() as session:
        session.execute(update(Schedule).values(tzdata="2020a"))

    seen = []
    for _ in made:
        with scope() as session:
            create.relay_instants(session, limit=1)
            done = select(Schedule.id).where(Schedule.tzdata != "2020a")
            seen += sorted(set(session.scalars(done)) - set(seen))

    assert seen == [made[1], made[2], made[0]]


def test_zone_data_that_comes_while_the_past_is_listed_doubles_nothing(
    scope, alice, account_id, clock, gateway, life
):
    made = save(scope, alice, daily(account_id, late_s=300), NOW)
    hour = timedelta(hours=1)
    with scope() as session:  # as if Berlin were still expected at UTC, and the server slept
        row = session.get(create.Schedule, made)
        expand.move_occurrence(session, row, TODAY, TODAY + hour)
        row.next_at = TODAY + hour
        now = TODAY + timedelta(days=9)
        clock.sleep_until(now - timedelta(minutes=1))
        expand.lay_out_at(session, row, [now + hour], now)  # what is to come went first
        row.tzdata = "2020a"

    life.sweep()
    life.sweep()
    life.pass_to(now)

    assert len(gateway.outbox) == 1
    assert len({one.due_at for one in life.messages()}) == len(life.messages()) == 11


def test_the_edition_of_the_zones_data_is_known():
    assert occurrences.tzdata_version() != ""


def test_a_reply_stops_what_was_to_stop_and_nothing_else(scope, alice, account_id, life, gateway):
    stops = save(scope, alice, daily(account_id, ANNA, BEN, stops_on_reply=True), NOW)
    save(scope, alice, daily(account_id, ANNA), NOW)

    write_back(scope, account_id, ANNA, "I am coming.")
    life.pass_to(TODAY + timedelta(days=1))

    assert sorted(one.to[:-15] for one in gateway.outbox) == [ANNA[1:]] * 2 + [BEN[1:]] * 2
    assert life.shown(stops).line.status == "active"


def test_a_schedule_ends_when_its_last_recipient_has_replied(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id, stops_on_reply=True), NOW)

    write_back(scope, account_id, ANNA, "I am coming.")

    assert life.shown(made).line.status == "ended"
    assert life.statuses() == [Status.SKIPPED]


def test_stop_ends_everything_to_a_person(scope, alice, account_id, life, gateway):
    save(scope, alice, daily(account_id, ANNA, BEN), NOW)

    write_back(scope, account_id, ANNA, "  Abmelden! ")
    life.pass_to(TODAY + timedelta(days=1))

    assert {one.to[:-15] for one in gateway.outbox} == {BEN[1:]}
    with scope(write=False) as session:
        stopped = session.scalars(select(Recipient).where(Recipient.opted_out_at != None))  # noqa: E711
        assert [one.phone for one in stopped] == [ANNA]


def test_after_a_rate_limit_it_waits_says_until_when_and_goes_on(
    scope, alice, account_id, life, gateway, clock
):
    gateway.answers = [SendError(said("Too fast."), permanent=False, left=True, code=429)]
    save(scope, alice, a_request(account_id, ANNA, BEN, late_s=7200), NOW)
    life.sweep()
    with scope(write=False) as session:
        card = accounts.account_card(session, alice, account_id, NOW)
    assert gateway.outbox == []
    assert (
        words(card.standing, alice.zone, NOW)
        == "WhatsApp asked for a pause. It goes on by itself at 17:57."
    )

    life.pass_to(NOW + timedelta(hours=1))
    assert len(gateway.outbox) == 2


def test_what_waits_for_whatsapps_own_limits_says_until_when(
    scope, alice, account_id, gateway, life
):
    gateway.answers = [SendError(said("Too fast."), permanent=False, left=True, code=429)]
    save(scope, alice, a_request(account_id, late_s=7200), NOW)
    save(scope, alice, once(account_id, at=datetime(2026, 3, 14, 18)), NOW)
    life.sweep()

    assert _reasons(scope, alice) == [
        "WhatsApp asked for a pause. It goes on by itself at 17:57.",
        "",
    ]

    until = NOW + timedelta(hours=20)
    banned = StateChanged(LinkState.BANNED, NOW, "101", until=until)
    with scope() as session:
        link_events.apply_event(session, account_id, [banned], NOW)
    assert _reasons(scope, alice) == [
        "WhatsApp has restricted this number until Fri 13 March, 13:42. "
        "Sending goes on by itself then. "
        "This one may not be so late: it will be missed, and you are asked.",
        "",
    ]


def test_what_a_restriction_kept_back_too_long_says_so(scope, alice, account_id, life, clock):
    save(scope, alice, once(account_id, at=datetime(2026, 3, 12, 18)), NOW)
    with scope() as session:
        link_events.apply_event(session, account_id, [StateChanged(LinkState.BANNED, NOW)], NOW)
    clock.sleep_until(TODAY + timedelta(hours=1))
    life.sweep()

    assert _reasons(scope, alice, "past") == ["WhatsApp had restricted this number."]


def _reasons(scope, alice, tab: str = "coming") -> list[str]:
    with scope(write=False) as session:
        found = batches.batch_page(session, alice, Filters(tab=tab), "", NOW).sends
        return [words(one.row.reason, alice.zone, NOW) for one in found]


def test_a_ban_with_an_end_holds_until_its_end(scope, alice, account_id, life, gateway):
    until = NOW + timedelta(minutes=50)
    gateway.answers = [NotNow(said("WhatsApp has banned this number for a while."), until)]
    save(scope, alice, a_request(account_id, late_s=7200), NOW)

    life.sweep()
    assert life.held_until(account_id) == until

    life.pass_to(NOW + timedelta(minutes=45))
    assert gateway.outbox == []
    life.pass_to(NOW + timedelta(hours=2))
    assert len(gateway.outbox) == 1


def test_a_stranger_whom_whatsapp_refuses_fails_and_the_account_rests(
    scope, alice, account_id, life, gateway
):
    gateway.answers = [SendError(said("Not to strangers."), permanent=True, left=True, code=463)]
    save(scope, alice, a_request(account_id, ANNA, BEN, late_s=86400), NOW)

    life.sweep()
    life.pass_to(NOW + timedelta(hours=5))
    assert life.held_until(account_id) > NOW + timedelta(hours=5)

    life.pass_to(NOW + timedelta(hours=8))
    assert sorted(life.statuses()) == [Status.FAILED, Status.SENT]


def test_a_poisoned_message_holds_up_nobody(scope, alice, account_id, life, gateway):
    save(scope, alice, a_request(account_id, ANNA, late_s=60), NOW)
    other = add_account(scope, alice, name="Bakery")
    save(scope, alice, a_request(account_id, BEN), NOW)
    save(scope, alice, a_request(other, ANNA), NOW)
    take = gateway.send

    def send(outgoing):
        if outgoing.to.startswith(ANNA[1:]) and not gateway.outbox[1:]:
            raise RuntimeError("This text breaks the library.")
        return take(outgoing)

    gateway.send = send
    life.sweep()
    life.at(other).sweep()
    gateway.send = take
    life.at(other).sweep()

    assert BEN[1:] in {one.to[:-15] for one in gateway.outbox}
    assert life.statuses().count(Status.SENT) >= 1


def test_tries_end_with_the_late_window(scope, alice, account_id, life, gateway, clock):
    gateway.answers = [SendError(said("No connection."), permanent=False, left=False)] * 1000
    save(scope, alice, a_request(account_id, late_s=1800), NOW)

    for _ in range(200):
        life.sweep()
        clock.move(seconds=20)

    assert life.statuses() == [Status.MISSED]
    with scope(write=False) as session:
        assert 5 < session.scalars(select(Message)).one().attempts < 60


def test_each_wording_is_picked_once_and_kept(scope, alice, account_id, life, gateway):
    numbers = [f"+49151234568{number:02}" for number in range(30)]
    wordings = (Text("Hello."), Text("Good day."))
    gateway.answers = [SendError(said("No connection."), permanent=False, left=False)]
    save(scope, alice, a_request(account_id, *numbers, contents=wordings, late_s=7200), NOW)
    with scope() as session:
        planned = schedules.schedule_view(session, alice, 1, NOW)
    life.sweep()
    life.pass_to(NOW + timedelta(hours=1))

    arrived = {one.to: one.content.body for one in gateway.outbox}
    assert planned.line.recipients == len(arrived) == 30
    assert set(arrived.values()) == {"Hello.", "Good day."}


def test_how_long_a_running_batch_takes_is_told(scope, alice, life):
    slow = add_account(scope, alice, gap_min_s=60, gap_max_s=60)
    life = life.at(slow)
    made = save(scope, alice, a_request(slow, ANNA, BEN), NOW)
    life.sweep()

    assert life.shown(made).last_at == NOW + timedelta(seconds=60)


def test_two_clocks_of_the_server_do_not_matter(scope, alice, account_id, life, gateway):
    with scope() as session:
        session.get(Account, account_id).zone = "Pacific/Auckland"
    save(scope, alice, daily(account_id), NOW)

    life.pass_to(TODAY)

    assert len(gateway.outbox) == 1
