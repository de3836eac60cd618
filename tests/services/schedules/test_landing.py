"""What is said of something that was sent or moved: never that it goes where it is held up."""

from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.requests import a_request, daily
from wasched.domain.link import LinkState
from wasched.models import Account
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.messages import stopping
from wasched.services.schedules import create, landing


def test_whatever_promises_to_send_says_that_it_is_stopped(
    session: Session, alice: Caller, account_id: int
) -> None:
    made = create.create_schedule(session, alice, daily(account_id), NOW)
    now = create.create_schedule(session, alice, a_request(account_id), NOW)
    assert landing.landing_page(session, now).sentence == "On its way."
    assert landing.say_on_its_way(session, [account_id], 3) == "3 on their way."
    assert landing.say_what_holds(session, [account_id], "Moved.") == "Moved."

    stopping.stop_sending(session, alice, None, NOW)

    said = [
        landing.landing_page(session, now).sentence,
        landing.say_what_holds(session, [account_id], "Going out again: 3 messages.", is_now=True),
        schedules.send_now(session, alice, made.schedule_id, NOW).sentence,
        schedules.pause_schedule(session, alice, made.schedule_id, NOW).sentence,
        schedules.resume_schedule(session, alice, made.schedule_id, NOW).sentence,
    ]
    stopped = "Choir phone is stopped. It goes out once you go on."
    assert said == [
        f"It waits. {stopped}",
        f"Going out again: 3 messages. {stopped}",
        f"It waits. {stopped}",
        "Paused.",
        f"Goes on. {stopped}",
    ]


def test_of_many_accounts_that_hold_it_up_two_are_named(
    session: Session, scope: Scope, alice: Caller, account_id: int
) -> None:
    session.get_one(Account, account_id).state = LinkState.RECONNECTING
    session.commit()
    held = [add_account(scope, alice, name=name, state=LinkState.LOGGED_OUT) for name in "ABC"]

    coming, at_once = (
        landing.why_it_waits(session, [account_id, *held], is_now=is_now)
        for is_now in (False, True)
    )

    assert coming.startswith("A is not linked.") and "B is not linked." in coming
    assert coming.endswith("1 more account holds it up too.")
    assert at_once.startswith("Choir phone has no connection to WhatsApp.")
    assert at_once.endswith("2 more accounts hold it up too.")
