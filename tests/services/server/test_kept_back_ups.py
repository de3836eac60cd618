"""What is told of back-ups that are made by themselves, and to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.conftest import NOW
from wasched.domain.errors import NotFoundError, UnconfirmedError
from wasched.services.caller import Caller
from wasched.services.server import kept_back_ups
from wasched.services.server.kept_back_ups import KeptBackUp

KEPT = [KeptBackUp("wasched-2026-03-12T16-42-00Z.tar.gz.age", 4_000_000)]
TO = "s3://vault/choir"


def test_one_that_failed_is_told_to_strangers_without_where_and_why(session: Session) -> None:
    kept_back_ups.note_kept(session, KEPT, TO, NOW - timedelta(days=2), NOW - timedelta(days=2))
    kept_back_ups.note_failed(session, f"The store refuses {TO}.", NOW)

    said = kept_back_ups.back_up_trouble(session, NOW)

    assert said.startswith("The last back-up failed. The last good one is of 10 March 2026, 16:42")
    assert TO not in said
    notes = kept_back_ups.read_notes(session)
    assert (notes.fault, notes.kept) == (f"The store refuses {TO}.", tuple(KEPT))
    assert kept_back_ups.last_good_backup(session) == NOW - timedelta(days=2)


def test_a_night_without_one_is_told_and_a_new_server_is_not_blamed(session: Session) -> None:
    assert kept_back_ups.back_up_trouble(session, NOW) == ""
    kept_back_ups.note_kept(session, KEPT, TO, NOW, NOW)
    assert kept_back_ups.back_up_trouble(session, NOW + timedelta(hours=30)) == ""
    assert "in time" in kept_back_ups.back_up_trouble(session, NOW + timedelta(hours=40))


def test_who_runs_the_server_asks_for_one_and_takes_it_and_nobody_else(
    session: Session, alice: Caller
) -> None:
    charlie = replace(alice, is_admin=False)
    for deed in (
        lambda: kept_back_ups.ask_back_up(session, charlie, NOW),
        lambda: kept_back_ups.take_back_up(session, charlie, KEPT[0].name, NOW),
    ):
        with pytest.raises(NotFoundError):
            deed()

    admin = replace(alice, is_admin=True)
    kept_back_ups.ask_back_up(session, admin, NOW)
    assert kept_back_ups.read_notes(session).is_asked
    kept_back_ups.note_kept(session, KEPT, TO, NOW, NOW)
    assert not kept_back_ups.read_notes(session).is_asked
    assert kept_back_ups.take_back_up(session, admin, KEPT[0].name, NOW) == KEPT[0]
    for wrong, name, who in (
        (NotFoundError, "../app.db", admin),
        (UnconfirmedError, KEPT[0].name, replace(admin, confirmed_at=None)),
    ):
        with pytest.raises(wrong):
            kept_back_ups.take_back_up(session, who, name, NOW)
