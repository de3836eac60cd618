"""Words are found as they were typed, but for their case."""

from pathlib import Path

import pytest
from sqlalchemy import literal, select
from sqlalchemy.dialects import postgresql

from wasched import db
from wasched.services import text_search


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
        ("Łukasz Żak, 100 %", "łUKASZ ż", True),
        ("łukasz", "ŁUKASZ", True),
        ("Straße 5", "STRASSE", False),  # one letter is not taken for two
        ("Ż [x] * ? ^]", "ż [X] * ? ^]", True),
        ("Ż xyz", "ż *z", False),
        ("ОЛЬГА", "ольга", True),
        ("Łukasz", "łukaszx", False),
    ],
)
def test_words_are_found_as_typed_but_for_their_case(
    text: str, typed: str, is_found: bool, tmp_path: Path
) -> None:
    with db.make_engine(f"sqlite:///{tmp_path / 'app.db'}").connect() as connection:
        found = connection.scalar(select(text_search.contains(literal(text), typed)))

    assert found is is_found


def test_postgresql_is_told_to_take_no_notice_of_case() -> None:
    asked = text_search.contains(literal("Ada"), "ada").compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]

    assert "ILIKE" in str(asked)

    folded = text_search.contains(literal("Łukasz"), "łukasz").compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]

    assert "ILIKE" in str(folded)
