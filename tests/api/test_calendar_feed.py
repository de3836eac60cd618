"""A calendar of other programs: what it shows, how it stays the same, and whom it lets in."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from icalendar import Calendar, Event
from sqlmodel import Session, select

from tests.api.conftest import Browser
from tests.scopes import session_scope
from tests.services.sent import a_send
from wasched import bootstrap
from wasched.domain.message import Status
from wasched.models import Account, Membership, Message, Schedule, ScheduleRecipient, User
from wasched.services.caller import Caller
from wasched.services.identity import calendar_addresses, users


def caller_of(session: Session, name: str) -> Caller:
    """Somebody who has just given their password."""
    user = session.exec(select(User).where(User.name == name)).one()
    member = session.exec(select(Membership).where(Membership.user_id == user.id)).one()
    return users.caller_of(user, member, bootstrap.clock().now())


def address_of(name: str) -> str:
    """A new address of somebody's calendar."""
    with session_scope() as session:
        user = caller_of(session, name)
        token = calendar_addresses.make_address(session, user, bootstrap.clock().now())
    return f"/calendar/{token}.ics"


def fill(name: str) -> int:
    """One that went to twelve, one that waits, one taken back, and a daily one; its account."""
    now = bootstrap.clock().now().replace(microsecond=0)
    with session_scope() as session:
        user = caller_of(session, name)
        account = Account(
            space_id=user.space_id,
            name="Choir phone",
            zone="UTC",
            created_at=now,
            state="connected",
            state_since=now,
        )
        session.add(account)
        session.flush()
        assert account.id is not None
        a_send(session, user, account.id, now - timedelta(days=1), *[Status.READ] * 12)
        a_send(session, user, account.id, now + timedelta(days=2), text="Ça va, é; 1\n2" * 30)
        a_send(session, user, account.id, now + timedelta(days=3), Status.CANCELLED)
        [waiting] = a_send(session, user, account.id, now + timedelta(hours=1), text="Daily")
        message = session.get_one(Message, waiting)
        made = session.get_one(Schedule, message.schedule_id)
        to = ScheduleRecipient(schedule_id=made.id, recipient_id=message.recipient_id)
        session.add(to)
        made.rrule, made.next_at = "FREQ=DAILY;COUNT=5", now + timedelta(hours=1)
        made.next_local = made.starts_local
        return account.id


def entries(answer: Any) -> list[Event]:
    """What a calendar program reads."""
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).events)


def test_it_shows_what_went_and_what_comes_and_answers_304_until_something_changes(
    browser: Browser,
) -> None:
    alice = browser("Alice")
    fill("Alice")
    path = address_of("Alice")
    nobody = browser("")

    answer = nobody.get(path)

    found = entries(answer)
    titles = [str(one["summary"]) for one in found]
    assert titles[0] == "✓ sent to 12: Rehearsal at 19:30"
    assert titles[1:3] == ["waits, to Person 0: Daily"] * 2
    assert sum(title.startswith("waits, to Person 0: Daily") for title in titles) == 5
    [cancelled] = [one for one in found if one["status"] == "CANCELLED"]
    assert cancelled["summary"].startswith("cancelled, to Person 0")
    assert "12 read. By Choir phone." in str(found[0]["description"])
    assert len({str(one["uid"]) for one in found}) == len(found) == 8
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert answer.headers["cache-control"] == "private, no-cache"
    same = nobody.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    head = nobody.head(path)
    assert head.headers["etag"] == answer.headers["etag"]
    assert alice.get("/calendar/x.ics").status_code == 404

    with session_scope() as session:
        message = session.exec(select(Message).where(Message.status == Status.SCHEDULED)).first()
        assert message is not None
        message.due_at += timedelta(hours=5)
        message.late_at += timedelta(hours=5)
        at = message.due_at
    moved = nobody.get(path, headers={"If-None-Match": answer.headers["etag"]})
    before = {str(one["uid"]): one for one in found}
    after = {str(one["uid"]): one for one in entries(moved)}
    assert before.keys() == after.keys()
    [changed] = [uid for uid, one in after.items() if one["dtstart"] != before[uid]["dtstart"]]
    assert after[changed].start == at.replace(microsecond=0)
    assert (before[changed]["sequence"], after[changed]["sequence"]) == (0, 1)
    assert all(
        one["sequence"] == 0 and one["dtstamp"] == before[uid]["dtstamp"]
        for uid, one in after.items()
        if uid != changed
    )


def test_an_address_ends_when_it_is_renewed_taken_back_or_its_person_leaves(
    browser: Browser,
) -> None:
    browser("Alice")
    old = address_of("Alice")
    new = address_of("Alice")
    nobody = browser("")

    assert [nobody.get(one).status_code for one in (old, new)] == [404, 200]

    with session_scope() as session:
        calendar_addresses.end_address(
            session, caller_of(session, "Alice"), bootstrap.clock().now()
        )
    assert nobody.get(new).json() == nobody.get("/calendar/nothing.ics").json()

    path = address_of("Alice")
    with session_scope() as session:
        session.delete(session.exec(select(Membership)).one())
    assert nobody.get(path).status_code == 404


def test_who_tries_many_addresses_has_to_wait(browser: Browser) -> None:
    browser("Alice")
    path = address_of("Alice")
    nobody: TestClient = browser("")
    [limit] = calendar_addresses.GUESSES

    statuses = [nobody.get(f"/calendar/{n}.ics").status_code for n in range(limit.most + 1)]

    assert statuses == [404] * limit.most + [429]
    refused = nobody.get(path)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "300")
