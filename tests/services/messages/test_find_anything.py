"""What is found by its name: a few of each kind, and only what one may see."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.services.conftest import NOW
from tests.services.requests import ANNA, once
from tests.services.sent import a_send
from wasched.domain.content import Text
from wasched.domain.message import Status
from wasched.models import Recipient, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.content import templates
from wasched.services.messages import find_anything
from wasched.services.messages.find_anything import FEW, Found
from wasched.services.schedules import create


def test_everything_of_that_name_is_found_by_who_may_see_it_and_nobody_else(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    a_send(
        session,
        alice,
        account_id,
        NOW + timedelta(days=1),
        Status.SCHEDULED,
        names=("Dilnoza Karimova",),
    )
    made = session.exec(select(Schedule)).one()
    made.rrule, made.status = "FREQ=DAILY", ScheduleStatus.ACTIVE
    person = session.exec(select(Recipient)).one()
    session.add(ScheduleRecipient(schedule_id=made.id, recipient_id=person.id))
    words, tomorrow = (Text("Flowers for Dilnoza"),), NOW.replace(tzinfo=None) + timedelta(days=1)
    draft = once(account_id, ANNA, at=tomorrow, contents=words)
    create.create_schedule(session, alice, draft, NOW)
    lists.add_list(session, alice, "Dilnoza's choir", NOW)
    templates.add_template(session, alice, "For Dilnoza", "Dear Dilnoza", NOW)

    found = find_anything.find_by_name(session, alice, "dilnoza", NOW)

    assert [one.name for one in found.people] == ["Dilnoza Karimova"]
    assert [one.name for one in found.lists] == ["Dilnoza's choir"]
    assert [one.repeats for one in found.schedules] == [True, False]
    assert [one.name for one in found.templates] == ["For Dilnoza"]
    assert find_anything.find_by_name(session, charlie, "dilnoza", NOW) == Found()


def test_of_many_a_few_are_found_and_of_no_words_nothing(session: Session, alice: Caller) -> None:
    for number in range(FEW + 3):
        lists.add_list(session, alice, f"Choir {number}", NOW)

    assert len(find_anything.find_by_name(session, alice, "choir", NOW).lists) == FEW
    assert find_anything.find_by_name(session, alice, "  ", NOW) == Found()
