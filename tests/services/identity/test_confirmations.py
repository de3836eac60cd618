"""Confirmations: for one key, one wish and one outcome, once, and not for long."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.conftest import NOW
from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.identity import confirmations, keys

SECRET, WISH, OUTCOME = "the server's", "schedule_message\n{}", "to Anna, at six"


@pytest.fixture
def program(session: Session, alice: Caller) -> Caller:
    """A program with a key of Alice's."""
    token = keys.add_key(session, alice, "Bells", ["send"], NOW)
    found = keys.whose_key(session, token, NOW)
    assert found is not None
    return found[0]


def test_a_confirmation_counts_once(session: Session, program: Caller) -> None:
    token = confirmations.make_confirmation(SECRET, program, WISH, OUTCOME, NOW)
    assert token != confirmations.make_confirmation(SECRET, program, WISH, OUTCOME, NOW)

    given = confirmations.read_confirmation(session, SECRET, program, WISH, token, NOW)
    assert given.shown_at == NOW
    confirmations.use_confirmation(session, program, given, OUTCOME, "sch_1", NOW)
    with pytest.raises(InputError, match="done then, as sch_1"):
        confirmations.read_confirmation(session, SECRET, program, WISH, token, NOW)


def test_it_is_for_what_was_shown_and_not_for_long(session: Session, program: Caller) -> None:
    token = confirmations.make_confirmation(SECRET, program, WISH, OUTCOME, NOW)
    other = replace(program, key_id=program.key_id + 1)
    late = NOW + timedelta(minutes=10, seconds=1)

    for words, asked in (
        ("another key", (SECRET, other, WISH, token, NOW)),
        ("something else", (SECRET, program, WISH + "x", token, NOW)),
        ("something else", ("a stranger's", program, WISH, token, NOW)),
        ("something else", (SECRET, program, WISH, f"9{token}", NOW)),
        ("no confirmation", (SECRET, program, WISH, "yes", NOW)),
        ("more than 10 minutes ago", (SECRET, program, WISH, token, late)),
    ):
        with pytest.raises(InputError, match=words):
            confirmations.read_confirmation(session, *asked)
    given = confirmations.read_confirmation(session, SECRET, program, WISH, token, NOW)
    with pytest.raises(InputError, match="has changed since"):
        confirmations.use_confirmation(session, program, given, "to Bob", "sch_1", NOW)
