"""The log is the server's own: no stranger writes a line of it, fills it, or is read on Health."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from reflex_base.registry import RegistrationContext

import wasched.wasched  # noqa: F401 - every handler registers itself
from tests.attacks.conftest import Target
from tests.attacks.wrong_words import FORGED, NO_EVENTS, NO_PACKETS, WORDS, send_all
from wasched.domain import log_tail
from wasched.ui.live import event_check

_FIELDS = {"time", "level", "logger", "message"}
_LONGEST = 25_000


class Written:
    """What the api has written since this was made."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._before = len(target.product.log("api"))
        self._kept = _kept(target)

    def text(self) -> str:
        """All of it."""
        return self._target.product.log("api")[self._before :]

    def lines(self) -> list[dict[str, Any]]:
        """Its lines, each of which is one of ours and shows all that is in it."""
        found = self.text().split("\n")[:-1]
        assert all(line.isprintable() and len(line) < _LONGEST for line in found)
        read = [json.loads(line) for line in found]
        assert all(line.keys() >= _FIELDS for line in read)
        return read

    def check_blameless(self) -> None:
        """No line of it is a fault of the server's, and nothing is new on Health."""
        wrong = [line for line in self.lines() if line["level"] != "info" or "exception" in line]
        assert wrong == []
        assert _kept(self._target) == self._kept


def _kept(target: Target) -> str:
    """What Health shows of the api's log."""
    file = log_tail.file_of(target.product.settings.data_path, log_tail.LogPart.SERVER)
    return file.read_text() if file.exists() else ""


@contextmanager
def blameless(target: Target) -> Iterator[Written]:
    """Whatever is done in the block, the log stays ours and without a fault."""
    written = Written(target)
    yield written
    time.sleep(0.3)  # what is answered may not be written yet
    written.check_blameless()


def test_words_on_the_live_line_are_no_lines_of_the_log(target: Target) -> None:
    with blameless(target):
        send_all(target.url, [f"42/_event,{said}" for said in NO_EVENTS])
        send_all(target.url, [f"42/_event,{said}" for said in NO_EVENTS[:8]], cookie=target.member)

    assert "wrong events from clients, last: " in target.product.log("api")
    assert "faults reported by browsers, last: " in target.product.log("api")


def test_packets_that_cannot_be_read_are_no_faults_of_the_server(target: Target) -> None:
    with blameless(target):
        send_all(target.url, NO_PACKETS)


def test_the_token_of_a_tab_is_no_line_of_the_log(target: Target) -> None:
    with blameless(target):
        send_all(target.url, ['42/_event,["event",{}]'], token=quote(FORGED))
        send_all(target.url, ['42/_event,["event",{}]'], token="&token=")


def test_a_flood_of_wrong_events_is_a_line_a_minute(target: Target) -> None:
    wrong = f'["event",{{"name":"{WORDS}","payload":{{"words":"{"y" * 500}"}}}}]'

    with blameless(target) as written:
        send_all(target.url, [f"42/_event,{wrong}"] * 2_000, at_once=True)

    assert len(written.text()) < 5_000


def test_what_handlers_cannot_take_is_no_fault_of_the_server(target: Target) -> None:
    """Numbers that are none, days that no calendar has, keys of nothing, and empty forms."""
    odd: dict[type, list[object]] = {
        str: ["", "x\0y", "9" * 30],
        int: [-1, 1 << 62],
        float: [1e308],
    }

    def said() -> Iterator[str]:
        for name, registered in RegistrationContext.get().event_handlers.items():
            hints = event_check._shape(registered.handler.fn)[1]
            kinds = {argument: kind for argument, kind in hints.items() if argument != "return"}
            for turn in range(2 if kinds and "upload" not in name else 0):
                payload = {one: _turn(odd.get(kind, [{}]), turn) for one, kind in kinds.items()}
                yield f"42/_event,{json.dumps(['event', {'name': name, 'payload': payload}])}"

    with blameless(target):
        send_all(target.url, said(), cookie=target.member, at_once=True)


def _turn(values: list[object], turn: int) -> object:
    return values[turn % len(values)]


@pytest.mark.parametrize("header", ["User-Agent", "X-Forwarded-For", "X-Forwarded-Proto", "Accept"])
def test_headers_are_no_lines_of_the_log(target: Target, header: str) -> None:
    given = FORGED.replace("\n", "").encode()
    browser = target.browser()

    with blameless(target):
        for path in ("/", "/nowhere", "/sign-in", "/export/people.csv", "/healthz"):
            browser.get(path, headers={header: given})
        browser.post("/auth/sign-in", data={"email": "x"}, headers={header: given})


def test_paths_and_forms_are_no_lines_of_the_log(target: Target) -> None:
    browser = target.browser(target.member)
    words = {"email": FORGED, "password": FORGED, "name": FORGED, "token": FORGED, "next": FORGED}

    with blameless(target):
        for path in ("/", "/media/", "/uploads/", "/export/", "/assets/", "/messages?q="):
            browser.get(path + quote(FORGED))
        for door in ("sign-in", "register", "set-up"):
            browser.post(f"/auth/{door}", data=words)
        browser.post("/uploads", json={"name": FORGED, "size": 5, "mimetype": FORGED})
        browser.get("/", headers={"Host": "x\u009b31m".encode()})


def test_passwords_cookies_and_tokens_are_not_in_the_log(target: Target) -> None:
    password, tab = "kept-to-myself-7", "a5e6f7a8-tab-of-mine"
    browser = target.browser(target.member)
    written = Written(target)

    browser.post("/auth/sign-in", data={"email": "alice@choir.example", "password": password})
    browser.post("/auth/register", data={"email": "x", "name": "x", "password": password})
    browser.get("/new-password?link=a-link-of-mine")
    browser.post("/auth/new-password", data={"link": "a-link-of-mine", "password": password})
    wrong = [
        f'["event",{{"name":"nobody.weigh","payload":{{"password":"{password}"}}}}]',
        f'["event",{{"payload":{{"password":"{password}"}}}}]',
        f'["event",{{"name":"reflex___state____state.hydrate","payload":"{password}"}}]',
        f'["event",[{{"password":"{password}"}}]]',
    ]
    send_all(target.url, [f"42/_event,{one}" for one in wrong], tab, target.member)

    for secret in (password, tab, "a-link-of-mine", target.member.partition("=")[2]):
        assert secret not in written.text()
        assert secret not in _kept(target)
