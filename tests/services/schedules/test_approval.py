"""What an author writes waits for an editor or manager, and waits anew whenever they change it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from tests.services.fakes import FakeClock
from tests.services.life import Life
from tests.services.requests import ANNA, BEN, a_request, daily, once, save
from wasched.domain.content import Text
from wasched.domain.errors import InputError, NotFoundError, RoleError
from wasched.domain.message import NO_TRY, Status
from wasched.models import Message, Recipient, Role, Schedule
from wasched.services import schedules
from wasched.services.address_book import entries, lists, renumbering
from wasched.services.caller import Caller
from wasched.services.delivery import claim
from wasched.services.messages import bulk, message_actions, stopping
from wasched.services.messages.stopping import Meanwhile
from wasched.services.schedules import approvals, create, preview
from wasched.services.server import after_restore
from wasched.services.views import ApprovalCard, ScheduleLine

HOUR = timedelta(hours=1)
TONIGHT = datetime(2026, 3, 12, 20, 0)  # in Berlin
AT_NIGHT = NOW.replace(hour=19, minute=0)  # the same


@pytest.fixture
def clara(scope: Scope, alice: Caller) -> Caller:
    """An author in Alice's space."""
    return add_colleague(scope, alice, "Clara", Role.AUTHOR)


@pytest.fixture
def eve(scope: Scope, alice: Caller) -> Caller:
    """An editor there."""
    return add_colleague(scope, alice, "Eve", Role.EDITOR)


def card(life: Life, schedule_id: int) -> ApprovalCard:
    """How the approval stands."""
    found = life.shown(schedule_id).line.approval
    assert found is not None
    return found


def approve(scope: Scope, user: Caller, life: Life, schedule_id: int, now: datetime = NOW) -> str:
    """Approve it as it is shown now."""
    turn = card(life, schedule_id).turn
    with scope() as session:
        return approvals.approve_schedule(session, user, schedule_id, turn, now).sentence


def waits_for(scope: Scope, user: Caller) -> list[ScheduleLine]:
    """What stands under *Needs you* of somebody."""
    with scope(write=False) as session:
        found = approvals.list_approvals(session, user, NOW, 9)
        assert approvals.count_approvals(session, user) == len(found)
    return found


def test_it_goes_once_it_is_approved_and_not_before(
    scope: Scope, alice: Caller, eve: Caller, clara: Caller, account_id: int, life: Life
) -> None:
    made = save(scope, clara, once(account_id, at=TONIGHT), NOW)

    assert [one.id for one in waits_for(scope, eve)] == [made]
    assert waits_for(scope, clara) == []
    [row] = waits_for(scope, alice)
    assert row.approval is not None and row.approval.asked_by == "Clara"
    life.pass_to(AT_NIGHT + timedelta(minutes=10))
    assert life.statuses() == ["scheduled"]
    assert approve(scope, eve, life, made, AT_NIGHT + timedelta(minutes=10)) == "Approved."
    life.sweep()
    assert life.statuses() == ["sent"]
    assert waits_for(scope, eve) == []


def test_what_nobody_approved_is_missed_and_says_why(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life, clock: FakeClock
) -> None:
    made = save(scope, clara, once(account_id, at=TONIGHT), NOW)

    life.pass_to(AT_NIGHT + HOUR)

    [message] = life.messages()
    assert (message.status, message.dismissed_at) == ("missed", None)
    assert words(message.reason) == "Nobody had approved it at its time."
    with scope() as session:
        story = message_actions.message_story(session, eve, message.id or 0, clock.now())
        assert "Clara asked for approval" in [one.title for one in story.steps]
        assert story.may == ["dismiss"]
        with pytest.raises(InputError, match="waits for approval"):
            message_actions.decide_message(session, eve, message.id or 0, "send_now", clock.now())
    approve(scope, eve, life, made, clock.now())
    life.sweep()
    assert life.statuses() == ["missed"]  # too late all the same
    with scope() as session:
        message_actions.decide_message(session, eve, message.id or 0, "send_now", clock.now())
    life.sweep()
    assert life.statuses() == ["sent"]


def test_each_time_of_a_series_that_nobody_approved_is_missed(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life, clock: FakeClock
) -> None:
    """Also those that a server which was down has slept through."""
    made = save(scope, clara, daily(account_id), NOW)
    life.pass_to(NOW + timedelta(days=1))
    clock.sleep_until(NOW + timedelta(days=3, hours=5))
    life.sweep()
    life.sweep()

    assert life.statuses() == ["missed"] * 4 + ["scheduled"]
    approve(scope, eve, life, made, clock.now())
    life.pass_to(NOW + timedelta(days=4, hours=5))
    assert life.statuses() == ["missed"] * 4 + ["sent", "scheduled"]


def test_the_claim_takes_nothing_unapproved_wherever_it_stands(
    scope: Scope, clara: Caller, account_id: int, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(scope, clara, a_request(account_id), NOW)
    with scope() as session:
        session.execute(update(Message).values(try_at=NOW))  # as if some door had forgotten it
    life.sweep()
    assert life.statuses() == ["scheduled"]

    with scope() as session:
        session.execute(update(Message).values(try_at=NOW))
    monkeypatch.setattr(claim, "blocked_columns", lambda *_: {})  # and the guard as well
    with pytest.raises(claim.TakenError), scope() as session:
        claim.claim_due(session, account_id, NOW, life._desk._rng)
    assert life.statuses() == ["scheduled"]


def test_an_approval_is_for_what_was_seen(
    scope: Scope, alice: Caller, eve: Caller, clara: Caller, account_id: int, life: Life
) -> None:
    made = save(scope, clara, once(account_id, at=TONIGHT), NOW)
    seen = card(life, made).turn
    other = once(account_id, at=TONIGHT, contents=(Text("Something else"),))
    with scope() as session:
        schedules.edit_schedule(session, clara, made, other, NOW)

    with scope() as session, pytest.raises(InputError, match="Clara changed this meanwhile"):
        approvals.approve_schedule(session, eve, made, seen, NOW)
    with scope() as session, pytest.raises(InputError, match="Clara changed this meanwhile"):
        approvals.refuse_schedule(session, eve, made, seen, "No", NOW)
    assert card(life, made).state == "waiting"
    approve(scope, eve, life, made)
    with scope() as session, pytest.raises(InputError, match="Eve approved this already"):
        approvals.approve_schedule(session, alice, made, seen + 1, NOW)


def test_what_is_refused_comes_back_with_a_word_and_asks_again(
    scope: Scope, eve: Caller, clara: Caller, account_id: int, life: Life, clock: FakeClock
) -> None:
    made = save(scope, clara, once(account_id, at=TONIGHT), NOW)
    turn = card(life, made).turn
    with scope() as session, pytest.raises(InputError, match="a word or two"):
        approvals.refuse_schedule(session, eve, made, turn, "  ", NOW)
    with scope() as session:
        approvals.refuse_schedule(session, eve, made, turn, "Not this Thursday", NOW)

    [mine] = waits_for(scope, clara)
    assert mine.approval is not None
    assert (mine.approval.decided_by, mine.approval.word) == ("Eve", "Not this Thursday")
    assert waits_for(scope, eve) == []
    life.pass_to(AT_NIGHT + HOUR)
    [message] = life.messages()
    assert (message.status, message.dismissed_at) == ("missed", message.settled_at)
    later = once(account_id, at=TONIGHT + timedelta(days=1))
    life = Life(scope, clara, clock, life._desk)
    life.do(_edit, made, later)
    assert (card(life, made).state, card(life, made).word) == ("waiting", "")
    approve(scope, eve, life, made, clock.now())
    life.pass_to(AT_NIGHT + timedelta(days=1, hours=1))
    assert life.statuses() == ["missed", "sent"]


def _edit(session: Session, user: Caller, made: int, request: Any, now: datetime) -> Any:
    return schedules.edit_schedule(session, user, made, request, now)


Act = Callable[[Session, Caller, int, Message], Any]
MORE = timedelta(seconds=1)
LATER = NOW + MORE


def _undo_of(stop: Any) -> Act:
    def act(session: Session, user: Caller, made: int, _: Message) -> object:
        return schedules.undo_action(session, user, stop(session, user, made, NOW).undo, LATER)

    return act


def _new_words(session: Session, user: Caller, made: int, message: Message) -> object:
    request = schedules.request_of(session, user, made)
    other = replace(request, contents=(Text("Free beer"),))
    return schedules.edit_schedule(session, user, made, other, LATER)


def _same_words(session: Session, user: Caller, made: int, message: Message) -> object:
    request = schedules.request_of(session, user, made)
    return schedules.edit_schedule(session, user, made, request, LATER)


def _end_what_was_paused(session: Session, user: Caller, made: int, _: Message) -> object:
    schedules.pause_schedule(session, user, made, NOW)
    return schedules.end_schedule(session, user, made, LATER)


def _take_a_cancellation_back(
    session: Session, user: Caller, made: int, message: Message
) -> object:
    deed = bulk.decide_messages(session, user, [message.id or 0], "cancel", LATER)
    return bulk.undo_bulk(session, user, deed, LATER)


def _send_what_failed(session: Session, user: Caller, made: int, message: Message) -> object:
    message.status = Status.FAILED
    return schedules.resend_failed(session, user, made, LATER)


def _send_again(session: Session, user: Caller, made: int, message: Message) -> None:
    message.status = Status.FAILED
    message_actions.decide_message(session, user, message.id or 0, "send_again", LATER)


def _send_many_again(session: Session, user: Caller, made: int, message: Message) -> object:
    message.status = Status.MISSED
    return bulk.decide_messages(session, user, [message.id or 0], "send_again", LATER)


def _other_number(session: Session, user: Caller, made: int, message: Message) -> object:
    return renumbering.correct_number(
        session, user, message.recipient_id, "+4915123456777", "DE", LATER
    )


def _name_in_a_request(session: Session, user: Caller, made: int, message: Message) -> object:
    number = session.get_one(Recipient, message.recipient_id).phone or ""
    account_id = session.get_one(Schedule, made).account_id
    request = a_request(account_id, number, names={number: "My dear"})
    return create.create_schedule(session, user, request, LATER)


def _wants_again(session: Session, user: Caller, made: int, message: Message) -> None:
    entries.decide_opt_out(session, user, message.recipient_id, False, LATER)
    entries.decide_opt_out(session, user, message.recipient_id, True, LATER)


def _join_list(session: Session, user: Caller, made: int, message: Message) -> object:
    list_id = schedules.request_of(session, user, made).lists[0]
    ben = entries.add_person(session, user, "Ben", BEN, "DE", LATER)
    return lists.put_in(session, user, list_id, [ben], LATER)


LETS_OUT: dict[str, Act] = {
    "edit": _new_words,
    "save unchanged": _same_words,
    "send now": lambda s, u, made, m: schedules.send_now(s, u, made, LATER),
    "send one now": lambda s, u, made, m: message_actions.decide_message(
        s, u, m.id or 0, "send_now", LATER
    ),
    "send again": _send_again,
    "send many again": _send_many_again,
    "send what failed": _send_what_failed,
    "move": lambda s, u, made, m: bulk.move_messages(s, u, [m.id or 0], HOUR, LATER),
    "go on": _undo_of(schedules.pause_schedule),
    "take in again": _undo_of(schedules.skip_next),
    "undo cancel": _undo_of(schedules.cancel_schedule),
    "undo end": _undo_of(schedules.end_schedule),
    "end what was paused": _end_what_was_paused,
    "take a cancellation back": _take_a_cancellation_back,
    "other number": _other_number,
    "other name": lambda s, u, made, m: entries.change_entry(
        s, u, m.recipient_id, "Annika", "", {}, LATER
    ),
    "name in a request": _name_in_a_request,
    "wants messages again": _wants_again,
    "join the list": _join_list,
}


def test_whatever_an_author_lets_out_waits_anew(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life
) -> None:
    """The same by an editor leaves it approved."""
    made = _approved_series(scope, clara, eve, account_id, life)
    turn = card(life, made).turn

    for name, act in LETS_OUT.items():
        assert (name, *_try_out(scope, eve, made, act)[:2]) == (name, "", turn)
        stands, asked, is_away = _try_out(scope, clara, made, act)
        assert (name, stands, asked > turn, is_away) == (name, "waiting", True, True)


STOPS: dict[str, Act] = {
    "pause": lambda s, u, made, m: schedules.pause_schedule(s, u, made, LATER),
    "skip": lambda s, u, made, m: schedules.skip_next(s, u, made, LATER),
    "end": lambda s, u, made, m: schedules.end_schedule(s, u, made, LATER),
    "cancel one": lambda s, u, made, m: message_actions.decide_message(
        s, u, m.id or 0, "cancel", LATER
    ),
    "leave the list": lambda s, u, made, m: lists.take_out(
        s, u, schedules.request_of(s, u, made).lists[0], [m.recipient_id], LATER
    ),
    "notes": lambda s, u, made, m: entries.change_entry(
        s, u, m.recipient_id, "", "Sings alto", {}, LATER
    ),
}


def test_what_only_takes_away_needs_no_approval(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life
) -> None:
    made = _approved_series(scope, clara, eve, account_id, life)
    for name, act in STOPS.items():
        assert (name, _try_out(scope, clara, made, act)[0]) == (name, "")


def _try_out(scope: Scope, user: Caller, made: int, act: Act) -> tuple[str, int, bool]:
    """How the approval stands after an act, which is taken back then, and if all is put away."""
    with scope() as session:
        of_it = col(Message.schedule_id) == made
        act(session, user, made, session.scalars(select(Message).where(of_it)).one())
        session.flush()
        session.expire_all()
        found = session.get_one(Schedule, made)
        stands = found.approval, found.approval_turn
        waiting = select(Message).where(of_it, Message.status == Status.SCHEDULED)
        is_away = all(one.try_at == NO_TRY for one in session.scalars(waiting))
        session.rollback()
    return *stands, is_away


def _approved_series(scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life) -> int:
    """Clara's message to a list, every day, that Eve has approved."""
    with scope() as session:
        list_id = lists.add_list(session, clara, "Altos", NOW)
        anna = entries.add_person(session, clara, "", ANNA, "DE", NOW)
        lists.put_in(session, clara, list_id, [anna], NOW)
    request = replace(daily(account_id, at="20:00"), to=(), lists=(list_id,))
    made = save(scope, clara, request, NOW)
    approve(scope, eve, life, made)
    return made


def test_a_date_that_an_author_changes_alone_waits_and_its_series_goes_on(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life
) -> None:
    series = _approved_series(scope, clara, eve, account_id, life)
    request = replace(
        daily(account_id, at="21:00"), contents=(Text("Later!"),), day=date(2026, 3, 12)
    )
    own = life.do(
        lambda s, u, made, now: schedules.edit_schedule(
            s, clara, made, replace(request, clock=time(21)), now, scope="this"
        ),
        series,
    ).schedule_id

    assert (card(life, series).state, card(life, own).state) == ("", "waiting")
    life.pass_to(AT_NIGHT + timedelta(days=1, hours=6))
    assert life.statuses() == ["missed", "sent", "scheduled"]


def test_what_an_editor_saves_is_approved_and_what_they_only_touch_is_not(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life
) -> None:
    made = save(scope, clara, daily(account_id, at="20:00"), NOW)
    with scope() as session:
        [message] = session.scalars(select(Message)).all()
        bulk.move_messages(session, eve, [message.id or 0], HOUR, NOW)
        schedules.pause_schedule(session, eve, made, NOW)
        said = schedules.resume_schedule(session, eve, made, NOW).sentence
        assert said == "Goes on. It waits for approval, and cannot go out before that."
        with pytest.raises(InputError, match="waits for approval"):
            schedules.send_now(session, eve, made, NOW)
        assert session.get_one(Schedule, made).approval == "waiting"
    life.sweep()
    life.do(lambda s, u, one, now: _same_words(s, eve, one, message), made)
    assert card(life, made).state == ""
    life.pass_to(AT_NIGHT + HOUR + HOUR)
    assert life.statuses()[0] == "sent"


def test_no_stop_that_ends_lets_it_out(
    scope: Scope, alice: Caller, clara: Caller, eve: Caller, account_id: int, life: Life
) -> None:
    """And an author neither stops accounts nor lets them go on."""
    save(scope, clara, a_request(account_id), NOW)
    with scope() as session, pytest.raises(RoleError):
        stopping.stop_sending(session, clara, None, NOW)
    with scope() as session:
        stopping.stop_sending(session, alice, None, NOW)
    with scope() as session, pytest.raises(RoleError):
        stopping.go_on(session, clara, None, Meanwhile.SEND, NOW, NOW)
    with scope() as session:
        stopping.go_on(session, alice, None, Meanwhile.SEND, NOW, NOW)
    life.sweep()
    assert life.statuses() == ["scheduled"]


def test_what_was_due_in_a_back_up_cannot_be_approved_into_a_second_message(
    scope: Scope, clara: Caller, eve: Caller, account_id: int, life: Life
) -> None:
    """It may have been approved, and sent, after the back-up was made."""
    made = save(scope, clara, a_request(account_id), NOW)
    with scope() as session:
        after_restore.put_aside(session, NOW, NOW)
    approve(scope, eve, life, made)
    life.sweep()
    [message] = life.messages()
    assert message.status == "missed" and words(message.reason).startswith(
        "The server was restored"
    )


def test_who_writes_is_told_before_saving_that_it_will_wait(
    scope: Scope, clara: Caller, eve: Caller, account_id: int
) -> None:
    said = "An editor or manager has to approve it before it goes out."
    for who, is_told in ((clara, True), (eve, False)):
        with scope(write=False) as session:
            seen = preview.preview(session, who, daily(account_id), NOW)
        assert (said in [one.sentence for one in seen.warnings]) is is_told


def test_only_who_may_approves_and_only_in_their_space(
    scope: Scope, alice: Caller, charlie: Caller, clara: Caller, account_id: int, life: Life
) -> None:
    made = save(scope, clara, a_request(account_id), NOW)
    vera = add_colleague(scope, alice, "Vera", Role.VIEWER)
    for who, answer in ((clara, RoleError), (vera, RoleError), (charlie, NotFoundError)):
        for decide in (
            lambda s, u: approvals.approve_schedule(s, u, made, 1, NOW),
            lambda s, u: approvals.refuse_schedule(s, u, made, 1, "No", NOW),
        ):
            with scope() as session, pytest.raises(answer):
                decide(session, who)
        assert waits_for(scope, who) == []
    assert life.statuses() == ["scheduled"]
