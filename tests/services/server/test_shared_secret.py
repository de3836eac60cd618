"""Every machine of a database has the same secret, or says that it has another one."""

import pytest
from sqlmodel import Session

from wasched.domain.errors import UnusableDatabaseError
from wasched.models import Setting
from wasched.services.server.shared_secret import (
    NAME,
    find_secret,
    forget_secret,
    settle_secret,
)

GIVEN, OTHER = "given-" + "g" * 32, "other-" + "o" * 32


def test_who_comes_first_without_a_secret_decides_for_all(session: Session) -> None:
    assert find_secret(session, "") == ""

    assert settle_secret(session, "", "made here") == "made here"
    assert settle_secret(session, "", "made there") == "made here"
    assert find_secret(session, "") == "made here"


def test_a_secret_that_was_given_stays_out_of_the_database(session: Session) -> None:
    assert settle_secret(session, GIVEN, GIVEN) == GIVEN

    assert GIVEN not in session.get_one(Setting, NAME).value
    assert find_secret(session, GIVEN) == GIVEN


@pytest.mark.parametrize(
    ("first", "here", "says"),
    [
        (GIVEN, OTHER, "SECRET_KEY is another one"),
        (GIVEN, "", "here none is set"),
        ("", OTHER, "SECRET_KEY is another one"),
    ],
)
def test_a_machine_with_another_secret_is_told_so(
    session: Session, first: str, here: str, says: str
) -> None:
    settle_secret(session, first, "made here")

    for look in (lambda: find_secret(session, here), lambda: settle_secret(session, here, here)):
        with pytest.raises(UnusableDatabaseError, match=says) as refusal:
            look()
        assert "made here" not in str(refusal.value) and OTHER not in str(refusal.value)


def test_a_secret_that_was_forgotten_is_settled_anew(session: Session) -> None:
    settle_secret(session, GIVEN, GIVEN)

    assert forget_secret(session) and not forget_secret(session)
    assert settle_secret(session, OTHER, OTHER) == OTHER
