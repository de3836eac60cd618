"""Lists: everybody once, all of one but not another, and always as they are by then."""

from collections.abc import Callable
from datetime import timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.life import Life
from wasched import db
from wasched.domain.content import Text
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.message import Status
from wasched.models import ListMember, ListPart, Message, Recipient, RecipientList, Space
from wasched.services import schedules
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.recipients import recipients
from wasched.services.schedules import audience, create, preview
from wasched.services.schedules.create import ScheduleRequest

People = Callable[..., list[int]]


@pytest.fixture
def people(scope: Scope, alice: Caller) -> People:
    """Makes people by name; the same name is the same person."""

    def make(*names: str) -> list[int]:
        with scope() as session:
            found = []
            for name in names:
                number = f"+49151000{sum(map(ord, name)):05}"
                row = recipients.person_with_number(session, alice.space_id, number, NOW, name)
                found.append(row.id or 0)
            return found

    return make


def a_list(scope: Scope, user: Caller, name: str, ids: list[int]) -> int:
    """A list with these people."""
    with scope() as session:
        made = lists.add_list(session, user, name, NOW)
        lists.put_in(session, user, made, ids, NOW)
        return made


def request(account_id: int, **to: object) -> ScheduleRequest:
    """Every day at 18:00, to whom a test says."""
    day = NOW.date()
    fields = {"to": (), "contents": (Text("Rehearsal"),), "day": day, "zone": "UTC"}
    clock = (NOW + timedelta(hours=1)).time()
    return ScheduleRequest(account_id=account_id, clock=clock, rrule="FREQ=DAILY", **(fields | to))  # type: ignore[arg-type]


def save(scope: Scope, user: Caller, wanted: ScheduleRequest) -> int:
    """Schedule it."""
    with scope() as session:
        return create.create_schedule(session, user, wanted, NOW).schedule_id


def written_to(scope: Scope, *statuses: Status) -> list[str]:
    """The names of those who have a message in one of the statuses."""
    with scope(write=False) as session:
        found = select(Recipient.name).join(Message, Message.recipient_id == Recipient.id)
        return sorted(session.scalars(found.where(Message.status.in_(statuses))))  # type: ignore[attr-defined]


def test_all_of_one_list_but_not_of_another(
    scope: Scope, alice: Caller, account_id: int, people: People
) -> None:
    choir = a_list(scope, alice, "Choir", people("Anna", "Ben", "Carla", "Dan"))
    tenors = a_list(scope, alice, "Tenors", people("Ben"))
    (dan,) = people("Dan")

    wanted = request(account_id, lists=(choir,), but_not=(tenors,), but_not_people=(dan,))
    with scope() as session:
        plan = preview.preview(session, alice, wanted, NOW)
    made = save(scope, alice, wanted)

    assert (plan.refusals, plan.recipients) == ([], 2)
    assert written_to(scope, Status.SCHEDULED) == ["Anna", "Carla"]
    with scope() as session:
        again = schedules.request_of(session, alice, made)
    assert (again.to, again.lists) == ((), (choir,))
    assert (again.but_not, again.but_not_people) == ((tenors,), (dan,))


def test_who_is_chosen_and_in_two_lists_gets_it_once(
    scope: Scope, alice: Caller, account_id: int, people: People
) -> None:
    anna, ben = people("Anna", "Ben")
    choir = a_list(scope, alice, "Choir", [anna, ben])
    board = a_list(scope, alice, "Board", [anna])

    save(scope, alice, request(account_id, to=(anna,), lists=(choir, board)))

    assert written_to(scope, Status.SCHEDULED) == ["Anna", "Ben"]


def test_who_joins_gets_the_next_one_and_who_leaves_does_not(
    scope: Scope, alice: Caller, account_id: int, people: People, life: Life
) -> None:
    anna, ben, carla = people("Anna", "Ben", "Carla")
    choir = a_list(scope, alice, "Choir", [anna, ben])
    whole = a_list(scope, alice, "Everybody", [])
    with scope() as session:
        lists.nest_list(session, alice, whole, choir, NOW)
    save(scope, alice, request(account_id, lists=(whole,)))
    life.pass_to(NOW + timedelta(hours=2))
    assert written_to(scope, Status.SENT) == ["Anna", "Ben"]

    with scope() as session:
        lists.put_in(session, alice, choir, [carla], NOW)
        lists.take_out(session, alice, choir, [ben], NOW)
    assert written_to(scope, Status.SCHEDULED) == ["Anna", "Carla"]

    life.pass_to(NOW + timedelta(hours=26))
    assert written_to(scope, Status.SENT) == ["Anna", "Anna", "Ben", "Carla"]


def test_who_was_chosen_stays_when_they_leave_the_list(
    scope: Scope, alice: Caller, account_id: int, people: People
) -> None:
    anna, ben = people("Anna", "Ben")
    choir = a_list(scope, alice, "Choir", [anna, ben])
    save(scope, alice, request(account_id, to=(anna,), lists=(choir,)))

    with scope() as session:
        lists.take_out(session, alice, choir, [anna, ben], NOW)

    assert written_to(scope, Status.SCHEDULED) == ["Anna"]


def test_an_edit_changes_lists_and_sends_nothing_again(
    scope: Scope, alice: Caller, account_id: int, people: People, life: Life
) -> None:
    choir = a_list(scope, alice, "Choir", people("Anna", "Ben"))
    board = a_list(scope, alice, "Board", people("Carla"))
    made = save(scope, alice, request(account_id, lists=(choir,)))
    life.pass_to(NOW + timedelta(hours=2))

    with scope() as session:
        schedules.edit_schedule(session, alice, made, request(account_id, lists=(board,)), NOW)

    assert written_to(scope, Status.SENT) == ["Anna", "Ben"]
    assert written_to(scope, Status.SCHEDULED) == ["Carla"]


def test_an_empty_list_is_refused_and_so_is_one_that_is_gone(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    empty = a_list(scope, alice, "Nobody", [])
    for wanted, sentence in ((empty, "Nobody is left"), (9_999, "is gone")):
        with pytest.raises(InputError, match=sentence) as refusal:
            save(scope, alice, request(account_id, lists=(wanted,)))
        assert refusal.value.field == "to"


def test_a_list_has_a_name_of_its_own(scope: Scope, alice: Caller, charlie: Caller) -> None:
    a_list(scope, alice, "Choir", [])
    for name, sentence in ((" ", "a name"), ("x" * 81, "81 characters"), ("choir", "already")):
        with pytest.raises(InputError, match=sentence):
            a_list(scope, alice, name, [])
    a_list(scope, charlie, "Choir", [])


@pytest.mark.parametrize("again", ["Ältere Άλτος", "ÄLTERE ΆΛΤΟΣ"])
def test_a_name_is_the_same_whatever_its_letters_and_their_case(
    scope: Scope, alice: Caller, again: str
) -> None:
    a_list(scope, alice, "Ältere Άλτος", [])

    with pytest.raises(InputError, match="already"):
        a_list(scope, alice, again, [])


def test_lists_are_nested_one_level_deep(scope: Scope, alice: Caller) -> None:
    whole, part, third = (a_list(scope, alice, name, []) for name in ("Whole", "Part", "Third"))
    with scope() as session:
        lists.nest_list(session, alice, whole, part, NOW)
        for outer, inner in ((third, whole), (part, third), (whole, whole)):
            with pytest.raises(InputError):
                lists.nest_list(session, alice, outer, inner, NOW)
        assert lists.list_card(session, alice, whole).parts == ("Part",)


def test_a_list_that_something_goes_to_is_not_removed(
    scope: Scope, alice: Caller, account_id: int, people: People
) -> None:
    choir = a_list(scope, alice, "Choir", people("Anna"))
    made = save(scope, alice, request(account_id, lists=(choir,)))
    with (
        pytest.raises(InputError, match="1 message goes to Choir still"),
        scope() as session,
    ):
        lists.remove_list(session, alice, choir, NOW)

    with scope() as session:
        schedules.cancel_schedule(session, alice, made, NOW)
        lists.remove_list(session, alice, choir, NOW)
        assert lists.all_lists(session, alice) == []


def test_lists_are_nobody_elses_business(
    scope: Scope, alice: Caller, charlie: Caller, people: People
) -> None:
    choir = a_list(scope, alice, "Choir", people("Anna"))
    theirs = a_list(scope, charlie, "Mine", people("Anna"))
    with scope() as session:
        assert [one.name for one in lists.all_lists(session, charlie)] == ["Mine"]
        assert lists.list_card(session, charlie, theirs).members == 0
        for deed in (lists.remove_list, lists.list_card):
            with pytest.raises(NotFoundError):
                deed(session, charlie, choir, *([NOW] if deed is lists.remove_list else []))


@pytest.fixture(scope="module")
def shelf() -> Callable[[], Session]:
    """Opens a database that is empty each time."""
    folder = TemporaryDirectory()
    engine = db.make_engine(f"sqlite:///{folder.name}/lists.db")

    def empty() -> Session:
        SQLModel.metadata.drop_all(engine)
        SQLModel.metadata.create_all(engine)
        return Session(engine)

    yield empty
    engine.dispose()
    folder.cleanup()


_IDS = st.sets(st.integers(1, 6))


@settings(max_examples=60, deadline=None)
@given(
    inside=st.lists(_IDS, min_size=4, max_size=4),
    parts=st.sets(st.sampled_from([(1, 3), (1, 4), (2, 3), (2, 4)])),
    wanted=st.sets(st.integers(1, 4), min_size=1),
    out=st.sets(st.integers(1, 4)),
    out_people=_IDS,
)
def test_whom_lists_reach_is_what_set_theory_says(
    shelf: Callable[[], Session],
    inside: list[set[int]],
    parts: set[tuple[int, int]],
    wanted: set[int],
    out: set[int],
    out_people: set[int],
) -> None:
    def everybody(ids: set[int]) -> set[int]:
        whole = ids | {part for one, part in parts if one in ids}
        return set().union(*(inside[one - 1] for one in whole))

    with shelf() as session:
        session.add(Space(id=1, name="A", created_at=NOW))
        session.flush()
        for number in range(1, 7):
            session.add(
                Recipient(
                    id=number, space_id=1, kind="person", phone=f"+4915{number}", created_at=NOW
                )
            )
        for number in range(1, 5):
            session.add(
                RecipientList(
                    id=number, space_id=1, name=str(number), created_at=NOW, changed_at=NOW
                )
            )
        session.flush()
        for number, ids in enumerate(inside, 1):
            session.add_all(ListMember(list_id=number, recipient_id=one) for one in ids)
        session.add_all(ListPart(list_id=one, part_id=part) for one, part in parts)
        session.flush()

        found = audience.people_of_lists(
            session, 1, sorted(wanted), sorted(out), sorted(out_people)
        )

    assert found == everybody(wanted) - everybody(out) - out_people
