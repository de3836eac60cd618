"""Words are found as they were typed, but for their case."""

import pytest
from sqlalchemy import create_engine, literal, select
from sqlalchemy.dialects import postgresql

from wasched.services import words


@pytest.mark.parametrize(
    ("text", "typed", "is_found"),
    [
        ("Rehearsal at seven", " rehearsal ", True),
        ("Rehearsal at seven", "concert", False),
        ("All 100 % of it", "100 %", True),
        ("All 1000 of it", "100 %", False),
        ("snake_case", "e_c", True),
        ("snakeXcase", "e_c", False),
        ("a \\ b", "\\ B", True),
    ],
)
def test_words_are_found_as_typed_but_for_their_case(text: str, typed: str, is_found: bool) -> None:
    with create_engine("sqlite://").connect() as connection:
        found = connection.scalar(select(words.contains(literal(text), typed)))

    assert found is is_found


def test_postgresql_is_told_to_take_no_notice_of_case() -> None:
    asked = words.contains(literal("Ada"), "ada").compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]

    assert "ILIKE" in str(asked)
