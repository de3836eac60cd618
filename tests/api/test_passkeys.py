"""Giving a passkey by plain routes: in the browser that was asked, at this server's address."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.api.conftest import Browser
from tests.authenticator import Authenticator
from tests.owner import add_person
from tests.scopes import session_scope
from wasched import bootstrap, config
from wasched.api.app import make_api
from wasched.api.cookies import ASKED, HALF, SESSION
from wasched.domain.passkey import PasskeySite
from wasched.models import User
from wasched.services.identity import half_sign_in, passkeys
from wasched.services.identity.passkeys import NewPasskey

OWN = "http://localhost:3001"


class Door:
    """The server at an address, and somebody's passkey for it."""

    def __init__(self) -> None:
        self.passkey = Authenticator("localhost", OWN)
        with session_scope() as session:
            now = bootstrap.clock().now()
            user = add_person(session, "Alice", now, is_admin=True)
            self.user_id = user.id
            mine = user.__class__(**{**user.__dict__, "confirmed_at": now})
            site = PasskeySite("localhost", OWN)
            asked = passkeys.creation_options(session, "k" * 40, mine, "token", site, now)
        new = NewPasskey(self.passkey.make(asked), site, "Phone")
        given = bootstrap.database(), bootstrap.passkey_reader(), mine, "token", new, now
        passkeys.add_passkey(*given)

    def visit(self, at: str = OWN) -> TestClient:
        """A browser at an address."""
        return TestClient(make_api(), base_url=at, follow_redirects=False)

    def owes(self) -> TestClient:
        """A browser that was given the password."""
        with session_scope() as session:
            row, now = session.get_one(User, self.user_id), bootstrap.clock().now()
            token = half_sign_in.begin_half_sign_in(session, row, now)
        client = self.visit()
        client.cookies.set(HALF, token)
        return client


@pytest.fixture
def door(browser: Browser) -> Door:
    """A new one."""
    return Door()


def asks(client: TestClient, step: str = "") -> dict[str, Any]:
    """What a browser is asked for."""
    found: dict[str, Any] = client.post("/auth/passkey/begin", data={"step": step}).json()
    return found


def gives(client: TestClient, answer: str, step: str = "", path: str = "/people") -> Response:
    """A browser gives an answer."""
    return client.post("/auth/passkey", data={"answer": answer, "step": step, "next": path})


def refusal(answer: Response) -> str:
    """Why nobody is signed in."""
    assert SESSION not in answer.cookies
    return answer.headers["location"]


def test_the_browser_that_was_asked_gets_in_and_where_it_wanted(door: Door) -> None:
    client, other = door.visit(), door.visit()
    asked = asks(client)
    assert (asked["origin"], asked["options"]["rpId"]) == (OWN, "localhost")
    answer = door.passkey.give(asked["options"])
    asks(other)
    assert refusal(gives(other, answer)).startswith("/sign-in?error=passkey-over")

    opened = gives(client, answer)

    assert (opened.headers["location"], opened.cookies[SESSION] != "") == ("/people", True)
    assert refusal(gives(client, answer)).startswith("/sign-in?error=passkey-over")
    assert refusal(gives(client, "{}", path="//evil.example")).startswith("/sign-in?error=passkey&")
    asked = asks(client)["options"]
    away = gives(client, door.passkey.give(asked), path="//evil.example")
    assert away.headers["location"] == "/"


def test_the_cookie_of_who_was_asked_opens_nothing(door: Door) -> None:
    client = door.visit()
    asks(client)
    token = client.cookies[ASKED]
    client.cookies.set(SESSION, token)
    assert client.get("/export/people.csv").status_code == 303


def test_in_the_place_of_a_code_it_ends_what_was_owed(door: Door) -> None:
    client = door.owes()
    options = asks(client, "code")["options"]
    assert len(options["allowCredentials"]) == 1
    made_up = door.visit()
    made_up.cookies.set(HALF, "made-up")
    assert asks(made_up, "code")["options"]["allowCredentials"] == []
    answer = door.passkey.give(options)
    assert refusal(gives(client, answer)).startswith("/sign-in?error=passkey-over")
    assert refusal(gives(made_up, answer, "code")).startswith("/sign-in/code?error=passkey-over")
    options = asks(made_up, "code")["options"]
    over = gives(made_up, door.passkey.give(options), "code")
    assert refusal(over).startswith("/sign-in?error=step-over")

    opened = gives(client, door.passkey.give(asks(client, "code")["options"]), "code")

    assert opened.headers["location"] == "/people" and opened.cookies[SESSION]
    assert any(one.startswith(f'{HALF}=""') for one in opened.headers.get_list("set-cookie"))


def test_another_name_of_the_server_is_another_site(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = door.visit("http://evil.example")
    asked = asks(elsewhere)
    assert (asked["origin"], asked["options"]["rpId"]) == ("http://evil.example", "evil.example")
    # A page there has a browser give what it holds for the real server, or makes all of it up.
    for host, origin in (("localhost", OWN), ("evil.example", "http://evil.example")):
        door.passkey.host, door.passkey.origin = host, origin
        answer = door.passkey.give(asks(elsewhere)["options"])
        assert refusal(gives(elsewhere, answer)).startswith("/sign-in?error=passkey&")

    monkeypatch.setenv("PUBLIC_URL", "https://wasched.example.org")
    config.settings.cache_clear()
    asked = asks(door.visit())
    assert asked["origin"] == "https://wasched.example.org", "whatever Host it was asked by"
    assert asked["options"]["rpId"] == "wasched.example.org"
