"""What the library's error texts mean for a message."""

import pytest

from tests.reasons import words
from wasched.adapters.whatsapp import errors
from wasched.adapters.whatsapp.store_faults import fault_in
from wasched.domain.errors import NotNow, SendError


def of_send(text: str) -> SendError:
    fault = errors.of_send(text)
    assert isinstance(fault, SendError)
    return fault


@pytest.mark.parametrize(
    "text",
    [
        "failed to get user info for 4915100000002@s.whatsapp.net: websocket not connected",
        "failed to send message node: websocket not connected",
        "failed to get device list: websocket disconnected before info query returned response",
        "client is nil",
        "the store doesn't contain a device JID",
    ],
)
def test_without_a_connection_the_message_waits(text: str) -> None:
    assert isinstance(errors.of_send(text), NotNow)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("failed to save cached sessions: database or disk is full", "Make room"),
        ("failed to get device list: disk I/O error: file too large", "fails to read or write"),
        ("failed to prefetch sessions: database disk image is malformed", "link it again"),
    ],
)
def test_what_the_store_refuses_has_not_left(text: str, says: str) -> None:
    pause = errors.of_send(text)

    assert isinstance(pause, NotNow)
    assert says in words(pause.reason)


def test_a_name_like_a_fault_of_the_store_is_none() -> None:
    line = 'Node handling took 9s for <message notify="database or disk is full" type="text">'

    assert fault_in(line) is None


@pytest.mark.parametrize(
    "text",
    [
        "no LID found for 4915199999999@s.whatsapp.net from server",
        "can't send message to unknown server c.us",
        "failed to get group members: you're not participating in that group",
        "failed to get group members: that group does not exist",
    ],
)
def test_a_recipient_that_cannot_be_reached_is_a_permanent_failure_that_never_left(
    text: str,
) -> None:
    fault = of_send(text)

    assert fault.permanent
    assert fault.left is False


@pytest.mark.parametrize(
    "text",
    [
        "websocket disconnected before message send returned response",
        "websocket disconnected before message send (retry) returned response",
        "timed out waiting for message send response",
        "websocket not connected",
        "frame socket is closed",
        "a text that no version has said before",
    ],
)
def test_where_nobody_can_tell_it_may_have_left(text: str) -> None:
    assert of_send(text).left is None


@pytest.mark.parametrize(
    ("code", "permanent"), [(463, True), (479, True), (429, False), (500, False)]
)
def test_a_refusal_of_the_server_carries_its_code(code: int, permanent: bool) -> None:
    fault = of_send(f"server returned error {code}")

    assert (fault.code, fault.left, fault.permanent) == (code, True, permanent)


def test_no_reason_shows_the_number_of_a_person() -> None:
    said = words(
        of_send("failed to encrypt for 4915100000002.0:12@s.whatsapp.net: no session").reason
    )

    assert "4915100000002" not in said
    assert "no session" in said


def test_a_failed_upload_never_left_and_is_tried_again() -> None:
    fault = errors.of_upload("failed to upload: 503")

    assert (fault.left, fault.permanent) == (False, False)


def test_a_number_whatsapp_does_not_take_gets_a_sentence() -> None:
    assert "Check it" in words(errors.of_pairing("phone number too short"))
    often = errors.of_pairing("info query returned status 429: rate-overlimit")
    assert "in an hour" in words(often)
