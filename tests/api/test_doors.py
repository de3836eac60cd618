"""Whose word about addresses and encryption counts, and where redirects lead."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse

from wasched import config
from wasched.api import doors
from wasched.api.forwarded import ForwardedScheme

PROXY, STRANGER = "172.18.0.1", "203.0.113.9"

Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Ask a small application, from some peer, with some headers."""
    environ = {"DB_PATH": f"{tmp_path}/app.db", "TRUSTED_PROXIES": "172.18.0.0/16"}
    monkeypatch.setattr(doors, "settings", lambda: config.read_settings(environ))
    api = FastAPI()

    @api.get("/who")
    def who(request: Request) -> dict[str, object]:
        return {"address": doors.caller_address(request), "secure": doors.is_secure(request)}

    @api.get("/away")
    def away(request: Request) -> RedirectResponse:
        return RedirectResponse(request.url_for("who"))

    async def asked(path: str, peer: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(ForwardedScheme(api), client=(peer, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://wasched.test") as client:
            return await client.get(path, headers=headers)

    def run(path: str, peer: str, **headers: str) -> httpx.Response:
        named = {f"x-forwarded-{name}": value for name, value in headers.items()}
        return asyncio.run(asked(path, peer, named))

    return run


def test_a_proxy_tells_who_is_behind_it(ask: Ask) -> None:
    answer = ask("/who", PROXY, **{"for": STRANGER, "proto": "https"})

    assert answer.json() == {"address": STRANGER, "secure": True}


def test_only_the_last_hop_before_the_proxies_is_believed(ask: Ask) -> None:
    answer = ask("/who", PROXY, **{"for": f"127.0.0.1, {STRANGER}, 172.18.0.7"})

    assert answer.json()["address"] == STRANGER


def test_a_stranger_cannot_pretend_to_be_behind_a_proxy(ask: Ask) -> None:
    answer = ask("/who", STRANGER, **{"for": "127.0.0.1", "proto": "https"})

    assert answer.json() == {"address": STRANGER, "secure": False}


def test_a_redirect_keeps_to_the_encrypted_line_of_the_browser(ask: Ask) -> None:
    assert ask("/away", PROXY, proto="https").headers["location"] == "https://wasched.test/who"
    assert ask("/away", PROXY).headers["location"] == "http://wasched.test/who"


def test_a_container_finds_its_gateway_in_the_kernels_list(tmp_path: Path) -> None:
    read = config.read_settings({"DB_PATH": f"{tmp_path}/app.db", "TRUSTED_PROXIES": "gateway"})

    [network] = read.trusted_proxies
    assert network.num_addresses == 1


def test_a_proxy_that_is_no_address_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(config.ConfigError, match="TRUSTED_PROXIES is 'caddy'"):
        config.read_settings({"DB_PATH": f"{tmp_path}/app.db", "TRUSTED_PROXIES": "caddy"})
