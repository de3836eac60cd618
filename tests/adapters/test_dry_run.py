"""The practice line."""

from datetime import UTC, datetime

import pytest

from tests.reasons import words
from wasched.adapters.dry_run import DryRunLine
from wasched.domain.content import Text
from wasched.domain.errors import NotNow
from wasched.domain.link import (
    CodeRefused,
    LinkEvent,
    LinkState,
    ReceiptSeen,
    StateChanged,
)
from wasched.services.ports import Outgoing, SendTrace

BOB = "4915100000002@s.whatsapp.net"


@pytest.fixture
def events() -> list[LinkEvent]:
    """What the line reports."""
    return []


@pytest.fixture
def line(events: list[LinkEvent]) -> DryRunLine:
    """A started practice line."""
    line = DryRunLine(events.append)
    line.start()
    return line


def outgoing(secret: bytes = b"s" * 32) -> Outgoing:
    return Outgoing(BOB, Text("Hello"), secret)


def test_it_is_linked_from_the_start(line: DryRunLine, events: list[LinkEvent]) -> None:
    assert line.is_ready
    assert isinstance(events[0], StateChanged)
    assert events[0].state is LinkState.CONNECTED


def test_a_message_counts_as_delivered(line: DryRunLine, events: list[LinkEvent]) -> None:
    handed = line.send(outgoing())

    assert isinstance(events[-1], ReceiptSeen)
    assert events[-1].message_ids == (handed.message_id,)


def test_two_messages_have_two_ids(line: DryRunLine) -> None:
    assert line.send(outgoing()).message_id != line.send(outgoing()).message_id


def test_unlinked_it_takes_no_message_until_it_is_linked_again(line: DryRunLine) -> None:
    line.unlink()
    with pytest.raises(NotNow):
        line.send(outgoing())

    line.connect()
    line.send(outgoing())


def test_nothing_ever_leaves(line: DryRunLine) -> None:
    line.send(outgoing())

    assert line.evidence(b"s" * 32, datetime.now(UTC)).trace is SendTrace.NEVER_LEFT


def test_a_pairing_code_is_refused_with_a_sentence(
    line: DryRunLine, events: list[LinkEvent]
) -> None:
    line.pair_by_code("+4915100000001")

    assert isinstance(events[-1], CodeRefused)
    assert "Practice mode" in words(events[-1].reason)
