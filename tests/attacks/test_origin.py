"""Another site, another port and another scheme get nothing with the visitor's cookie."""

import json
from collections.abc import Iterator

import httpx
import pytest
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.attacks.conftest import Target, served
from tests.tabs import Tab
from wasched.api.cookies import SESSION as SIGNED_IN
from wasched.api.filled_page import FilledPages

EVIL = "http://evil.example"
PUBLIC = "http://localhost:9"

ROUTES = (
    *("/", "/sign-in", "/messages", "/nowhere", "/favicon.svg", "/healthz", "/readyz"),
    *("/export/people.csv", "/export/people.vcf", "/export/messages.csv", "/media/1", "/media/x"),
    *("/uploads", f"/uploads/{'0' * 32}", "/auth/sign-in", "/auth/sign-out", "/auth/set-up"),
    *("/ping", "/_health", "/_upload", "/_all_routes", "/auth-codespace"),
    *("/_event", "/_event/?EIO=4&transport=polling", "/_event/?EIO=4&transport=websocket&j=1"),
)
FORMS = (
    "/auth/sign-in",
    "/auth/register",
    "/auth/set-up",
    "/auth/new-password",
    "/auth/code",
    "/auth/forgot",
    "/auth/passkey",
    "/auth/passkey/begin",
    "/uploads",
)
FILES = ("/export/people.csv", "/export/people.vcf", "/export/messages.csv", "/media/1")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server that was told its address."""
    with served(tmp_path_factory.mktemp("public"), PUBLIC_URL=PUBLIC) as started:
        yield started


def leaves(answer: httpx.Response) -> list[str]:
    """What an answer lets other sites do."""
    return [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("named", [False, True], ids=["any address", "PUBLIC_URL"])
def test_no_other_origin_is_given_leave_to_read(
    target: Target, named: bool, request: pytest.FixtureRequest
) -> None:
    attacked = request.getfixturevalue("public") if named else target
    preflight = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "x-a"}
    for origin in (EVIL, attacked.url.replace("http:", "https:")):
        browser = attacked.browser(attacked.member, Origin=origin)
        for path in ROUTES:
            answers = [browser.request(how, path) for how in ("GET", "HEAD", "POST")]
            answers.append(browser.options(path, headers=preflight))
            assert [one.headers for one in answers if leaves(one)] == [], path


@pytest.mark.parametrize("path", ["/ping", "/_health", "/_upload", "/_all_routes"])
def test_what_nobody_uses_is_not_there(target: Target, path: str) -> None:
    assert target.browser(target.owner).get(path).status_code == 404
    assert target.browser(target.owner).post(path).status_code == 405, "the pages' own answer"


def test_the_live_connection_has_no_older_way(target: Target) -> None:
    answers = [
        target.browser().request(how, "/_event/", params={"EIO": "4", "transport": way})
        for how in ("GET", "POST", "OPTIONS")
        for way in ("polling", "websocket")
    ]

    assert {one.status_code for one in answers} == {426}


def elsewhere(target: Target) -> list[dict[str, str]]:
    """What browsers say when a page of another site, or of a neighbour, makes them ask."""
    port = target.product.port
    return [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": target.url},
        {"Sec-Fetch-Site": "same-site", "Referer": f"{target.url}/"},
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"https://localhost:{port}"},
        {"Origin": f"http://localhost:{port + 1}"},
        {"Origin": "http://localhost"},
        {"Origin": f"http://localhost:{port}@evil.example"},
        {"Origin": f"http://localhost:{port}.evil.example"},
        {"Referer": f"{EVIL}/?http://localhost:{port}/"},
        {"Origin": EVIL, "Referer": f"{target.url}/"},
    ]


def test_a_page_of_another_site_sends_no_form_and_takes_no_file(target: Target) -> None:
    for said in elsewhere(target):
        browser = target.browser(target.member)
        answers = [browser.post(path, headers=said) for path in FORMS]
        answers += [browser.get(path, headers=said) for path in FILES]
        assert {one.status_code for one in answers} == {403}, said
        for one in answers:
            assert one.headers["content-type"] == "application/problem+json"
            assert one.json()["detail"].startswith("This form was sent from another site.")


def test_our_own_pages_and_what_people_type_are_served(target: Target) -> None:
    own = [
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": target.url},
        {"Origin": target.url.upper().replace("HTTP:", "http:")},
        {"Referer": f"{target.url}/recipients?q=x"},
        {},
    ]
    for said in own:
        browser = target.browser(target.member)
        assert browser.get("/export/people.csv", headers=said).status_code == 200, said
        form = {"email": "nobody@x.example", "password": "x"}
        assert browser.post("/uploads", json={"name": "a", "size": -1}, headers=said).json(), said
        assert browser.post("/auth/register", data=form, headers=said).status_code == 303, said


def test_a_link_in_a_mail_leads_to_any_page(target: Target) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Referer": f"{EVIL}/"}
    for path in ("/", "/messages", "/sign-up?invite=x", "/sign-in?next=/messages/1"):
        assert target.browser(target.member).get(path, headers=link).status_code == 200


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "yours"),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, "yours"),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, "yours"),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, "mark"),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, "mark"),
    ],
)
def test_what_home_says_is_not_loaded_from_elsewhere(said: dict[str, str], words: str) -> None:
    page = FilledPages(PlainTextResponse("mark"), ["/"], lambda *_asked: {"mark": "yours"})

    answer = TestClient(page).get("/", headers={**said, "Cookie": f"{SIGNED_IN}=x"})

    assert answer.text == words


def test_no_page_of_another_site_opens_a_live_connection(target: Target) -> None:
    address = f"ws{target.url.removeprefix('http')}/_event/?EIO=4&transport=websocket&token=a"
    for said in elsewhere(target):
        with pytest.raises(InvalidStatus) as refused:
            connect(address, additional_headers={**said, "Cookie": target.member})
        assert refused.value.response.status_code == 403, said
        assert not [name for name in refused.value.response.headers if "access" in name.lower()]

    for said in ({"Origin": target.url}, {"Sec-Fetch-Site": "same-origin"}, {}):
        with connect(address, additional_headers=said) as line:
            assert str(line.recv(timeout=60)).startswith("0"), said


@pytest.mark.asyncio
async def test_a_page_is_not_told_what_a_proxy_added(target: Target) -> None:
    tab = Tab(target.url, target.member)
    tab._headers |= {
        "X-Api-Key": "secret-of-the-proxy",
        "X-Forwarded-User": "secret-of-the-proxy",
        "X-Forwarded-For": "203.0.113.77, 10.99.0.1",
        "Authorization": "Basic secret-of-the-proxy",
    }
    await tab.come()
    await tab.go("/messages")
    told = json.dumps([tab.shows, tab.events])
    await tab.close()

    assert "secret-of-the-proxy" not in told
    assert "203.0.113.77" not in told
    assert "10.99.0.1" not in told
