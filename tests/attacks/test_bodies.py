"""Who sends what nobody asked for is refused by the head, and nothing of it stays."""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

import httpx
import pytest

from tests.attacks.conftest import Target
from tests.product import until
from wasched.api.refused_form import COOKIE, read_typed
from wasched.services.files.uploads import CHUNK_MAX

MB = 1_000_000
FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
ROOM_MB = 25.0  # what an allocator may keep of honest work

TAKERS = (
    *(("POST", "/auth/sign-in", FORM), ("POST", "/auth/register", FORM)),
    *(("POST", "/auth/set-up", FORM), ("POST", "/auth/sign-out", FORM)),
    *(("POST", "/auth/new-password", FORM), ("POST", "/auth/code", FORM)),
    *(("POST", "/auth/forgot", FORM), ("POST", "/auth/passkey", FORM)),
    ("POST", "/auth/passkey/begin", FORM),
    *(("POST", "/uploads", JSON), ("PATCH", f"/uploads/{'0' * 32}", {"Upload-Offset": "0"})),
    *(("POST", f"/uploads/{'0' * 32}/finish", JSON), ("DELETE", f"/uploads/{'0' * 32}", {})),
    *(("POST", "/", FORM), ("PUT", "/nowhere", {}), ("POST", "/_event/?EIO=4", {})),
    *(("GET", "/export/people.csv", {}), ("GET", "/healthz", {})),
)


def pieces(size: int) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(size // 65536):
        yield b"{" * 65536


@pytest.mark.parametrize(("how", "path", "headers"), TAKERS)
def test_no_route_takes_a_long_body(
    target: Target, how: str, path: str, headers: dict[str, str]
) -> None:
    body = b"{" * (10 * MB)
    for cookie in ("", target.member):
        browser = target.browser("" if path == "/auth/sign-out" else cookie)
        told = browser.request(how, path, content=body, headers=headers)
        assert told.status_code in (401, 413, 426)
        assert b"{{" not in told.content
        with suppress(httpx.RemoteProtocolError):  # what had begun to answer breaks off
            untold = browser.request(how, path, content=pieces(len(body)), headers=headers)
            assert untold.status_code < 500
            assert len(untold.content) < 100_000
            assert b"{{" not in untold.content


def test_what_was_refused_is_let_go(target: Target) -> None:
    # A connection whose body was not read is closed: none is used twice.
    stranger = target.browser(Connection="close")
    member = target.browser(target.member, Connection="close")
    body, multipart = b"{" * (8 * MB), {"content-type": "multipart/form-data; boundary=x"}
    part = b'--x\r\nContent-Disposition: form-data; name="email"; filename="a"\r\n\r\n' + body
    begun = member.post("/uploads", json={"name": "a.bin", "size": 5}).json()["id"]

    def ask_all() -> None:
        assert stranger.post("/uploads", content=body, headers=JSON).status_code == 413
        assert stranger.post("/uploads", content=pieces(len(body))).status_code == 401
        assert stranger.post("/auth/sign-in", content=part, headers=multipart).status_code == 413
        answer = stranger.patch("/uploads/x", content=body, headers={"Upload-Offset": "0"})
        assert answer.status_code == 401
        answer = member.patch("/uploads/x", content=body, headers={"Upload-Offset": "0"})
        assert answer.status_code == 404
        answer = member.patch(f"/uploads/{begun}", content=body, headers={"Upload-Offset": "0"})
        assert answer.status_code == 413

    ask_all()  # what is loaded with the first of them stays
    before = target.memory_mb()
    for _ in range(20):
        ask_all()

    member.delete(f"/uploads/{begun}")
    until(lambda: target.memory_mb() - before < ROOM_MB, "memory is as it was before", 15)


def test_who_may_not_ask_is_told_so_before_what_is_wrong_with_it(target: Target) -> None:
    evil = {"Origin": "http://evil.example"}
    broken = {"content": b"{", "headers": JSON}

    assert target.browser().post("/uploads", **broken).status_code == 401
    assert target.browser(**evil).post("/uploads", **broken).status_code == 403
    assert target.browser(target.member, **evil).post("/uploads", **broken).status_code == 403
    assert target.browser(target.member).post("/uploads", **broken).status_code == 422


def test_a_piece_of_a_file_has_a_bound_of_its_own(target: Target) -> None:
    member, at_start = target.browser(target.member), {"Upload-Offset": "0"}
    begun = member.post("/uploads", json={"name": "a.bin", "size": 2 * CHUNK_MAX}).json()["id"]

    told = member.patch(f"/uploads/{begun}", content=b"x" * (CHUNK_MAX + 1), headers=at_start)
    untold = member.patch(f"/uploads/{begun}", content=pieces(CHUNK_MAX + MB), headers=at_start)
    taken = member.patch(f"/uploads/{begun}", content=b"x" * CHUNK_MAX, headers=at_start)

    for refused in (told, untold):
        assert (refused.status_code, refused.json()["title"]) == (413, "Too large")
        assert refused.json()["detail"] == "Send the file in smaller pieces."
        assert refused.headers["connection"] == "close"  # the rest of it is not read
    assert (taken.status_code, taken.json()["offset"]) == (200, CHUNK_MAX)
    assert "connection" not in taken.headers
    member.delete(f"/uploads/{begun}")


@pytest.mark.parametrize(
    "body",
    [
        {"content": b'{"name": 5, "size": "repeat-me-not"}', "headers": JSON},
        {"content": b'{"name": "repeat-me-not"', "headers": JSON},
        {"content": b'{"repeat-me-not": 1}', "headers": JSON},
        {"content": b'["repeat-me-not"]', "headers": JSON},
        {"content": b"repeat-me-not", "headers": {"content-type": "text/repeat-me-not"}},
        {"content": b"[" * 16_000, "headers": JSON},
        {"json": {"name": "a" * 1001, "size": 1}},
    ],
)
def test_a_misfit_is_told_and_not_repeated(target: Target, body: dict[str, object]) -> None:
    answer = target.browser(target.member).post("/uploads", **body)  # type: ignore[arg-type]

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert "repeat-me-not" not in answer.text
    assert len(answer.content) < 1000


def test_a_refused_form_puts_nothing_that_was_typed_into_an_address(target: Target) -> None:
    typed = {"name": "Eve Doe", "email": "eve@x.example", "zone": "Asia/Tokyo", "invite": "t0ken"}
    forms = {
        "/auth/register": {**typed, "password": "correct horse battery"},
        "/auth/set-up": {**typed, "password": "short"},
        "/auth/sign-in": {"email": typed["email"], "password": "not mine", "next": "/calendar"},
    }
    for path, form in forms.items():
        answer = target.browser().post(path, data=form)
        where = unquote(answer.headers["location"])
        assert not [one for one in [*typed.values(), form["password"]] if one in where], where
        kept = answer.headers["set-cookie"]
        assert kept.startswith(f"{COOKIE}=")
        assert "httponly" in kept.lower() and "samesite=strict" in kept.lower()
        came_back = read_typed(kept.partition(";")[0], where.partition("?")[0])
        assert came_back["email"] == typed["email"]
        assert "password" not in came_back


def test_what_nobody_can_have_kept_is_no_form() -> None:
    for value in ("", "x", "W10", "bnVsbA", "WyIvIiwxXQ", "é", "=" * 4000, "WyIv" * 900):
        assert read_typed(f"{COOKIE}={value}", "/") == {}
