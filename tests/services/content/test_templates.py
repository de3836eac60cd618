"""Templates: kept under a name, found again, nobody else's business."""

import pytest

from tests.scopes import Scope
from tests.services.conftest import NOW
from wasched.domain.errors import InputError, NotFoundError
from wasched.services.caller import Caller
from wasched.services.content import templates


def add(scope: Scope, user: Caller, name: str = "Rehearsal", text: str = "Dear {name}") -> int:
    """Keep a template."""
    with scope() as session:
        return templates.add_template(session, user, name, text, NOW)


def test_a_template_is_listed_with_its_beginning_and_variables(scope: Scope, alice: Caller) -> None:
    add(scope, alice, "  Choir   rehearsal ", "*Dear* {name},\n{date|x}")

    with scope(write=False) as session:
        (row,) = templates.list_templates(session, alice)
    assert (row.name, row.line, row.variables, row.uses) == (
        "Choir rehearsal",
        "Dear {name}, {date|x}",
        ("name", "date"),
        0,
    )


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [(" ", "x", "name"), ("x" * 81, "x", "name"), ("x", " ", "text"), ("x", "y" * 65_537, "text")],
)
def test_a_template_needs_a_name_and_a_text(
    scope: Scope, alice: Caller, name: str, text: str, field: str
) -> None:
    with pytest.raises(InputError) as refusal:
        add(scope, alice, name, text)

    assert refusal.value.field == field


def test_a_name_is_there_once(scope: Scope, alice: Caller) -> None:
    first, second = add(scope, alice, "One"), add(scope, alice, "Two")
    with pytest.raises(InputError, match="called One already"):
        add(scope, alice, "One")
    with scope() as session:
        with pytest.raises(InputError, match="called One already"):
            templates.edit_template(session, alice, second, "One", "x", NOW)
        templates.edit_template(session, alice, first, "One", "changed", NOW)
        assert templates.fetch_template(session, alice, first).text == "changed"


def test_what_is_used_most_comes_first(scope: Scope, alice: Caller) -> None:
    add(scope, alice, "a")
    used = add(scope, alice, "z")
    with scope() as session:
        templates.note_use(session, alice, used, NOW)
        assert [row.name for row in templates.list_templates(session, alice)] == ["z", "a"]


@pytest.mark.parametrize("words", ["REHEARSAL", "dear", "100%", "a_b"])
def test_templates_are_found_by_name_and_words(scope: Scope, alice: Caller, words: str) -> None:
    add(scope, alice, "Rehearsal", "Dear all, 100% a_b")
    add(scope, alice, "Other", "Hello 1000 aXb")
    with scope(write=False) as session:
        found = templates.list_templates(session, alice, words)

    assert [row.name for row in found] == ["Rehearsal"]


def test_charlie_sees_nothing_of_alices_templates(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    made = add(scope, alice)
    add(scope, charlie)  # the same name is free for another person
    with scope() as session:
        assert len(templates.list_templates(session, charlie)) == 1
        for deed in (
            lambda: templates.fetch_template(session, charlie, made),
            lambda: templates.edit_template(session, charlie, made, "x", "x", NOW),
            lambda: templates.remove_template(session, charlie, made, NOW),
            lambda: templates.note_use(session, charlie, made, NOW),
        ):
            with pytest.raises(NotFoundError):
                deed()


def test_a_removed_template_is_gone(scope: Scope, alice: Caller) -> None:
    made = add(scope, alice)
    with scope() as session:
        templates.remove_template(session, alice, made, NOW)
        assert templates.list_templates(session, alice) == []
