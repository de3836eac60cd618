"""Files at the door for programs: in pieces, taken up again, named by messages."""

from typing import Any

import pytest

from tests import files
from tests.api.conftest import Programs
from tests.api.described import Program
from tests.scopes import session_scope
from wasched.domain.media import MB
from wasched.models import Schedule

TO = ["+491701234567"]
BYTES = "application/octet-stream"


def piece(program: Program, upload: str, offset: int, body: bytes) -> tuple[int, dict[str, Any]]:
    """Send a piece of a file."""
    headers = {**program._headers, "Upload-Offset": str(offset), "Content-Type": BYTES}
    program.last = program.client.patch(f"/api/v1{upload}", content=body, headers=headers)
    return program.last.status_code, program.last.json()


def test_a_file_comes_in_pieces_and_goes_with_its_text(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")
    body, half = files.picture(), 1000
    announced = {"name": "hall.jpg", "size": len(body)}
    begun = choir.asks("POST", "/uploads", announced, Idempotency_Key="hall")[1]
    assert choir.asks("POST", "/uploads", announced, Idempotency_Key="hall")[1] == begun
    upload = f"/uploads/{begun['id']}"

    assert piece(choir, upload, 0, body[:half])[1]["offset"] == half
    status, refusal = piece(choir, upload, 7, b"x")
    assert (status, refusal["errors"][0]["parameter"]) == (409, "Upload-Offset")
    assert choir.asks("POST", f"{upload}/finish", {})[0] == 422
    assert choir.asks("GET", upload)[1]["offset"] == half
    for method in ("GET", "DELETE"):
        assert charlie.asks(method, upload)[0] == 404
    assert piece(charlie, upload, half, b"x")[0] == 404
    assert piece(choir, upload, half, body[half:])[0] == 200
    status, hall = choir.asks("POST", f"{upload}/finish", {}, Idempotency_Key="hall done")
    again = choir.asks("POST", f"{upload}/finish", {}, Idempotency_Key="hall done")
    assert again == (201, hall) and choir.asks("POST", f"{upload}/finish", {})[0] == 404
    assert (hall["kind"], hall["state"], hall["name"]) == ("image", "ready", "hall.jpg")
    assert choir.asks("GET", f"/media/{hall['id']}")[1] == hall

    message = {"to": TO, "text": "The hall", "media": hall["id"]}
    sent = choir.asks("POST", "/messages", message)
    assert sent[0] == 201 and choir.asks("POST", "/schedules", {**message, "text": None})[0] == 201
    changed = {"text": "The great hall"}
    choir.asks("PATCH", f"/schedules/{sent[1]['id']}", changed, If_Match="*")
    with session_scope(write=False) as session:
        (said,) = session.get_one(Schedule, 1).contents
    assert (said["kind"], said["caption"], said["filename"]) == (
        "image",
        "The great hall",
        "hall.jpg",
    )
    path, now = f"/schedules/{sent[1]['id']}", {"If_Match": "*"}
    poll = {"question": "When?", "options": ["Monday", "Friday"]}
    for change, kind, words in (
        ({"poll": poll}, "poll", ""),
        ({"wordings": ["Hi", "Hello"]}, "text", "Hi"),
        ({"media": hall["id"]}, "image", "Hi"),
        ({"media": None}, "text", "Hi"),
        ({"place": {"where": "52.5, 13.4", "name": "Hall"}}, "location", ""),
    ):
        assert choir.asks("PATCH", path, change, **now)[0] == 200, change
        with session_scope(write=False) as session:
            said = session.get_one(Schedule, 1).contents
        assert said[0]["kind" if kind == "image" else "type"] == kind
        assert said[0].get("caption", said[0].get("body", "")) == words
    two = choir.asks("PATCH", path, {"poll": poll, "text": "x"}, **now)
    alone = choir.asks("PATCH", path, {"send_as": "document"}, **now)
    refused = [(status, said["errors"][0]["pointer"]) for status, said in (two, alone)]
    assert refused == [(422, "#/poll"), (422, "#/send_as")]

    for wrong in (
        {"media": "med_none"},
        {"send_as": "voice"},
    ):
        status, refusal = choir.asks("POST", "/messages", {**message, **wrong})
        assert (status, refusal["errors"][0]["pointer"]) == (422, "#/media")
    theirs = charlie.asks("POST", "/messages", message)
    assert theirs[1] == choir.asks("POST", "/messages", {**message, "media": "med_none"})[1]
    assert charlie.asks("GET", f"/media/{hall['id']}")[0] == 404


@pytest.mark.parametrize(
    ("size", "status", "says"), [(3 * MB + 1, 413, "takes up to 3 MB"), (0, 415, "is empty")]
)
def test_a_file_that_cannot_be_taken_is_refused_before_it_is_sent(
    program: Programs, size: int, status: int, says: str
) -> None:
    refused = program("Alice", "send").asks("POST", "/uploads", {"name": "a", "size": size})

    assert refused[0] == status and says in refused[1]["detail"]


def test_only_a_key_to_send_brings_files_and_no_more_than_was_announced(program: Programs) -> None:
    choir, reader = program("Alice", "send"), program("Alice", "read")
    assert reader.asks("POST", "/uploads", {"name": "a", "size": 5})[0] == 403
    upload = f"/uploads/{choir.asks('POST', '/uploads', {'name': 'a', 'size': 5})[1]['id']}"

    assert piece(reader, upload, 0, b"hello")[0] == 403
    assert piece(choir, upload, 0, b"sixsix")[0] == 413
    assert piece(choir, upload, 0, bytes(9 * MB))[0] == 413
    assert choir.asks("DELETE", upload)[0] == 204 and choir.asks("GET", upload)[0] == 404
