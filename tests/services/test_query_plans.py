"""What the database does with the queries that must stay fast with a million messages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select
from sqlmodel import Session, col

from tests.bench.library import MEMBER, NOW, OWNER, VISITOR, build
from tests.scopes import session_scope
from wasched.domain.link import IncomingSeen
from wasched.domain.nudge import HasNot
from wasched.models import Account, Message, NumberCheck, Schedule
from wasched.services import audit_log, schedules
from wasched.services.accounts import accounts, daily_tally, todays_use, warm_up
from wasched.services.delivery import claim, expiry, nudges, overdue, same_person, send_watch
from wasched.services.line import number_lookups, replies
from wasched.services.messages import (
    all_spaces,
    batch_reading,
    batches,
    bulk,
    calendar,
    calendar_feed,
    due_today,
    message_actions,
    stopping,
    tab_counts,
)
from wasched.services.messages.filters import Filters
from wasched.services.messages.message_rows import in_tab
from wasched.services.replies import keeping, reading
from wasched.services.replies.reading import ReplyFilters
from wasched.services.schedules import catch_up, zone_updates
from wasched.services.server import audit_page, figures, lateness_tally
from wasched.services.server.audit_page import AuditFilters
from wasched.services.unanswered.people import count_who_has_not
from wasched.services.views import BatchPage
from wasched.services.webhooks import deliveries, delivery_log, endpoints, events
from wasched.services.webhooks.endpoints import WebhookRequest

PEOPLE = pytest.mark.parametrize("user", [OWNER, MEMBER], ids=["owner", "member"])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A small library; without statistics SQLite plans for it as for a large one."""
    made = build(Path(tmp_path_factory.mktemp("library")) / "app.db", 2_000)
    yield made
    made.dispose()


def plans(
    engine: Engine, deed: Callable[[Session], object], about: str = "message"
) -> list[list[str]]:
    """The plan of each statement about messages, or another table, that a deed makes."""
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, values: Any, _x: Any, many: bool) -> None:
        is_bare = statement.startswith("INSERT") and "SELECT" not in statement
        if f" {about}" in statement and not is_bare:
            seen.append((statement, values[0] if many else values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        with session_scope(bound=engine) as session:
            deed(session)
            session.rollback()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert seen
    with engine.connect() as connection:
        return [
            [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values)]
            for one, values in seen
        ]


def walks_in_order(plan: list[str]) -> bool:
    """True for a walk along an index that ends where the page is full.

    What is left to be sorted by the last term only is one send.
    """
    whole = ("USE TEMP B-TREE FOR GROUP BY", "USE TEMP B-TREE FOR ORDER BY")
    return not any(line in whole for line in plan)


def check(found: list[list[str]]) -> None:
    """Each statement finds messages by an index; a walk of one is never sorted afterwards."""
    for plan in found:
        for line in plan:
            if line.startswith(("SCAN message", "SEARCH message")):
                assert "INDEX" in line or "PRIMARY KEY" in line, plan
            if line.startswith("SCAN message"):
                assert walks_in_order(plan), plan


def test_the_audit_log_is_walked_along_an_index_however_it_is_narrowed(engine: Engine) -> None:
    admin, by_whom = replace(OWNER, is_admin=True), AuditFilters(user_id=OWNER.id, since=NOW)
    for wanted in (AuditFilters(), by_whom, AuditFilters(kind="people"), AuditFilters(True)):
        for cursor in ("", f"{NOW.isoformat()}~1"):
            read = partial(audit_page.audit_page, user=admin, wanted=wanted, cursor=cursor)
            found = plans(engine, read, "audit_entry")
            assert all(walks_in_order(plan) for plan in found), found
            assert not any(line.startswith("SCAN audit") for plan in found for line in plan), found
        people = partial(audit_page.people_of_log, user=admin, wanted=wanted)
        [plan] = plans(engine, people, "audit_entry")
        assert any("(space_id=? AND user_id=?)" in line for line in plan), plan
    assert "ix_audit_entry_at" in str(plans(engine, prune, "audit_entry")[0])


def prune(session: Session) -> None:
    """Forget what is too old of the audit log."""
    audit_log.prune_entries(session, NOW)


def test_deliveries_that_wait_are_found_among_however_many_were_taken(engine: Engine) -> None:
    def deliver(session: Session) -> None:
        deliveries.due_webhooks(session, NOW)
        made = WebhookRequest("https://x.example")
        number, _ = endpoints.add_webhook(session, OWNER, made, NOW, allows_private=False)
        deliveries.exchange(session, number, [], NOW, Random(1))
        endpoints.read_webhook(session, OWNER, number, NOW)
        delivery_log.list_deliveries(session, OWNER, number)
        events.prune_events(session, NOW)

    found = plans(engine, deliver, "webhook_delivery")
    asked = [line for plan in found for line in plan if line.split()[1] == "webhook_delivery"]
    assert len(asked) == 5
    assert [one for one in asked if "_waiting" not in one and "_ended" not in one] == []


def test_the_look_of_every_second_reads_only_what_is_first(engine: Engine) -> None:
    for plan in plans(engine, lambda session: overdue.look_at_accounts(session, NOW)):
        assert not any(line.startswith(("SCAN message", "USE TEMP")) for line in plan), plan


def test_how_a_number_is_doing_is_counted_along_indexes(engine: Engine) -> None:
    key, hold = (1, NOW), "send_hold"
    found = plans(engine, lambda session: daily_tally.count_days(session, NOW))
    found += plans(engine, lambda session: send_watch.first_rows(session, key))
    asked = [line for plan in found for line in plan if line.split()[1] in ("message", "reply")]

    assert asked
    assert [one for one in asked if not one.startswith("SEARCH")] == []
    claiming = plans(engine, lambda session: claim.claim_due(session, 1, NOW, Random(1)), hold)
    held = [line for plan in claiming for line in plan if line.split()[1] == hold]
    assert held
    assert [one for one in held if not one.startswith("SEARCH")] == []


def test_claiming_finds_what_is_due_by_its_index(engine: Engine) -> None:
    later = NOW + timedelta(days=5)
    found = plans(engine, lambda session: claim.claim_due(session, 1, later, Random(1)))
    found += plans(engine, lambda session: claim.next_try(session, 1))
    found += plans(engine, lambda session: expiry.expire_messages(session, later))

    check(found)


def test_what_a_number_sent_through_several_accounts_is_counted_along_their_indexes(
    engine: Engine,
) -> None:
    def count_today(session: Session) -> None:
        for account in session.scalars(select(Account)):
            warm_up.note_number(session, account, "4915100000001@s.whatsapp.net", NOW)
            todays_use.pace_today(session, account, NOW)

    found = plans(engine, count_today)
    check(found)
    for index in ("ix_message_sent (account_id=? AND sent_at>?", "(account_id=? AND status=?"):
        assert any(index in line for plan in found for line in plan), found


def test_other_entries_of_those_who_are_due_are_found_by_their_lids(engine: Engine) -> None:
    due: Any = SimpleNamespace(
        recipient_id=1,
        kind="person",
        name="",
        phone="+49151",
        jid="",
        lid="7@lid",
        opted_out_at=None,
    )

    [plan] = plans(engine, lambda s: same_person.reasons_to_skip(s, 1, [due]), "recipient")

    assert plan == ["SEARCH recipient USING COVERING INDEX ix_recipient_lid (lid=?)"]


def test_each_second_s_look_for_what_came_due_walks_no_schedules(engine: Engine) -> None:
    [found] = plans(engine, lambda session: catch_up.is_any_behind(session, NOW), "schedule")

    assert len(found) == 1 and "ix_schedule_status_next (status=? AND next_at<?)" in found[0]
    assert not any(line.startswith("SCAN message") for plan in found for line in plan), found


def test_a_schedule_that_is_behind_is_brought_up_along_indexes(engine: Engine) -> None:
    def bring_up(session: Session) -> None:
        made = session.scalars(catch_up.schedules_behind(NOW + timedelta(days=50)).limit(1)).one()
        made.rrule, made.late_window_s = "FREQ=DAILY", 300
        catch_up.lay_out_coming(session, made, NOW + timedelta(days=100), 10)
        catch_up.catch_up(session, made, NOW + timedelta(days=100))

    found = plans(engine, bring_up)
    [behind, *_] = plans(engine, bring_up, "schedule")

    check(found)
    scans = [line for plan in found for line in plan if line.startswith("SCAN")]
    assert set(scans) <= {"SCAN send_hold USING INDEX ix_send_hold_waiting"}  # the few that wait
    assert any("ix_schedule_status_next" in line for line in behind), behind
    assert walks_in_order(behind), behind


def test_new_zone_data_walks_schedules_and_their_messages_by_indexes(engine: Engine) -> None:
    def relay(session: Session) -> None:
        soonest = select(Schedule).where(col(Schedule.next_at) > NOW)
        made = session.scalars(soonest.order_by(col(Schedule.next_at)).limit(1)).one()
        assert made.next_at is not None
        made.next_local = made.next_at.replace(tzinfo=None)  # an hour later than in Berlin
        zone_updates.relay_instants(session)

    check(plans(engine, relay))
    found = plans(engine, relay, "schedule")
    assert not any(line.startswith("SCAN schedule") for plan in found[1:] for line in plan), found


def test_numbers_are_asked_about_in_the_order_of_their_messages_by_indexes(engine: Engine) -> None:
    def ask(session: Session) -> None:
        session.add(NumberCheck(space_id=1, phone="+4915200000001", asked_at=NOW))
        session.flush()
        assert number_lookups._next(session, 1, NOW) == ["+4915200000001"]

    [plan] = plans(engine, ask)

    check([plan])
    assert not any(line.startswith("SCAN") for line in plan), plan


@PEOPLE
@pytest.mark.parametrize(
    "wanted",
    [
        Filters(),
        Filters(newest_first=True),
        Filters(tab="past", newest_first=True),
        Filters(tab="past"),
        Filters(tab="needs", newest_first=True),
        Filters(tab=""),
        Filters(tab="past", each=True, newest_first=True),
        Filters(tab="past", status="read", newest_first=True),
        Filters(tab="past", account_id=1, newest_first=True),
        Filters(tab="past", recipient_id=77, newest_first=True),
        Filters(tab="", since=NOW - timedelta(days=7), until=NOW),
    ],
    ids=str,
)
def test_a_page_of_a_list_walks_an_index(engine: Engine, user: Any, wanted: Filters) -> None:
    first: list[batches.SendPage] = []
    found = plans(
        engine, lambda s: first.append(batches.batch_page(s, user, wanted, "", NOW, limit=3))
    )
    if first[0].next_cursor:
        cursor = first[0].next_cursor
        found += plans(engine, lambda s: batches.batch_page(s, user, wanted, cursor, NOW, limit=3))

    check(found)
    assert all(walks_in_order(plan) for plan in found), found


@PEOPLE
@pytest.mark.parametrize(
    "wanted",
    [
        Filters(search="e"),
        Filters(tab="past", search="Singer", newest_first=True),
        Filters(tab="", search="Text 1", newest_first=True),
        Filters(tab="past", search="e", newest_first=True, each=True),
        Filters(tab="past", search="49152", account_id=2, newest_first=True),
        Filters(tab="past", search="e", status="failed", newest_first=True),
        Filters(tab="past", search="e", recipient_id=77, newest_first=True),
        Filters(tab="needs", search="Singer", newest_first=True),
    ],
    ids=str,
)
def test_a_search_for_much_asks_each_message_of_a_walk(
    engine: Engine, user: Any, wanted: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_reading, "_FEW", (0, 0))  # much, in a library as small as this

    found = plans(engine, lambda s: batches.batch_page(s, user, wanted, "", NOW, limit=3))

    check(found)
    assert all(walks_in_order(plan) for plan in found), found
    looked_up = [
        line for plan in found for line in plan if "recipient" in line or "schedule" in line
    ]
    assert not any(line.startswith(("SCAN", "LIST")) for line in looked_up), found


@PEOPLE
@pytest.mark.parametrize("narrow", [{}, {"account_id": 1}, {"status": "failed"}, {"each": True}])
def test_a_search_for_little_looks_its_messages_up(
    engine: Engine, user: Any, narrow: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_reading, "STRIDES", (20, 20))
    monkeypatch.setattr(batch_reading, "_SHORT", 0)
    wanted = Filters(tab="past", search="Singer 77", newest_first=True, **narrow)

    found = plans(engine, lambda s: batches.batch_page(s, user, wanted, "", NOW))

    by_ids = [plan for plan in found if plan[0].endswith("INTEGER PRIMARY KEY (rowid=?)")]
    people = "ix_message_recipient_due (recipient_id=?"
    assert any(people in line for plan in by_ids for line in plan), found
    assert not any(line.startswith("SCAN message") for plan in by_ids for line in plan), found


def test_a_page_looks_at_so_many_entries_and_no_more(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_reading, "STRIDES", (100, 100))
    monkeypatch.setattr(batch_reading, "_SHORT", 100)
    monkeypatch.setattr(batch_reading, "_FEW", (0, 0))
    monkeypatch.setattr(batch_reading, "_SOME", (0, 0))
    wanted = Filters(tab="past", search="Text 39", newest_first=True)  # is to come
    pages: list[BatchPage] = []

    with session_scope(write=False, bound=engine) as session:
        ours = select(func.count()).where(Message.space_id == OWNER.space_id)
        past = session.scalar(ours.where(in_tab("past"))) or 0
        cursor = ""
        while cursor or not pages:
            pages.append(batches.batch_page(session, OWNER, wanted, cursor, NOW))
            cursor = pages[-1].next_cursor

    assert not any(page.sends for page in pages)
    # A page of twice a hundred entries looks at those of the last instants as well.
    assert 3 <= past / 300 <= len(pages) <= past / 200


@PEOPLE
@pytest.mark.parametrize("words", ["Singer", "Singer 77"])
def test_a_search_of_schedules_reads_no_more_than_theirs(
    engine: Engine, user: Any, words: str
) -> None:
    def look(session: Session) -> None:
        schedules.list_schedules(session, user, NOW, which="once", search=words, limit=5)

    [plan, *_] = plans(engine, look, "schedule_recipient")

    [theirs] = [line for line in plan if line.startswith(("SCAN schedule_", "SEARCH schedule_"))]
    assert ("(schedule_id=?" in theirs) == (words == "Singer"), plan  # of all 2,000, or of a few
    assert theirs.startswith("SEARCH"), plan


@PEOPLE
def test_a_month_of_the_calendar_is_read_from_an_index(engine: Engine, user: Any) -> None:
    month = date(2026, 3, 1)

    found = plans(engine, lambda s: calendar.calendar_days(s, user, month, 31, NOW))

    check(found)
    assert not any(line.startswith("SCAN message") for plan in found for line in plan), found


@PEOPLE
def test_sends_are_found_by_their_messages_however_many(engine: Engine, user: Any) -> None:
    found = plans(engine, lambda s: batches.those_batches(s, user, range(1, 100), NOW))

    # By their owner alone: all that somebody has ever had, for the few that are shown.
    assert not any("(space_id=?)" in line for plan in found for line in plan), found


@PEOPLE
def test_what_waits_for_a_person_is_counted_by_an_index(engine: Engine, user: Any) -> None:
    check(plans(engine, lambda s: message_actions.needing_me(s, user)))
    check(plans(engine, lambda s: batches.going_out(s, user, NOW)))


@PEOPLE
def test_what_is_due_today_and_what_fell_due_is_counted_along_indexes(
    engine: Engine, user: Any
) -> None:
    def look(session: Session) -> None:
        due_today.by_account(session, user, [1, 2], NOW)
        due_today.next_send(session, user, [1, 2], NOW)
        stopping.stop_sending(session, user, None, NOW)
        session.flush()
        stopping.list_stops(session, user, NOW)
        stopping.fell_due(session, user, None, NOW)
        stopping.go_on(session, user, None, stopping.Meanwhile.LEAVE_OUT, NOW, NOW)

    found = plans(engine, look)

    assert not any(line.startswith("SCAN message") for plan in found for line in plan), found
    # By account alone: all that it has ever sent, or has yet to send in ten years.
    by_account = [line for plan in found for line in plan if "(account_id=? AND status=?)" in line]
    assert by_account == []


@PEOPLE
def test_known_sends_are_looked_up_and_not_looked_for(engine: Engine, user: Any) -> None:
    keys = [(number, NOW) for number in range(1, 60)]

    found = plans(engine, lambda s: batches.those_batches(s, user, range(1, 60), NOW))
    found += plans(engine, lambda s: bulk.ids_of(s, user, keys, Filters()))
    narrowed = Filters(tab="past", search="e", account_id=1)
    found += plans(engine, lambda s: bulk.ids_of(s, user, keys, narrowed))

    assert found
    assert not any(line.startswith("SCAN message") for plan in found for line in plan), found


@PEOPLE
def test_the_tabs_are_counted_along_indexes_and_only_so_far(engine: Engine, user: Any) -> None:
    found = plans(engine, lambda s: tab_counts.count_tabs(s, user))
    [repeating] = plans(engine, lambda s: schedules.count_repeating(s, user, 99), "schedule")

    check(found)
    assert all(walks_in_order(plan) for plan in found), found
    assert any("COVERING INDEX ix_schedule_repeating" in line for line in repeating), repeating


def test_home_of_all_spaces_asks_each_along_its_indexes(engine: Engine) -> None:
    check(plans(engine, partial(all_spaces.glance_at_all, user=VISITOR, now=NOW)))


@PEOPLE
def test_home_counts_from_indexes_alone(engine: Engine, user: Any) -> None:
    found = plans(engine, lambda s: message_actions.status_counts(s, user, NOW))
    counted = [line for [line, *_] in found]
    found = plans(engine, lambda s: accounts.list_accounts(s, user, NOW))
    counted += [line for [line, *_] in found[::3]]  # how many wait, of each account

    assert len(counted) > 1
    assert all("USING COVERING INDEX" in line for line in counted), counted


@PEOPLE
def test_a_calendar_elsewhere_is_read_along_indexes(engine: Engine, user: Any) -> None:
    def read(session: Session) -> None:
        calendar_feed.read_feed(session, user, NOW)

    check(plans(engine, read))
    for about in ("schedule", "recipient"):
        found = [line for plan in plans(engine, read, about) for line in plan]
        assert not any(line == f"SCAN {about}" for line in found), found


def test_a_monitor_s_figures_are_counted_along_indexes(engine: Engine) -> None:
    tally = lateness_tally.LatenessTally(NOW - timedelta(hours=1))

    def measure(session: Session) -> None:
        figures.database_figures(session, NOW)
        tally.look(session, NOW)

    found = plans(engine, measure)

    check(found)
    assert not any(line.startswith("SCAN message") for plan in found for line in plan), found


def test_who_has_not_answered_and_whom_to_nudge_is_found_along_indexes(engine: Engine) -> None:
    def look(session: Session) -> None:
        for who in HasNot:
            count_who_has_not(session, OWNER, (1, NOW), who)
        nudges.columns_against(session, [1, 2], NOW, is_caught_up=True)
        nudges.may_leave(session, 1)
        nudges.skip_late(session, session.get_one(Account, 1), NOW)

    for about in ("message", "vote", "reaction", "attempt"):
        found = plans(engine, look, about)
        assert not any("SCAN" in line for plan in found for line in plan), found


def test_replies_are_listed_counted_matched_and_forgotten_along_indexes(engine: Engine) -> None:
    def read(session: Session) -> None:
        reading.list_replies(session, OWNER, ReplyFilters())
        reading.list_replies(session, OWNER, ReplyFilters(is_open=True))
        reading.list_replies(session, OWNER, ReplyFilters(message_id=1))
        reading.count_since(session, OWNER, NOW)
        keeping.prune_replies(session, NOW)

    asked = [
        next(line for line in plan if line.split()[1] == "reply")
        for plan in plans(engine, read, "reply")
    ]
    walked = ("ix_reply_space_at", "ix_reply_open", "ix_reply_message", "ix_reply_space_at")
    assert all(name in line for name, line in zip(walked, asked, strict=False)), asked
    assert not any(line.startswith("SCAN") for line in asked), asked

    def hear(session: Session) -> None:
        account = session.get_one(Account, 1)
        jid = "4915100000001@s.whatsapp.net"
        seen = IncomingSeen("A", jid, jid, "Yes", NOW, sender_alt="1@lid", quotes="B")
        replies.take_replies(session, account, [seen], NOW)

    for about in ("recipient", "message"):
        found = plans(engine, hear, about)
        assert not any(line.startswith(f"SCAN {about}") for one in found for line in one), found
