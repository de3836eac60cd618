"""People taken away as files, and brought back by an import."""

import csv
import io
from pathlib import Path

import vobject
from fastapi.testclient import TestClient
from sqlmodel import select

from tests.api.conftest import Browser
from tests.owner import signed_in
from tests.scopes import session_scope
from wasched import bootstrap
from wasched.models import Membership, Recipient, Role, User
from wasched.services.address_book.imports import column_kinds, open_file, row_verdicts
from wasched.services.address_book.imports.row_verdicts import KnownPerson

ANNA = KnownPerson(
    0, '=Anna "A", S', "Line one\nline two; x", {"Voice": "-alto", "Email": "a@b.de"}
)
BEN = KnownPerson(0, "Бен " * 40, "", {})


def add(name: str, *people: KnownPerson) -> None:
    """Give the user of this name some people."""
    now = bootstrap.clock().now()
    with session_scope() as session:
        user = session.exec(select(User).where(User.name == name)).one()
        for number, one in enumerate(people):
            session.add(
                Recipient(
                    space_id=signed_in(session, user).space_id,
                    kind="person",
                    phone=f"+491510000000{number}",
                    name=one.name.strip(),
                    notes=one.notes,
                    fields=one.fields,
                    created_at=now,
                    removed_at=now if one.is_gone else None,
                )
            )


def taken_away(client: TestClient, ending: str) -> str:
    """The file of people, as text."""
    answer = client.get(f"/export/people.{ending}")
    assert answer.status_code == 200
    assert f'filename="people.{ending}"' in answer.headers["content-disposition"]
    return answer.content.decode()


def brought_back(folder: Path, text: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """What an import would make of a file."""
    path = folder / "file"
    path.write_bytes(text.encode())
    found = open_file.read_file(path)
    judged = row_verdicts.judge_rows(found, column_kinds.guess_columns(found), "", {})
    return [(one.name, one.phone, one.notes, dict(one.fields)) for one in judged]


def test_what_is_exported_can_be_imported(browser: Browser, tmp_path: Path) -> None:
    alice = browser("Alice")
    add("Alice", ANNA, BEN, KnownPerson(0, "Gone", "", {}, is_gone=True))
    people = [
        (ANNA.name, "+4915100000000", ANNA.notes, ANNA.fields),
        (BEN.name.strip(), "+4915100000001", "", {}),
    ]
    assert brought_back(tmp_path, taken_away(alice, "csv")) == people
    # Phones know no fields of our own, but those that every contact has.
    people[0] = (*people[0][:3], {"Email": "a@b.de"})
    assert brought_back(tmp_path, taken_away(alice, "vcf")) == people


def test_a_spreadsheet_runs_nothing_of_it(browser: Browser) -> None:
    alice = browser("Alice")
    add("Alice", ANNA)
    head, anna = csv.reader(io.StringIO(taken_away(alice, "csv").removeprefix("\ufeff")))
    assert head == ["Name", "Phone", "Email", "Voice", "Notes"]
    assert anna[0].startswith("'=") and anna[3] == "'-alto"


def test_other_programs_read_the_contacts(browser: Browser) -> None:
    alice = browser("Alice")
    add("Alice", ANNA, BEN)
    text = taken_away(alice, "vcf")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    anna, ben = vobject.readComponents(text)
    assert (anna.fn.value, anna.note.value) == (ANNA.name, ANNA.notes)
    assert ben.fn.value == BEN.name.strip()


def test_nobody_takes_away_the_people_of_others(browser: Browser) -> None:
    browser("Alice")
    charlie, nobody = browser("Charlie"), browser("")
    add("Alice", ANNA)
    for ending in ("csv", "vcf"):
        assert "Anna" not in taken_away(charlie, ending)
        answer = nobody.get(f"/export/people.{ending}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_each_export_stands_in_the_audit_log_which_only_its_readers_export(
    browser: Browser,
) -> None:
    alice, charlie, nobody = browser("Alice"), browser("Charlie"), browser("")
    alice.get("/export/people.csv")
    alice.get("/export/messages.csv")
    charlie.get("/export/people.csv")

    rows = list(csv.reader(alice.get("/export/audit-log.csv").text.splitlines()))
    assert [row[2:4] for row in rows[1:]] == [
        ["Alice", "exported the audit log"],
        ["Alice", "exported messages"],
        ["Alice", "exported people"],
    ]
    assert {row[6] for row in rows[1:]} == {"testclient"}
    of_server = alice.get("/export/audit-log.csv?of=server&kind=sign_in").text
    assert "Charlie" in of_server and "exported" not in of_server
    assert charlie.get("/export/audit-log.csv?of=server").status_code == 404
    assert nobody.get("/export/audit-log.csv").headers["location"] == "/sign-in"
    with session_scope() as session:
        user = session.exec(select(User).where(User.name == "Charlie")).one()
        for one in session.exec(select(Membership).where(Membership.user_id == user.id)):
            one.role = Role.EDITOR
            session.add(one)
    assert charlie.get("/export/audit-log.csv").status_code == 403
    assert len(alice.get("/export/audit-log.csv?who=1&from=2001-01-01").text.splitlines()) == 5
