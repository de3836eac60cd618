"""What is read from the library's log."""

import pytest

from wasched.adapters.whatsapp.library_log import LibraryLog
from wasched.adapters.whatsapp.states import LoggedOut, Report


@pytest.fixture
def heard() -> list[Report]:
    """What the log told."""
    return []


@pytest.fixture
def log(heard: list[Report]) -> LibraryLog:
    """Listens to a client."""
    return LibraryLog(heard.append)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (
            "Got 401: logged out from another device connect failure, "
            "sending LoggedOut event and deleting session",
            "401",
        ),
        ("Got device removed stream error, sending LoggedOut event and deleting session", ""),
    ],
)
def test_the_end_of_a_session_is_reported(
    log: LibraryLog, heard: list[Report], line: str, code: str
) -> None:
    log.hear(line)

    assert heard == [LoggedOut(code)]


def test_other_lines_report_nothing(log: LibraryLog, heard: list[Report]) -> None:
    log.hear("Got 515 code, reconnecting...")
    log.hear('Got 503/ connect failure, assuming automatic reconnect will handle it: ""')

    assert heard == []


def test_phones_that_got_no_copy_of_a_message_are_known_once(log: LibraryLog) -> None:
    log.hear("Failed to encrypt 3EB0AA for 100000000000002@lid: can't encrypt: no session")
    log.hear("Failed to encrypt 3EB0AA for 100000000000003:5@lid: can't encrypt")
    log.hear("Failed to encrypt 3EB0BB for 100000000000004@lid: can't encrypt")

    assert log.without_copy("3EB0AA") == {"100000000000002"}
    assert log.without_copy("3EB0AA") == set()


def test_a_refusal_can_be_looked_up(log: LibraryLog) -> None:
    line = 'Temporary ban connect failure: <failure code="199" expire="600" reason="402"/>'

    log.hear(line)

    assert log.refusal() == line
