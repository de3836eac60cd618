"""The audit log: what is in it, who reads it, and that nobody changes it."""

import ast
import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

import wasched
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_colleague
from wasched.domain.deeds import KIND_OF, DeedKind
from wasched.domain.errors import NotFoundError, RoleError
from wasched.domain.reasons import Reason
from wasched.models import Role
from wasched.services import audit_log
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.identity import server_people, team, users
from wasched.services.messages import stopping
from wasched.services.server import audit_page, export_audit_log, server_settings
from wasched.services.server.audit_page import AuditFilters
from wasched.text import deed_reasons
from wasched.text.reasons import reason_sentence
from wasched.ui.settings import audit_log_text

PACKAGE = Path(wasched.__file__).parent
SERVER = AuditFilters(of_server=True)


@pytest.fixture
def bob(scope: Scope, alice: Caller) -> Caller:
    """A manager in Alice's space, from an address of his own."""
    return replace(add_colleague(scope, alice, "Bob", Role.MANAGER), address="192.0.2.7")


def words(what: Reason) -> str:
    return reason_sentence(what, "Europe/Berlin", NOW)


def told(session: Session, user: Caller, wanted: AuditFilters | None = None) -> list[str]:
    """The log as sentences, the newest first."""
    page = audit_page.audit_page(session, user, wanted or AuditFilters())
    return [f"{line.who or 'The server'} {words(line.what)}" for line in page.lines]


def test_the_log_of_a_space_tells_who_did_what_and_from_where(
    scope: Scope, session: Session, alice: Caller, bob: Caller
) -> None:
    phone = add_account(scope, alice, name="Choir phone")

    team.change_role(session, bob, alice.id, Role.EDITOR, NOW)
    team.invite_member(session, bob, "Uwe", Role.VIEWER, NOW)
    stopping.stop_sending(session, bob, [phone], NOW)

    assert told(session, bob) == [
        "Bob stopped Choir phone",
        "Bob invited Uwe as a viewer",
        "Bob made Alice an editor",
    ]
    page = audit_page.audit_page(session, bob, AuditFilters())
    assert {line.address for line in page.lines} == {"192.0.2.7"}
    team.invite_member(
        session, replace(bob, key_name="Bells"), "Ute", Role.VIEWER, NOW + timedelta(minutes=1)
    )
    shown = audit_page.audit_page(session, bob, AuditFilters(), limit=1).lines
    (day,) = audit_log_text.deed_days(shown, "UTC", NOW)
    assert day.lines[0].who == "Bob, by the key Bells"


def test_who_runs_the_server_reads_of_people_and_not_of_what_is_in_spaces(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    accounts.add_account(session, charlie, "Shop", NOW)
    users.open_session(session, charlie.id, "192.0.2.1", "Firefox", NOW)
    server_settings.choose_practice(session, alice, True, NOW)
    server_people.join_space(session, alice, charlie.space_id, NOW)

    of_server = told(session, alice, SERVER)
    assert of_server[:3] == [
        "Alice joined Charlie as a manager",
        "Alice turned practice mode on",
        "Charlie signed in",
    ]
    assert not any("Shop" in one for one in of_server)
    assert told(session, charlie) == [
        "Alice joined as a manager, as the one who runs the server",
        "Charlie added Shop",
    ]
    assert not any("Shop" in one for one in told(session, alice))


def test_only_managers_and_who_runs_the_server_read_it(
    scope: Scope, session: Session, alice: Caller, charlie: Caller
) -> None:
    eve = add_colleague(scope, alice, "Eve", Role.EDITOR)

    for read in (audit_page.audit_page, audit_page.people_of_log):
        with pytest.raises(RoleError):
            read(session, eve, AuditFilters())
        with pytest.raises(NotFoundError):
            read(session, charlie, SERVER)
    with pytest.raises(RoleError):
        audit_page.record_export(session, eve, AuditFilters(), NOW)


def test_filters_and_pages_choose_what_is_read(
    session: Session, alice: Caller, bob: Caller
) -> None:
    for hour in range(5):
        accounts.add_account(session, bob, f"Phone {hour}", NOW + timedelta(hours=hour))
    team.invite_member(session, alice, "Uwe", Role.VIEWER, NOW)

    assert told(session, alice, AuditFilters(kind=DeedKind.PEOPLE)) == [
        "Alice invited Uwe as a viewer"
    ]
    assert len(told(session, alice, AuditFilters(user_id=bob.id))) == 5
    late = AuditFilters(since=NOW + timedelta(hours=3), until=NOW + timedelta(hours=4))
    assert told(session, alice, late) == ["Bob added Phone 3"]
    assert {name for _, name in audit_page.people_of_log(session, alice, late)} == {"Alice", "Bob"}
    first = audit_page.audit_page(session, alice, AuditFilters(), limit=4)
    rest = audit_page.audit_page(session, alice, AuditFilters(), first.next_cursor, limit=4)
    assert [len(first.lines), len(rest.lines), rest.next_cursor] == [4, 2, ""]
    assert len({line.id for line in (*first.lines, *rest.lines)}) == 6


def test_an_export_of_it_is_only_data(session: Session, alice: Caller) -> None:
    team.invite_member(session, alice, "=1+1", Role.VIEWER, NOW)
    program = replace(alice, address="=cmd", key_name="=key")
    accounts.add_account(session, program, "Shop", NOW)

    lines = "".join(export_audit_log.csv_lines(session, alice, AuditFilters(), words))

    rows = list(csv.reader(lines.splitlines()))
    assert rows[1][2:] == ["Alice", "added Shop", "", "accounts", "'=cmd", "'=key"]
    assert rows[2][3] == "invited =1+1 as a viewer"


def test_entries_are_forgotten_after_a_year_and_not_before(session: Session, alice: Caller) -> None:
    for days in (366, 364):
        accounts.add_account(session, alice, f"{days}", NOW - timedelta(days=days))

    assert audit_log.prune_entries(session, NOW) == 1
    assert told(session, alice) == ["Alice added 364"]


def test_each_kind_of_deed_has_its_sentence() -> None:
    assert set(KIND_OF) == set(deed_reasons.SENTENCES)


# Nothing but one module names the table, so that nothing else adds, changes or removes an entry.
MAY_NAME_IT = {"models/__init__.py", "models/people.py", "services/audit_log.py"}
MAY_READ_IT = {"services/server/audit_page.py"}
_CHANGES = ("add", "add_all", "delete", "update", "insert", "merge")


def test_one_module_alone_writes_the_log() -> None:
    names = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "AuditEntry" in path.read_text() and "migrations" not in path.parts
    }
    assert names == MAY_NAME_IT | MAY_READ_IT
    for file in MAY_READ_IT:
        assert not _changes_rows((PACKAGE / file).read_text())
    assert _changes_rows("def forget(session, row):\n    session.delete(row)")
    assert _changes_rows("session.execute(update(AuditEntry).values(what=''))")


def _changes_rows(source: str) -> bool:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(_called(node) in _CHANGES for node in calls)


# What a manager or who runs the server may do leaves an entry; these only look.
ONLY_LOOK = {
    *("list_invitations", "pairing_card", "list_users", "list_spaces", "newest_lines"),
    *("require_room", "require_reader", "list_keys", "whose_key"),
    *("list_webhooks", "read_webhook", "list_deliveries", "count_off", "is_news_to"),
    *("fell_due_everywhere", "plan_move", "spaces_to_move_to", "whole_stop", "say_server_stopped"),
    *("choose_target", "require_bringer", "incidents_for", "passkey_card"),
    *("hand_in_answer", "compare_code"),  # steps of a link that was written down as it began
}
_RECORDS = {"record_deed", "record_on_server", "record_entry"}


def test_what_only_managers_and_the_admin_may_do_is_written_down() -> None:
    silent = [
        f"{path.relative_to(PACKAGE)}: {function.name}"
        for path in sorted((PACKAGE / "services").rglob("*.py"))
        for function in _silent_deeds(path.read_text())
        if function.name not in ONLY_LOOK
    ]
    assert silent == []


def test_a_deed_that_is_not_written_down_is_found() -> None:
    planted = "def rename(session, user):\n    require(user, Action.MANAGE)\n    row.name = 'x'"

    assert [one.name for one in _silent_deeds(planted)] == ["rename"]


def _silent_deeds(source: str) -> Iterator[ast.FunctionDef]:
    """Functions for managers or the admin that write no entry, nor what they call beside them."""
    functions = {
        node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    }
    for function in functions.values():
        names = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
        is_deed = not function.name.startswith("_") and names & {"MANAGE", "RUN_SERVER"}
        if is_deed and not _records(function, functions):
            yield function


def _records(function: ast.FunctionDef, known: dict[str, ast.FunctionDef]) -> bool:
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    others = [known[name] for name in used & set(known) if known[name] is not function]
    return bool(used & _RECORDS) or any(_records(one, known) for one in others)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
