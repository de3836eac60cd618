"""What is said of something that was sent or moved: never that it goes where it is held up."""

from datetime import timedelta
from random import Random

from sqlmodel import Session, col, select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.requests import a_request, daily
from wasched.domain.link import LinkState
from wasched.models import Account, Message
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.delivery.claim import Idle, claim_due
from wasched.services.messages import bulk, stopping
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
    stopped = "Choir phone is stopped. It goes out once the account goes on."
    assert said == [
        f"It waits. {stopped}",
        f"Going out again: 3 messages. {stopped}",
        f"It waits. {stopped}",
        "Paused.",
        f"Goes on. {stopped}",
    ]


def test_nothing_of_a_paused_schedule_is_promised(
    session: Session, alice: Caller, account_id: int
) -> None:
    one = create.create_schedule(session, alice, daily(account_id), NOW).schedule_id
    schedules.pause_schedule(session, alice, one, NOW)
    skipped = schedules.skip_next(session, alice, one, NOW)
    assert skipped.undo is not None

    taken_back = schedules.undo_action(session, alice, skipped.undo, NOW)
    ended = schedules.end_schedule(session, alice, one, NOW)
    assert ended.undo is not None
    revived = schedules.undo_action(session, alice, ended.undo, NOW)

    paused = "Its schedule is paused. It goes out once you resume it."
    assert taken_back.sentence == f"Goes out today at 18:00 after all. {paused}"
    assert revived.sentence == f"It is back. {paused}"


def test_what_is_paused_and_moved_waits_all_the_same(
    session: Session, alice: Caller, account_id: int
) -> None:
    one = create.create_schedule(session, alice, daily(account_id), NOW).schedule_id
    schedules.pause_schedule(session, alice, one, NOW)
    ids = session.scalars(select(Message.id).where(col(Message.schedule_id) == one)).all()

    deed = bulk.move_messages(session, alice, [one for one in ids if one], timedelta(hours=1), NOW)

    assert isinstance(claim_due(session, account_id, NOW + timedelta(days=1), Random(1)), Idle)
    assert deed.is_paused and len(deed.done) == len(ids) == 1
    schedules.resume_schedule(session, alice, one, NOW)
    assert session.get_one(Message, ids[0]).try_at == deed.done[0].due_at + timedelta(hours=1)


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
