"""Variables: named before saving with whom they concern, filled in when the message goes out."""

from random import Random

import pytest
from sqlalchemy import select

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.requests import a_request
from wasched.domain.content import Poll, Text
from wasched.domain.message import Status
from wasched.models import Message, Recipient, RecipientKind, Schedule
from wasched.services.caller import Caller
from wasched.services.content import rendering
from wasched.services.delivery.sender import AccountSender
from wasched.services.schedules import create, preview
from wasched.services.schedules.create import ScheduleRequest

PEOPLE = (
    ("Anna Schmidt", "+4915100000001", {"Voice part": "Alto"}),
    ("Ben", "+4915100000002", {"Voice part": ""}),
    ("", "+4915100000003", {}),
)


@pytest.fixture
def people(scope: Scope, alice: Caller) -> list[int]:
    """Anna with everything, Ben without a voice part, somebody without even a name; a group."""
    with scope() as session:
        rows = [
            Recipient(
                space_id=alice.space_id,
                kind=RecipientKind.PERSON,
                name=name,
                phone=phone,
                fields=dict(fields),
                created_at=NOW,
            )
            for name, phone, fields in PEOPLE
        ]
        rows.append(
            Recipient(
                space_id=alice.space_id,
                kind=RecipientKind.GROUP,
                name="Whole choir",
                jid="1@g.us",
                created_at=NOW,
            )
        )
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def test_each_hole_is_named_with_those_it_concerns(
    scope: Scope, alice: Caller, people: list[int]
) -> None:
    text = Text("Dear {first_name}, you sing {Voice part}. {name|You} {date}")
    with scope(write=False) as session:
        found = rendering.check_variables(session, alice, [text], people)

    assert [(one.name, one.recipients, one.count, one.is_unknown) for one in found] == [
        ("first_name", ("+49 1510 0000003", "Whole choir"), 2, False),
        ("voice_part", ("Ben", "+49 1510 0000003", "Whole choir"), 3, False),
    ]
    assert found[0].sentence == (
        "{first_name} is empty for 2 of 4: +49 1510 0000003, Whole choir. "
        "Write {first_name|friend} to say something else there."
    )


def test_a_variable_that_nobody_has_is_unknown_and_the_likely_one_is_offered(
    scope: Scope, alice: Caller, people: list[int]
) -> None:
    with scope(write=False) as session:
        (found,) = rendering.check_variables(
            session, alice, [Poll("{voicepart}?", ("a", "b"))], people
        )

    assert found.is_unknown
    assert "Did you mean {voice_part}?" in found.sentence
    assert "{{voicepart}}" in found.sentence


def test_a_number_that_is_nobodys_yet_is_named_as_well(
    scope: Scope, alice: Caller, account_id: int, people: list[int]
) -> None:
    to = (people[0], "+4915100000091", "+4915100000092")
    text, called = Text("Dear {first_name}"), {"+4915100000092": "Cara from the phone"}
    request = a_request(account_id, *to, contents=(text,), names=called)

    with scope(write=False) as session:
        plan = preview.preview(session, alice, request, NOW)
    (said,) = (one.sentence for one in plan.warnings if one.kind == "variables")

    assert said.startswith("{first_name} is empty for 1 of 3: +49 1510 0000091.")


def test_what_only_old_entries_have_is_not_called_unknown(
    scope: Scope, alice: Caller, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "_LOOKED_AT", 0)
    with scope(write=False) as session:
        (found,) = rendering.check_variables(session, alice, [Text("{voice_part}")], people[:2])

    assert found.sentence.startswith("{voice_part} is empty for 1 of 2: Ben.")


def test_a_text_without_variables_has_no_problems(
    scope: Scope, alice: Caller, people: list[int]
) -> None:
    with scope(write=False) as session:
        assert rendering.check_variables(session, alice, [Text("{{name}} { }")], people) == []


def test_a_pattern_that_is_not_understood_is_told_before_saving(
    scope: Scope, alice: Caller, account_id: int, people: list[int]
) -> None:
    texts = (Text("{date:TT.MM.JJJJ} {name|{1}}"), Text("On {Date:DD.MM.YYYY}"))
    with scope(write=False) as session:
        plan = preview.preview(
            session, alice, a_request(account_id, people[0], contents=texts), NOW
        )
    said = [one.sentence for one in plan.warnings if one.kind == "variables"]

    assert [one.partition(". ")[0] for one in said] == [
        "In {date:TT.MM.JJJJ} this stands for no part of a date: TT, JJJJ",
        "{name|{1}}… is not read as a variable and goes out as it stands: it is not closed on its "
        "line, too long, or has braces in it that are no variable",
    ]
    assert "Write DD.MM.YYYY for 05.03.2026" in said[0]


def test_what_stands_in_for_a_hole_is_named_if_it_is_empty_itself(
    scope: Scope, alice: Caller, people: list[int]
) -> None:
    with scope(write=False) as session:
        (found,) = rendering.check_variables(
            session, alice, [Text("{nickname|{first_name}}")], people
        )

    assert (found.name, found.count, found.is_unknown) == ("first_name", 2, False)


def test_charlie_learns_nothing_of_alices_people(
    scope: Scope, charlie: Caller, people: list[int]
) -> None:
    with scope(write=False) as session:
        assert rendering.check_variables(session, charlie, [Text("{voice_part}")], people) == []
        assert "voice_part" not in rendering.variable_names(session, charlie)


def test_the_fields_of_people_are_offered_as_variables(
    scope: Scope, alice: Caller, people: list[int]
) -> None:
    with scope(write=False) as session:
        offered = rendering.variable_names(session, alice)

    assert offered == ["name", "first_name", "date", "time", "voice_part"]


def test_a_preview_marks_what_is_missing(scope: Scope, alice: Caller, people: list[int]) -> None:
    text = Text("{first_name} {voice_part} {time}")
    with scope(write=False) as session:
        anna = rendering.preview_content(session, alice, text, people[0], NOW, "Europe/Berlin")
        made_up = rendering.preview_content(session, alice, text, None, NOW, "Europe/Berlin")

    assert anna == Text("Anna Alto 17:42")
    assert made_up == Text("Anna \ue000{voice_part}\ue001 17:42")


def test_five_thousand_recipients_are_checked_in_one_go(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        rows = [
            Recipient(
                space_id=alice.space_id,
                kind=RecipientKind.PERSON,
                name="Anna" if number % 2 else "",
                phone=f"+49151{number:08}",
                created_at=NOW,
            )
            for number in range(5_000)
        ]
        session.add_all(rows)
        session.flush()
        ids = [row.id or 0 for row in rows]
    with scope(write=False) as session:
        (found,) = rendering.check_variables(session, alice, [Text("{first_name}")], ids)

    assert found.count == 2_500
    assert "2,500 of 5,000" in found.sentence
    assert found.sentence.count("+49") == rendering.NAMED


def test_each_gets_their_own_text_from_what_is_known_at_the_time_of_sending(
    scope: Scope,
    alice: Caller,
    account_id: int,
    people: list[int],
    gateway: FakeGateway,
    clock: FakeClock,
) -> None:
    send_to(scope, alice, account_id, people, "Dear {first_name|friend}: {voice_part} {{x}} {time}")
    with scope() as session:
        ben = session.get_one(Recipient, people[1])
        ben.name, ben.fields = "Benjamin Ott", {"voice PART": "{name} Bass"}
        session.add(ben)

    desk(account_id, gateway, scope, clock).drain()

    texts = {out.to: out.content for out in gateway.outbox}
    assert texts == {
        "4915100000001@s.whatsapp.net": Text("Dear Anna: Alto {x} 17:42"),
        "4915100000002@s.whatsapp.net": Text("Dear Benjamin: {name} Bass {x} 17:42"),
        "4915100000003@s.whatsapp.net": Text("Dear friend:  {x} 17:42"),
        "1@g.us": Text("Dear friend:  {x} 17:42"),
    }
    with scope(write=False) as session:
        kept = {m.recipient_id: m.sent_text for m in session.scalars(select(Message))}
    assert kept[people[0]] == "Dear Anna: Alto {x} 17:42"


def test_a_text_of_nothing_but_holes_is_not_sent(
    scope: Scope,
    alice: Caller,
    account_id: int,
    people: list[int],
    gateway: FakeGateway,
    clock: FakeClock,
) -> None:
    send_to(scope, alice, account_id, people[:2], "{voice_part}")

    desk(account_id, gateway, scope, clock).drain()

    assert [out.content for out in gateway.outbox] == [Text("Alto")]
    with scope(write=False) as session:
        bens = session.scalars(select(Message).filter_by(recipient_id=people[1])).one()
    assert bens.status == Status.FAILED
    assert words(bens.reason) == (
        "There is nothing to say to them: the variables in the text are empty."
    )


def test_a_schedule_that_cannot_be_read_does_not_hold_up_the_others(
    scope: Scope,
    alice: Caller,
    account_id: int,
    people: list[int],
    gateway: FakeGateway,
    clock: FakeClock,
) -> None:
    broken = send_to(scope, alice, account_id, people[:1], "Broken")
    send_to(scope, alice, account_id, people[1:2], "Whole")
    with scope() as session:
        row = session.get_one(Schedule, broken)
        row.contents = [{"type": "telegram"}]
        session.add(row)

    desk(account_id, gateway, scope, clock).drain()

    assert [out.content for out in gateway.outbox] == [Text("Whole")]


def send_to(scope: Scope, user: Caller, account_id: int, ids: list[int], text: str) -> int:
    """Schedule a text for now; returns the schedule's id."""
    request = ScheduleRequest(account_id, tuple(ids), (Text(text),), None, None, "Europe/Berlin")
    with scope() as session:
        return create.create_schedule(session, user, request, NOW).schedule_id


def desk(account_id: int, gateway: FakeGateway, scope: Scope, clock: FakeClock) -> AccountSender:
    """The desk that sends for the account."""
    return AccountSender(account_id, gateway, scope, clock, Random(1))
