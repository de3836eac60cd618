"""Sessions in one PostgreSQL that every worker reaches: linking, going on elsewhere, unlinking."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from tests.adapters.whatsapp.machines import OpenHere, database, link, open_on, rows
from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched, to
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched.domain.link import Identified, IncomingSeen, LinkState
from wasched.services.ports import SendTrace

__all__ = ["database", "open_on"]


def test_a_link_made_on_one_machine_goes_on_on_another(
    whatsapp: Simulator, open_on: OpenHere, database: str, tmp_path: Path
) -> None:
    first = link(whatsapp, open_on("one"), ADA)
    first.next(Identified, lambda one: one.name == "Ada")  # the phone's first words are kept
    secret, at = secrets.token_bytes(32), datetime.now(UTC)
    sent = first.line.send(to(BOB, "From one", secret))
    second = link(whatsapp, open_on("one", 2), EVE)
    second.line.send(to(BOB, "Another account"))
    first.line.keep_texts(True)
    whatsapp.write(phone=BOB, to=ADA, text="Who writes this down?")
    first.next(IncomingSeen)
    first.process().kill()
    first.line.stop()

    elsewhere = open_on("two")
    assert elsewhere.next(IncomingSeen).text == "Who writes this down?"
    elsewhere.state(LinkState.CONNECTED)
    elsewhere.line.send(to(BOB, "From two"))

    until(lambda: len(whatsapp.texts(BOB)) == 3, "all arrived")
    assert sorted(whatsapp.texts(BOB)) == ["Another account", "From one", "From two"]
    found = elsewhere.line.evidence(secret, at)
    assert (found.trace, found.message_id) == (SendTrace.LEFT, sent.message_id)
    assert elsewhere.line.evidence(b"n" * 32, at).trace is SendTrace.NEVER_LEFT
    assert not list(tmp_path.rglob("*.db"))
    assert not Path("postgres:").exists()
    until(lambda: has_forgotten(elsewhere, database), "what was heard is forgotten")

    elsewhere.line.unlink()
    elsewhere.state(LinkState.NEEDS_LINK)
    linked = "SELECT account FROM wasched_session JOIN whatsmeow_device USING (jid)"
    until(lambda: rows(database, linked) == [(2,)], "its rows are gone")
    second.line.send(to(BOB, "Still there"))


def has_forgotten(watched: Watched, database: str) -> bool:
    """Say that all is written, which may have come a second time; True once nothing is left."""
    watched.line.note_written(10)
    return not rows(database, "SELECT 1 FROM wasched_heard")
