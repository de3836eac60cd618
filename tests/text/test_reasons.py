"""Reasons: each has its words, and nothing but a reason is stored where one belongs."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, func, insert, select
from sqlalchemy.exc import StatementError

import wasched
from tests.reasons import words
from wasched.domain import errors
from wasched.domain.reasons import NO_REASON, Code, Reason, because, dump_reason, load_reason
from wasched.models.base import ReasonColumn
from wasched.text.reasons import SENTENCES

PACKAGE = Path(wasched.__file__).parent
AT = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)


KEPT = Table("kept", MetaData(), Column("reason", ReasonColumn))


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)


def test_a_reason_is_read_as_it_was_stored_and_equal_ones_are_equal_texts() -> None:
    one = because(Code.RESTORED, source="copy", at=AT)

    assert load_reason(dump_reason(one)) == one
    assert dump_reason(because(Code.RESTORED, at=AT, source="copy")) == dump_reason(one)
    assert dump_reason(Reason(Code.OPTED_OUT)) == '{"code":"opted_out"}'
    assert dump_reason(NO_REASON) == "" and load_reason("") == NO_REASON and not NO_REASON


@pytest.mark.parametrize("text", ["Words.", '{"code":"of a newer version"}', "[]", '{"a":1}', "1"])
def test_what_is_no_reason_is_shown_as_it_stands(text: str) -> None:
    assert words(load_reason(text)) == text


def test_an_instant_is_told_in_the_zone_of_the_reader() -> None:
    waits = because(Code.QUIET_HOURS, at=AT)

    assert words(waits, "Europe/Berlin") == "Waits for quiet hours to end at 17:42."
    assert words(waits, "Asia/Tokyo") == "Waits for quiet hours to end at 01:42."
    held = because(Code.HELD, held=str(Reason(Code.PAUSE_ASKED)), at=AT)
    assert words(held, "Asia/Tokyo", AT) == (
        "WhatsApp asked for a pause. It goes on by itself at 01:42."
    )


def test_braces_in_a_name_are_no_parameters() -> None:
    assert words(because(Code.CANCELLED_BY, user="{clock}")) == "Cancelled by {clock}."


def test_a_sentence_cannot_be_stored_in_place_of_a_reason() -> None:
    same = select(func.count()).where(KEPT.c.reason == Reason(Code.OPTED_OUT))
    with create_engine("sqlite://").begin() as connection:
        KEPT.create(connection)
        connection.execute(insert(KEPT).values(reason=Reason(Code.OPTED_OUT)))

        assert connection.scalar(same) == 1
        with pytest.raises(StatementError, match="give a Reason"):
            connection.execute(insert(KEPT).values(reason="He asked for no more."))


def test_nobody_but_the_words_room_makes_sentences_of_reasons() -> None:
    """What is stored word for word is of earlier versions; parameters are names and numbers."""
    wrong = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        if "domain.reasons import" in (text := path.read_text()) and path.parent != PACKAGE / "text"
        for call in _sentences_in(text)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    [
        "because(Code.SAID, text=why)",
        "because(Code.FAILED, why='It broke on the way.')",
        "Reason(Code.FAILED, why=f'{name} is away')",
    ],
)
def test_one_that_does_is_found(planted: str) -> None:
    assert _sentences_in(planted)


def _sentences_in(source: str) -> list[ast.Call]:
    calls = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call))
    return [one for one in calls if _is_sentence(one)]


def _is_sentence(call: ast.Call) -> bool:
    """True for a call that makes a reason of words: said as they are, or as a parameter."""
    if not (isinstance(call.func, ast.Name) and call.func.id in ("because", "Reason")):
        return False
    said = any(isinstance(one, ast.Attribute) and one.attr == "SAID" for one in call.args)
    return said or any(_has_words(one.value) for one in call.keywords)


def _has_words(value: ast.expr) -> bool:
    texts = (one.value for one in ast.walk(value) if isinstance(one, ast.Constant))
    return any(isinstance(one, str) and " " in one.strip() for one in texts)


def test_no_door_shows_a_refusal_as_the_log_does() -> None:
    """What a refusal says is made of its reason for a reader; `str` of one may be its code."""
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for room in ("ui", "api")
        for path in (PACKAGE / room).rglob("*.py")
        for line in _shown_as_logged(path.read_text(encoding="utf-8"))
    ]

    assert wrong == []
    planted = "try: go()\nexcept (InputError, NotFoundError) as no: say(f'{no} Mend it.', str(no))"
    assert _shown_as_logged(planted) == [2, 2]


def _shown_as_logged(source: str) -> list[int]:
    """The lines in which a refusal that was caught is made a text by itself."""
    return [
        node.lineno
        for caught in ast.walk(ast.parse(source))
        if isinstance(caught, ast.ExceptHandler) and caught.name and caught.type
        if any(
            hasattr(errors, one.id) for one in ast.walk(caught.type) if isinstance(one, ast.Name)
        )
        for node in ast.walk(caught)
        if _text_of(node) == caught.name
    ]


def _text_of(node: ast.AST) -> str:
    """Whose text this is: `str(x)` or `{x}` in a string."""
    if isinstance(node, ast.FormattedValue):
        return ast.unparse(node.value)
    is_str = isinstance(node, ast.Call) and ast.unparse(node.func) == "str" and node.args
    return ast.unparse(node.args[0]) if is_str else ""


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (AT + timedelta(minutes=5), "at 17:47"),
        (AT + timedelta(days=1), "tomorrow at 17:42"),
        (AT - timedelta(days=1), "yesterday at 17:42"),
        (AT + timedelta(days=2), "on Sat 14 March at 17:42"),
    ],
)
def test_a_day_nearby_has_its_name_within_a_sentence(until: datetime, told: str) -> None:
    held = because(Code.HELD, held=str(Reason(Code.PAUSE_ASKED)), at=until)

    assert words(held, "Europe/Berlin", AT).endswith(f"It goes on by itself {told}.")
