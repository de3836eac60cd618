"""Imports: what becomes of each row, saved as a whole or not at all, and undone."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.reasons import refuses, words
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock
from tests.services.life import Life
from tests.services.requests import daily, save
from wasched.adapters.media_files import MediaFiles
from wasched.domain import filling
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import NO_REASON, Code
from wasched.models import ImportRow, PeopleImport, Recipient, Upload
from wasched.services.address_book import entries, lists
from wasched.services.address_book.imports import (
    column_kinds,
    corrections,
    import_queue,
    pending_imports,
    row_verdicts,
    run,
    save_import,
)
from wasched.services.address_book.imports.import_queue import UnreadImport
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.address_book.imports.pending_imports import ImportCard
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.caller import Caller
from wasched.services.effects import ReadPeople, take_effects
from wasched.services.files import uploads
from wasched.services.recipients import recipients
from wasched.ui.recipients import import_text
from wasched.ui.recipients.import_text import ReadingLine

COLUMNS = ("Name", "Phone", "Voice", "Remarks")
USES = ("name", "phone", "field", "notes")
ANNA, BEN, CARL = "+4915100000001", "+4915100000002", "+4915100000003"


def read_in(
    scope: Scope,
    user: Caller,
    rows: Sequence[Sequence[str]],
    uses: Sequence[str] = USES,
    country: str = "",
) -> int:
    """An import of these rows that waits to be saved; returns its id."""
    padded = [tuple([*row, *[""] * 4][: len(COLUMNS)]) for row in rows]
    sheet = Sheet(COLUMNS, [(line, row) for line, row in enumerate(padded, 2)])
    with scope() as session:
        made = asked_for(session, user, ImportRequest("", country=country))
        pending_imports.keep_sheet(session, made, sheet, uses)
        known = row_verdicts.known_people(session, user.space_id)
        judged = row_verdicts.judge_rows(sheet, uses, country, known)
        while some := list(islice(judged, 2)):
            pending_imports.add_rows(session, made, some, NOW)
        pending_imports.finish_import(session, made, NOW)
    return made


def asked_for(session: Session, user: Caller, request: ImportRequest) -> int:
    """An import of an upload that is made up, which waits to be read; returns its id."""
    token = secrets.token_hex(16)
    session.add(
        Upload(
            token=token,
            user_id=user.id,
            space_id=user.space_id,
            name="choir.csv",
            size=9,
            touched_at=NOW,
        )
    )
    session.flush()
    return import_queue.request_import(session, user, replace(request, token=token), NOW)


def card(scope: Scope, user: Caller, import_id: int) -> ImportCard:
    """The import as pages show it."""
    with scope(write=False) as session:
        return pending_imports.import_card(session, user, import_id)


def verdicts(scope: Scope, user: Caller, import_id: int) -> list[tuple[str, str]]:
    """What is said of each row."""
    with scope(write=False) as session:
        found = pending_imports.import_rows(session, user, import_id)
    return [(row.verdict, words(row.why)) for row in found]


def saved(scope: Scope, user: Caller, import_id: int, list_id: int | None = None) -> int:
    """Save it; returns how many were added or changed."""
    with scope() as session:
        return save_import.save_people(session, user, import_id, list_id, NOW)


def book(scope: Scope) -> dict[str, tuple[str, str, dict[str, str]]]:
    """Name, notes and fields of everybody who is not removed, by number."""
    with scope(write=False) as session:
        rows = session.scalars(select(Recipient).where(col(Recipient.removed_at).is_(None)))
        return {row.phone or "": (row.name, row.notes, row.fields) for row in rows}


def add(scope: Scope, user: Caller, number: str, name: str) -> None:
    """Add somebody by hand."""
    with scope() as session:
        recipients.person_with_number(session, user.space_id, number, NOW, name)


def a_list(scope: Scope, user: Caller, name: str = "Choir") -> int:
    """An empty list."""
    with scope() as session:
        return lists.add_list(session, user, name, NOW)


def members(scope: Scope, user: Caller, list_id: int) -> set[str]:
    """The names in a list."""
    with scope(write=False) as session:
        return {one.name for one in lists.member_page(session, user, list_id)[0]}


def test_each_row_is_new_changed_known_double_or_wrong(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        recipients.person_with_number(session, alice.space_id, ANNA, NOW, "Anna")
        recipients.person_with_number(session, alice.space_id, BEN, NOW, "Ben Bass")
    rows = [
        ("Anna Alto", ANNA, "alto"),
        ("Ben Bass", BEN),
        ("Carl", CARL),
        ("Carl again", "+49 151 0000 0003"),
        ("Nobody", ""),
        ("Somebody", "0151"),
        ("x" * 201, "+4915100000004"),
    ]

    made = read_in(scope, alice, rows)

    assert verdicts(scope, alice, made) == [
        ("changed", "Was called Anna. New: Voice."),
        ("same", ""),
        ("new", ""),
        ("double", "The same number as in line 4."),
        ("wrong", "No number."),
        ("wrong", '"0151" has no country. Write it with its country, as in +49 151 0000 0012.'),
        ("wrong", "The name has more than 200 characters."),
    ]
    counts = card(scope, alice, made).counts
    assert counts == {"changed": 1, "same": 1, "new": 1, "double": 1, "wrong": 3}
    assert book(scope)[ANNA][0] == "Anna", "nobody is changed by looking"


def test_a_country_completes_numbers_and_the_first_of_several_is_taken(
    scope: Scope, alice: Caller
) -> None:
    rows = [("Anna", "0151 00000001"), ("Ben", "0151/00000002 ; 030 123456")]
    made = read_in(scope, alice, rows, country="DE")
    saved(scope, alice, made)
    assert set(book(scope)) == {"+4915100000001", "+4915100000002"}


def test_what_the_file_leaves_empty_stays(scope: Scope, alice: Caller) -> None:
    first = read_in(scope, alice, [("Anna", ANNA, "alto", "pays late")])
    assert saved(scope, alice, first) == 1
    second = read_in(scope, alice, [("Anna Alto", ANNA, "", "")])
    assert saved(scope, alice, second) == 1
    assert book(scope)[ANNA] == ("Anna Alto", "pays late", {"Voice": "alto"})


def test_everybody_in_the_file_joins_the_list_and_what_is_to_come_follows(
    scope: Scope, alice: Caller, account_id: int, life: Life
) -> None:
    list_id = a_list(scope, alice)
    with scope() as session:
        known = recipients.person_with_number(session, alice.space_id, BEN, NOW, "Ben").id or 0
        lists.put_in(session, alice, list_id, [known], NOW)
    save(scope, alice, replace(daily(account_id), to=(), lists=(list_id,)), NOW)
    assert life.statuses() == ["scheduled"]

    made = read_in(scope, alice, [("Anna", ANNA), ("Ben", BEN), ("Wrong", "x")])
    saved(scope, alice, made, list_id)
    assert members(scope, alice, list_id) == {"Anna", "Ben"}
    assert life.statuses() == ["scheduled", "scheduled"]

    with scope() as session:
        save_import.undo_import(session, alice, made, NOW)
    assert members(scope, alice, list_id) == {"Ben"}, "who was in it before stays"
    assert life.statuses().count("scheduled") == 1


def test_undone_everybody_is_as_before_but_for_later_changes(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        recipients.person_with_number(session, alice.space_id, ANNA, NOW, "Anna")
        ben = recipients.person_with_number(session, alice.space_id, BEN, NOW, "Ben").id or 0
    before = book(scope)
    made = read_in(scope, alice, [("Anna Alto", ANNA, "alto"), ("Ben Bass", BEN), ("Carl", CARL)])
    saved(scope, alice, made)
    with scope() as session:
        entries.change_entry(session, alice, ben, "Benjamin", "", {}, NOW)

    with scope() as session:
        undone = save_import.undo_import(session, alice, made, NOW)

    assert (undone.removed, undone.restored, undone.left) == (1, 1, 1)
    assert book(scope) == before | {BEN: ("Benjamin", "", {})}
    with scope() as session, pytest.raises(NotFoundError):
        save_import.undo_import(session, alice, made, NOW)


def test_who_was_removed_comes_back_and_goes_again(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        anna = recipients.person_with_number(session, alice.space_id, ANNA, NOW, "Anna").id or 0
        entries.remove_entry(session, alice, anna, NOW)
    made = read_in(scope, alice, [("Anna Alto", ANNA)])
    assert verdicts(scope, alice, made) == [("new", "")]
    saved(scope, alice, made)
    assert book(scope)[ANNA][0] == "Anna Alto"
    with scope() as session:
        save_import.undo_import(session, alice, made, NOW)
    assert book(scope) == {}


def test_what_does_not_fit_any_more_saves_nobody(scope: Scope, alice: Caller) -> None:
    made = read_in(scope, alice, [("Anna", ANNA), ("Carl", CARL)])
    with scope() as session:
        recipients.person_with_number(session, alice.space_id, ANNA, NOW, "Somebody else")

    with refuses(InputError, "changed meanwhile"):
        saved(scope, alice, made)

    assert set(book(scope)) == {ANNA}


def test_a_list_that_is_gone_saves_nobody(scope: Scope, alice: Caller, charlie: Caller) -> None:
    made = read_in(scope, alice, [("Anna", ANNA)])
    theirs = a_list(scope, charlie)
    for list_id in (9_999, theirs):
        with pytest.raises(NotFoundError):
            saved(scope, alice, made, list_id)
    assert book(scope) == {}


def test_nobody_sees_or_saves_the_import_of_another(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    made = read_in(scope, charlie, [("Anna", ANNA)])
    with scope() as session:
        assert pending_imports.latest_import(session, alice) is None
        for deed in (
            lambda: pending_imports.import_card(session, alice, made),
            lambda: pending_imports.import_rows(session, alice, made),
            lambda: pending_imports.put_away(session, alice, made, NOW),
            lambda: save_import.save_people(session, alice, made, None, NOW),
        ):
            with pytest.raises(NotFoundError):
                deed()


def test_the_same_number_is_another_person_for_another_user(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    for user in (alice, charlie):
        made = read_in(scope, user, [("Anna", ANNA)])
        assert verdicts(scope, user, made) == [("new", "")]
        saved(scope, user, made)


def test_a_new_file_takes_the_place_of_the_one_that_waited(scope: Scope, alice: Caller) -> None:
    first = read_in(scope, alice, [("Anna", ANNA)])
    second = read_in(scope, alice, [("Anna", ANNA)])
    with scope(write=False) as session:
        latest = pending_imports.latest_import(session, alice)
    assert latest is not None and latest.id == second
    with pytest.raises(NotFoundError):
        card(scope, alice, first)


def test_rows_come_in_pages_and_by_verdict(scope: Scope, alice: Caller) -> None:
    rows = [("", f"+4915100{number:05}" if number % 2 else "x") for number in range(130)]
    made = read_in(scope, alice, rows)
    lines, after = [], -1
    with scope(write=False) as session:
        while found := pending_imports.import_rows(session, alice, made, "wrong", after):
            lines += [row.line for row in found]
            after = found[-1].position
    assert lines == list(range(2, 132, 2))


def test_only_numbers_may_stand_in_several_columns(scope: Scope, alice: Caller) -> None:
    made = read_in(scope, alice, [("Anna", ANNA)], uses=("name", "phone", "phone", "name"))
    assert card(scope, alice, made).uses == ("name", "phone", "phone", "field")
    made = read_in(scope, alice, [("Anna", ANNA)], uses=("name", "phone", "nonsense", ""))
    assert card(scope, alice, made).uses == ("name", "phone", "field", "")


def test_after_a_month_an_import_is_forgotten_but_not_its_people(
    scope: Scope, alice: Caller
) -> None:
    made = read_in(scope, alice, [("Anna", ANNA)])
    saved(scope, alice, made)
    for later, is_there in (
        (pending_imports.KEPT, True),
        (pending_imports.KEPT + timedelta(seconds=1), False),
    ):
        with scope() as session:
            pending_imports.prune_imports(session, NOW + later)
            assert (pending_imports.latest_import(session, alice) is not None) is is_there
    assert set(book(scope)) == {ANNA}


def test_what_was_never_read_to_its_end_is_forgotten(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        half = asked_for(session, alice, ImportRequest(""))
    for later, is_there in ((uploads.KEPT, True), (uploads.KEPT + timedelta(hours=1), False)):
        with scope() as session:
            pending_imports.prune_imports(session, NOW + later)
            assert (session.get(PeopleImport, half) is not None) is is_there


def test_a_wrong_number_is_mended_in_its_row(scope: Scope, alice: Caller, charlie: Caller) -> None:
    add(scope, alice, BEN, "Benno")
    rows = [
        ("Anna", "0151", "alto", "brings cake"),
        ("Ben", "no idea"),
        ("Carl", CARL),
        ("Carla", ""),
        ("N" * 201, ANNA),
    ]
    made = read_in(scope, alice, rows, country="DE")

    def mends(position: int, typed: str, user: Caller = alice) -> None:
        with scope() as session:
            corrections.mend_row(session, user, made, position, typed)

    with refuses(InputError, "too short"):
        mends(0, "0151 0")
    for position, user in ((4, alice), (2, alice), (0, charlie), (99, alice)):
        with pytest.raises(NotFoundError):
            mends(position, ANNA, user)
    mends(0, "0151 00000001")
    mends(1, BEN)
    mends(3, CARL)

    assert [one[0] for one in verdicts(scope, alice, made)] == [
        *("new", "changed", "new", "double", "wrong"),
    ]
    assert card(scope, alice, made).counts == {"new": 2, "changed": 1, "double": 1, "wrong": 1}
    saved(scope, alice, made)
    assert book(scope)[ANNA] == ("Anna", "brings cake", {"Voice": "alto"})
    assert book(scope)[BEN][0] == "Ben"


def test_a_number_that_excel_has_shortened_is_named_by_its_cell(
    scope: Scope, alice: Caller
) -> None:
    made = read_in(scope, alice, [("Anna", "4,91510E+12"), ("Ben", "+49 151000")], country="DE")

    [(_, shortened), (_, short)] = verdicts(scope, alice, made)

    assert shortened.startswith('Cell B2: "4,91510E+12" was shortened by a spreadsheet, as Excel')
    assert short == '"+49 151000" is too short for a mobile number. Check it.'


def test_undone_names_stand_where_they_stood(scope: Scope, alice: Caller) -> None:
    add(scope, alice, ANNA, "Łena")
    add(scope, alice, BEN, "Mia")
    made = read_in(scope, alice, [("Zoe", ANNA), ("Lara", CARL)])

    def names() -> list[str]:
        with scope(write=False) as session:
            page = entries.list_entries(session, alice, "person")
            return [one.name for one in page.entries]

    saved(scope, alice, made)
    assert names() == ["Lara", "Mia", "Zoe"]
    with scope() as session:
        save_import.undo_import(session, alice, made, NOW)
    assert names() == ["Łena", "Mia"]


def test_a_column_of_birthdays_is_kept_as_days_and_said_in_words(
    scope: Scope, alice: Caller
) -> None:
    columns = ("Name", "Phone", "Geburtstag", "Remarks")
    rows = [("Anna", ANNA, "12.03.1990", ""), ("Ben", BEN, "unknown", ""), ("Carl", CARL, "", "")]
    rows += [(f"P{n}", f"+49151000001{n:02}", f"{n + 1}.4.62", "") for n in range(20)]
    sheet = Sheet(columns, list(enumerate(rows, 2)))
    uses = column_kinds.guess_columns(sheet)

    first, second, *_ = row_verdicts.judge_rows(sheet, uses, "", {})

    assert uses[2] == "date"
    assert (first.fields, second.fields) == (
        {"Geburtstag": "1990-03-12"},
        {"Geburtstag": "unknown"},
    )
    said = filling.values_of("Anna", first.fields, is_person=True)
    assert said["geburtstag"] == "12 March 1990"


def test_a_file_is_read_from_its_upload_to_its_rows(
    scope: Scope, alice: Caller, clock: FakeClock, tmp_path: Path
) -> None:
    store, heard = MediaFiles(tmp_path), list[int]()
    body = b"Name,Phone\nAnna,0151 00000001\nBen,nobody\n"
    with scope() as session:
        token = uploads.begin_upload(session, alice, store, "choir.csv", len(body), 1_000, NOW)
        request = ImportRequest(token, country="DE")
        made = import_queue.request_import(session, alice, request, NOW)
        assert take_effects(session)[-1] == ReadPeople(made)
    store.append(token, 0, body)
    assert taken(scope) == made

    run.read_import(
        scope, store.incoming(token), clock, made, lambda: heard.append(progress(scope, alice))
    )

    assert card(scope, alice, made).uses == ("name", "phone")
    assert [verdict for verdict, _ in verdicts(scope, alice, made)] == ["new", "wrong"]
    assert (heard, progress(scope, alice)) == ([(2, 2)], None)
    store.discard(token)
    with scope() as session:
        again = import_queue.request_import(session, alice, request, NOW)
    with pytest.raises(InputError) as refusal:
        run.read_import(scope, store.incoming(token), clock, again)
    assert refusal.value.reason.code is Code.UPLOAD_GONE
    assert card(scope, alice, made).state == "read", "what was read before is there all the same"


def taken(scope: Scope, holder: str = "worker", now: datetime = NOW) -> int | None:
    """The file that a worker reads next."""
    with scope() as session:
        return import_queue.take_next(session, holder, now)


def progress(scope: Scope, user: Caller) -> tuple[int, int] | None:
    """How far the file of a user is; None if none is being read."""
    with scope(write=False) as session:
        found = import_queue.unread_import(session, user)
    return (found.done, found.total) if found and found.is_taken else None


def test_files_are_read_in_turn_and_a_newer_one_takes_the_place_of_ones_own(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    with scope() as session:
        first, theirs = (asked_for(session, one, ImportRequest("")) for one in (alice, charlie))
    assert taken(scope) == first
    with scope() as session:
        newer = asked_for(session, alice, ImportRequest(""))
        assert not import_queue.is_wanted(session, first)
        with pytest.raises(NotFoundError):
            pending_imports.add_rows(session, first, [], NOW)
    assert [taken(scope), taken(scope), taken(scope)] == [theirs, newer, None]


def test_what_a_worker_was_reading_when_it_was_killed_is_read_anew(
    scope: Scope, alice: Caller
) -> None:
    with scope() as session:
        made = asked_for(session, alice, ImportRequest(""))
    sheet = Sheet(COLUMNS, [(2, ("Anna", ANNA, "", "")), (3, ("Ben", BEN, "", ""))])
    for _ in range(import_queue.TRIES_MAX):
        assert taken(scope) == made
        assert taken(scope, "another") is None, "somebody reads it"
        with scope() as session:
            pending_imports.keep_sheet(session, made, sheet, USES)
            judged = row_verdicts.judge_rows(sheet, USES, "", {})
            pending_imports.add_rows(session, made, list(islice(judged, 1)), NOW)
            assert progress(scope, alice) == (0, 0)
            import_queue.release_imports(session, "another")
        assert progress(scope, alice) == (1, 2)
        with scope() as session:
            import_queue.release_imports(session, "worker")

    assert taken(scope) is None
    with scope(write=False) as session:
        found = import_queue.unread_import(session, alice)
        assert found is not None and found.why.code is Code.FILE_ENDS_READERS
        assert session.scalars(select(ImportRow)).all() == []
    assert "ended each time" in import_text.refusal_sentence(found)


def test_what_a_worker_that_never_comes_back_has_taken_is_read_by_another(
    scope: Scope, alice: Caller
) -> None:
    with scope() as session:
        made = asked_for(session, alice, ImportRequest(""))
    assert taken(scope) == made
    assert taken(scope, "another", NOW + timedelta(minutes=6)) == made
    with scope() as session:
        import_queue.give_back(session, made)
    assert taken(scope, "third") == made, "a worker that stops puts it down"


def test_the_page_says_who_reads_and_that_nobody_does() -> None:
    waiting = UnreadImport(1, "choir.csv", False, 0, 0, NO_REASON)
    taken = replace(waiting, is_taken=True, done=500, total=1_000)

    assert import_text.reading_line(waiting, False).sentence == "Your file waits to be read…"
    assert import_text.reading_line(taken, False) == ReadingLine("Reading the file…", 50)
    assert "not running" in import_text.reading_line(taken, True).sentence
    assert import_text.reading_line(None, True).sentence == ""
