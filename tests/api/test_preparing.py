"""What is answered while the database is prepared."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from wasched.api.preparing import Preparing

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def preparing() -> Preparing:
    """Somewhere in an upgrade."""
    return Preparing(lambda: "Step 2 of 3: Count <what> is there.")


@pytest.fixture
def browser(preparing: Preparing) -> TestClient:
    """A browser in front of an app with one page."""
    pages = [Route("/messages", lambda _: PlainTextResponse("The page"))]
    return TestClient(preparing.before(Starlette(routes=pages)))


def test_a_page_says_which_step_is_done_and_comes_back_by_itself(browser: TestClient) -> None:
    answer = browser.get("/messages", headers=PAGE)

    assert answer.status_code == 503
    assert "Preparing the database" in answer.text
    assert "Step 2 of 3: Count &lt;what&gt; is there." in answer.text
    assert (answer.headers["Retry-After"], answer.headers["Refresh"]) == ("3", "3")


def test_what_was_posted_is_not_posted_again(browser: TestClient) -> None:
    answer = browser.post("/auth/sign-in", headers=PAGE)

    assert (answer.status_code, answer.headers["Refresh"]) == (503, "3; url=/")


def test_machines_are_told_in_their_own_form(browser: TestClient) -> None:
    says = "Preparing the database. Step 2 of 3: Count <what> is there."
    asked = {path: browser.get(path) for path in ("/healthz", "/readyz", "/export/messages.csv")}

    assert {answer.status_code for answer in asked.values()} == {503}
    assert [answer.json() for answer in asked.values()] == [
        {"status": "preparing", "says": says},
        {"database": {"ok": False, "says": says}},
        {"detail": says},
    ]


def test_an_open_page_is_not_connected_yet(browser: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as refused, browser.websocket_connect("/_event"):
        pass

    assert refused.value.code == 1013  # try again later


def test_what_keeps_the_database_from_being_used_is_said(
    browser: TestClient, preparing: Preparing
) -> None:
    preparing.fault = "The disk is full."
    answer = browser.get("/messages", headers=PAGE)

    assert "The database cannot be used" in answer.text and "The disk is full." in answer.text
    assert "Preparing" not in answer.text
    assert browser.get("/healthz").json()["says"] == "The disk is full."


def test_once_it_is_over_the_pages_come(browser: TestClient, preparing: Preparing) -> None:
    preparing.is_over = True

    assert browser.get("/messages", headers=PAGE).text == "The page"
