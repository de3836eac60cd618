"""An account that moves to another space takes all it needs along; nothing due is another."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_colleague, add_user
from wasched.domain.content import Text
from wasched.domain.errors import NotFoundError, RoleError, UnconfirmedError
from wasched.domain.message import Status
from wasched.domain.reasons import Code
from wasched.models import (
    Account,
    AuditEntry,
    ListMember,
    Message,
    Recipient,
    RecipientList,
    Role,
    Schedule,
    ScheduleRecipient,
    Template,
)
from wasched.services import schedules
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.services.content import templates
from wasched.services.identity import users
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import KeywordRequest
from wasched.services.moving.move_account import MovePlan, move_account, plan_move
from wasched.services.recipients import recipients
from wasched.services.schedules.create import ScheduleRequest, create_schedule

NUMBERS = [f"+491510000{number:04}" for number in range(20, 28)]


@pytest.fixture
def choir(scope: Scope, alice: Caller) -> Caller:
    """Alice in another space, which she manages as well."""
    return _there(scope, alice, add_user(scope, "Choir"), Role.MANAGER)


def _there(scope: Scope, user: Caller, of: Caller, role: Role) -> Caller:
    with scope() as session:
        users.add_membership(session, user.id, of.space_id, role, NOW)
    return replace(user, space_id=of.space_id, role=role)


def _move(scope: Scope, user: Caller, account_id: int, to: Caller) -> MovePlan:
    with scope() as session:
        return move_account(session, user, account_id, to.space_id, 10, NOW)


def _person(session: Session, user: Caller, number: str, name: str) -> int:
    return recipients.person_with_number(session, user.space_id, number, NOW, name).id or 0


def _schedule(session: Session, user: Caller, account_id: int, **to: object) -> int:
    fields = {"to": (), "contents": (Text("Rehearsal"),), "rrule": "FREQ=DAILY"} | to
    at = NOW + timedelta(hours=1)
    request = ScheduleRequest(
        account_id=account_id,
        day=at.date(),
        clock=at.time(),
        zone="UTC",
        **fields,  # type: ignore[arg-type]
    )
    return create_schedule(session, user, request, NOW).schedule_id


def _due(scope: Scope) -> tuple[set[object], set[object]]:
    """Who gets what when: of what is laid out, and of what schedules say comes next."""
    with scope(write=False) as session:
        number = Recipient.phone
        laid_out = session.execute(
            select(Message.schedule_id, Message.due_at, Message.late_at, Message.try_at, number)
            .join(Recipient, Recipient.id == Message.recipient_id)  # type: ignore[arg-type]
            .where(Message.status == Status.SCHEDULED)  # type: ignore[arg-type]
        )
        coming = session.execute(
            select(Schedule.id, Schedule.next_at, Schedule.status, number)  # type: ignore[arg-type]
            .join(ScheduleRecipient, ScheduleRecipient.schedule_id == Schedule.id)
            .join(Recipient, Recipient.id == ScheduleRecipient.recipient_id)
        )
        return {tuple(one) for one in laid_out}, {tuple(one) for one in coming}


def _check_apart(scope: Scope) -> None:
    """No row names anything of another space."""
    with scope(write=False) as session:
        space_of = {
            table: dict(session.execute(select(table.id, table.space_id)).all())  # type: ignore[arg-type]
            for table in (Account, Schedule, Recipient, RecipientList)
        }
        for made in session.scalars(select(Schedule)):
            assert made.space_id == space_of[Account][made.account_id]
        for row in session.scalars(select(Message)):
            assert row.space_id == space_of[Schedule][row.schedule_id]
            assert row.space_id == space_of[Recipient][row.recipient_id]
        for goes in session.scalars(select(ScheduleRecipient)):
            assert space_of[Schedule][goes.schedule_id] == space_of[Recipient][goes.recipient_id]
        for member in session.scalars(select(ListMember)):
            assert (
                space_of[RecipientList][member.list_id] == space_of[Recipient][member.recipient_id]
            )
        for named in session.execute(select(schedules.audience.ScheduleList)).scalars():
            assert space_of[Schedule][named.schedule_id] == space_of[RecipientList][named.list_id]


@contextmanager
def _nothing_due_changes(scope: Scope) -> Iterator[None]:
    before = _due(scope)
    yield
    assert _due(scope) == before
    _check_apart(scope)


def test_the_only_account_takes_everything_along_and_both_spaces_are_told(
    scope: Scope, alice: Caller, choir: Caller, account_id: int
) -> None:
    with scope() as session:
        people = [_person(session, alice, one, one[-2:]) for one in NUMBERS[:3]]
        altos = lists.add_list(session, alice, "Altos", NOW)
        lists.put_in(session, alice, altos, people, NOW)
        templates.add_template(session, alice, "Hello", "Hello", NOW)
        _schedule(session, alice, account_id, lists=(altos,))
        # Bea is in both, under other names; so are a list and a template.
        twin = _person(session, choir, NUMBERS[0], "Bea")
        lists.add_list(session, choir, "altos", NOW)
        templates.add_template(session, choir, "Hello", "Good morning", NOW)
    with scope(write=False) as session:
        plan = plan_move(session, alice, account_id, choir.space_id)
    assert (plan.schedules, plan.messages, plan.people, plan.lists) == (1, 3, 3, 1)
    assert (plan.both, plan.stay) == (1, 0)

    with _nothing_due_changes(scope):
        _move(scope, alice, account_id, choir)

    with scope(write=False) as session:
        assert session.get_one(Account, account_id).space_id == choir.space_id
        named = session.scalars(select(RecipientList.name)).all()
        assert sorted(named) == ["Altos (2)", "altos"]
        assert sorted(session.scalars(select(Template.name))) == ["Hello", "Hello (2)"]
        assert twin in session.scalars(select(Message.recipient_id)).all()
        assert entries.list_entries(session, choir, "person").total == 3
        assert entries.list_entries(session, alice, "person").total == 0
        entries_kept = session.scalars(select(AuditEntry)).all()
        told = [one.space_id or 0 for one in entries_kept if one.what.code is Code.MOVED_ACCOUNT]
        assert sorted(told) == sorted([alice.space_id, choir.space_id])


def test_what_another_account_still_uses_stays_there_as_well(
    scope: Scope, alice: Caller, choir: Caller, account_id: int
) -> None:
    other = add_account(scope, alice, name="Second phone")
    with scope() as session:
        ben, eva = (_person(session, alice, one, one[-2:]) for one in NUMBERS[:2])
        altos = lists.add_list(session, alice, "Altos", NOW)
        lists.put_in(session, alice, altos, [ben, eva], NOW)
        for through in (account_id, other):
            _schedule(session, alice, through, lists=(altos,))

    with _nothing_due_changes(scope):
        _move(scope, alice, account_id, choir)

    with scope(write=False) as session:
        for where in (alice, choir):
            assert entries.list_entries(session, where, "person").total == 2
            assert [one.name for one in lists.all_lists(session, where)] == ["Altos"]


def test_who_opted_out_there_gets_nothing_more_here(
    scope: Scope, alice: Caller, choir: Caller, account_id: int
) -> None:
    with scope() as session:
        ben = _person(session, alice, NUMBERS[0], "Ben")
        _schedule(session, alice, account_id, to=(ben,))
        entries.decide_opt_out(session, alice, ben, False, NOW)
        twin = _person(session, choir, NUMBERS[0], "Ben")

    _move(scope, alice, account_id, choir)

    with scope(write=False) as session:
        assert session.get_one(Recipient, twin).opted_out_at == NOW
        assert session.scalars(select(Message.status)).all() == [Status.SKIPPED]


def test_only_who_manages_both_may_and_only_with_their_password(
    scope: Scope, alice: Caller, choir: Caller, charlie: Caller, account_id: int
) -> None:
    editor = add_colleague(scope, alice, "Eva", Role.EDITOR)
    _there(scope, editor, choir, Role.MANAGER)
    viewed = _there(scope, alice, add_user(scope, "Garden"), Role.VIEWER)
    for user, to, refusal in (
        (editor, choir, RoleError),
        (alice, viewed, RoleError),
        (alice, charlie, NotFoundError),
        (alice, replace(alice, space_id=404_404), NotFoundError),
        (charlie, charlie, NotFoundError),
        (replace(alice, confirmed_at=None), choir, UnconfirmedError),
    ):
        with pytest.raises(refusal):
            _move(scope, user, account_id, to)
    with scope(write=False) as session:
        assert session.get_one(Account, account_id).space_id == alice.space_id


@pytest.mark.parametrize("seed", range(4))
def test_on_made_up_servers_nothing_is_lost_doubled_or_moved_in_time(
    scope: Scope, alice: Caller, choir: Caller, account_id: int, seed: int
) -> None:
    rng = Random(seed)
    through = [(alice, account_id), (alice, add_account(scope, alice, name="Second"))]
    through.append((choir, add_account(scope, choir, name="Third")))
    with scope() as session:
        for user in (alice, choir):
            for name in ("Altos", "Basses"):
                made = lists.add_list(session, user, name, NOW)
                some = [_person(session, user, one, name) for one in rng.sample(NUMBERS, 3)]
                lists.put_in(session, user, made, some, NOW)
        for user, phone in through * 2:
            some = [_person(session, user, one, one[-2:]) for one in rng.sample(NUMBERS, 2)]
            there = [one.id for one in lists.all_lists(session, user)]
            chosen = tuple(rng.sample(there, rng.randint(0, 2)))
            _schedule(session, user, phone, to=tuple(some), lists=chosen)

    with _nothing_due_changes(scope):
        _move(scope, alice, account_id, choir)
    with _nothing_due_changes(scope):
        _move(scope, alice, through[1][1], choir)


def test_keywords_stay_with_their_list_while_another_account_is_there_and_go_with_the_last(
    scope: Scope, alice: Caller, choir: Caller, account_id: int
) -> None:
    other = add_account(scope, alice)
    with scope() as session:
        altos = lists.add_list(session, alice, "Altos", NOW)
        lists.put_in(session, alice, altos, [_person(session, alice, NUMBERS[0], "Anna")], NOW)
        _schedule(session, alice, account_id, lists=(altos,))
        wanted = KeywordRequest("yes", list_id=altos, move="into")
        setting_up.add_keyword(session, alice, wanted, NOW)
        setting_up.add_keyword(session, alice, KeywordRequest("no", answer="A pity."), NOW)
        setting_up.add_keyword(session, choir, KeywordRequest("no", answer="Oh."), NOW)

    _move(scope, alice, account_id, choir)
    with scope(write=False) as session:
        assert session.get_one(RecipientList, altos).space_id == alice.space_id
        assert len(setting_up.list_keywords(session, alice)) == 2

    _move(scope, alice, other, choir)
    with scope(write=False) as session:
        words = [one.words for one in setting_up.list_keywords(session, choir)]
        assert sorted(words) == [("no",), ("yes",)]
        assert setting_up.forms_by_account(session)[other] == {"yes", "no"}
        assert [one.words for one in setting_up.list_keywords(session, alice)] == [("no",)]
