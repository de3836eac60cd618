"""Two people on one thing: who saves second is told so, and nothing is overwritten in silence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from tests.services.life import Life
from tests.services.requests import daily, save
from wasched.domain.errors import ChangedError
from wasched.domain.reasons import Code, because
from wasched.models import Recipient, RecipientList, Role, Schedule, Template
from wasched.services import schedules
from wasched.services.address_book import entries, lists, renumbering
from wasched.services.caller import Caller
from wasched.services.content import templates

LATER = NOW + timedelta(minutes=2)
NUMBER = "+4915100000021"

Edit = Callable[[Session, Caller, int, str, int | None], object]


def _change_person(session: Session, user: Caller, id_: int, words: str, seen: int | None) -> None:
    entries.change_entry(session, user, id_, words, "", {}, LATER, if_version=seen)


def _correct(session: Session, user: Caller, id_: int, words: str, seen: int | None) -> None:
    number = f"{NUMBER[:-2]}{len(words) + 30}"
    renumbering.correct_number(session, user, id_, number, "DE", LATER, if_version=seen)


def _rename(session: Session, user: Caller, id_: int, words: str, seen: int | None) -> None:
    lists.rename_list(session, user, id_, words, LATER, if_version=seen)


def _rewrite(session: Session, user: Caller, id_: int, words: str, seen: int | None) -> None:
    templates.edit_template(session, user, id_, words, words, LATER, if_version=seen)


def _edit(session: Session, user: Caller, id_: int, words: str, seen: int | None) -> None:
    request = replace(schedules.request_of(session, user, id_), late_s=60 * len(words))
    schedules.edit_schedule(session, user, id_, request, LATER, if_version=seen)


@pytest.mark.parametrize(
    ("table", "edit"),
    [
        (Recipient, _change_person),
        (Recipient, _correct),
        (RecipientList, _rename),
        (Template, _rewrite),
        (Schedule, _edit),
    ],
)
def test_who_has_not_seen_the_last_change_overwrites_nothing(
    table: type, edit: Edit, scope: Scope, alice: Caller, account_id: int
) -> None:
    bob = add_colleague(scope, alice, "Bob", Role.EDITOR)
    with scope() as session:
        entries.add_person(session, alice, "Ben", NUMBER, "DE", NOW)
        lists.add_list(session, alice, "Altos", NOW)
        templates.add_template(session, alice, "Hello", "Hello", NOW)
    save(scope, alice, daily(account_id), NOW)
    with scope() as session:
        seen = session.get_one(table, 1).version
        edit(session, bob, 1, "Bob's own", seen)
    with scope(write=False) as session:
        kept = session.get_one(table, 1).model_dump()

    with pytest.raises(ChangedError) as refusal, scope() as session:
        edit(session, alice, 1, "Mine", seen)

    assert refusal.value.reason == because(Code.CHANGED_BY, user="Bob", at=LATER)
    with scope(write=False) as session:
        assert session.get_one(table, 1).model_dump() == kept
    with scope() as session:
        edit(session, alice, 1, "Mine", refusal.value.version)


def test_two_tabs_of_one_person_are_told_that_it_was_themselves(
    scope: Scope, alice: Caller
) -> None:
    with scope() as session:
        templates.add_template(session, alice, "Hello", "Hello", NOW)
        _rewrite(session, alice, 1, "Here", 1)

    with pytest.raises(ChangedError) as refusal, scope() as session:
        _rewrite(session, alice, 1, "There", 1)

    assert refusal.value.reason == because(Code.CHANGED_BY_YOU, at=LATER)


def test_what_somebody_took_away_meanwhile_is_not_brought_back(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    bob = add_colleague(scope, alice, "Bob", Role.EDITOR)
    made = save(scope, alice, daily(account_id), NOW)
    with scope() as session:
        entries.add_person(session, alice, "Ben", NUMBER, "DE", NOW)
        ben = session.scalars(select(Recipient).where(Recipient.phone == NUMBER)).one().id or 0
        entries.remove_entry(session, bob, ben, LATER)
        schedules.cancel_schedule(session, bob, made, LATER)

    for edit, id_ in ((_change_person, ben), (_edit, made)):
        with pytest.raises(ChangedError) as refusal, scope() as session:
            edit(session, alice, id_, "Mine", 1)
        assert refusal.value.is_gone
        assert refusal.value.reason == because(Code.GONE_BY, user="Bob", at=LATER)


def test_what_the_worker_does_is_no_newer_version(
    scope: Scope, alice: Caller, account_id: int, life: Life
) -> None:
    made = save(scope, alice, daily(account_id), NOW)

    life.pass_to(NOW + timedelta(days=3))

    with scope(write=False) as session:
        assert session.get_one(Schedule, made).version == 1
        assert {one.version for one in session.scalars(select(Recipient))} == {1}
