"""A program that asks again under one Idempotency-Key has it done once, wherever the api dies."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from tests.books import Books, now
from tests.new_database import begin_database
from tests.owner import add_owner
from tests.product import Product
from tests.scopes import session_scope
from wasched import config, db
from wasched.api.app import make_api
from wasched.models import Schedule
from wasched.services.accounts import accounts
from wasched.services.identity import keys

_PATH = "/api/v1/messages"
_BODY = {"to": ["+491701234567"], "text": "Bells", "at": "2033-12-24T18:00:00Z"}

_KILLS, _PROGRAMS, _EACH, _AT_ONCE = 50, 8, 60, 50
_OFTEN = {"API_BURST": "1000000", "API_PER_MINUTE": "1000000"}

_DIES_BEFORE_IT_ANSWERS = """
import json, os, signal, sys
from fastapi.testclient import TestClient
from wasched.api.app import make_api
from wasched.api.v1 import once

once.Response = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
path, body, headers = json.loads(sys.argv[1])
TestClient(make_api()).post(path, json=body, headers=headers)
"""


def test_what_was_done_before_a_kill_is_answered_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for one in (config.settings, db.engine):
        one.cache_clear()
    begin_database()
    with session_scope() as session:
        token = _let_in(session)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "bells"}

    asked = json.dumps([_PATH, _BODY, headers])
    died = subprocess.run([sys.executable, "-c", _DIES_BEFORE_IT_ANSWERS, asked])
    client = TestClient(make_api())
    answers = [client.post(_PATH, json=_BODY, headers=headers) for _ in range(2)]

    assert died.returncode == -signal.SIGKILL
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    with session_scope(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Schedule)) == 1
    db.engine().dispose()


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_what_is_asked_until_it_is_answered_is_done_once(tmp_path: Path) -> None:
    product, rng = Product(tmp_path / "product", {**os.environ, **_OFTEN}), Random(7)
    product.start_api()
    books = Books(product)
    with books.scope() as session:
        token = _let_in(session, books)
    asks = _Program(product, token)
    try:
        with ThreadPoolExecutor(_PROGRAMS + _AT_ONCE) as pool:
            names = [[f"{one}-{n}" for n in range(_EACH)] for one in range(_PROGRAMS)]
            told = [pool.submit(asks.in_turn, some) for some in names]
            for _ in range(_KILLS):
                time.sleep(rng.uniform(0.05, 1.5))
                product.kill_whole("api")
                product.start_api(None)
            answers = {name: said for one in told for name, said in one.result().items()}
            same = {one.result() for one in [pool.submit(asks, "once") for _ in range(_AT_ONCE)]}
        again = {name: asks(name) for name in answers}
        with books.scope(write=False) as session:
            made = session.scalar(select(func.count()).select_from(Schedule))
    finally:
        books.close()
        product.end()

    print(f"{len(answers)} messages through {_KILLS} kills of the api, and {_AT_ONCE} at once")
    assert again == answers
    assert len(same) == 1 and made == len(answers) + 1


class _Program:
    """Asks until it is answered, each time under the same name."""

    def __init__(self, product: Product, token: str) -> None:
        self._product, self._token = product, token

    def in_turn(self, names: list[str]) -> dict[str, str]:
        return {name: self(name) for name in names}

    def __call__(self, name: str) -> str:
        until_s = time.monotonic() + 300
        while time.monotonic() < until_s:
            try:
                status, said = self._ask(name)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if status == 201:
                return said
            assert status >= 500, said  # while it starts
            time.sleep(0.1)
        raise AssertionError(f"{name} was never answered")

    def _ask(self, name: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("localhost", self._product.port, timeout=30)
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": name}
        headers["Content-Type"] = "application/json"
        try:
            line.request("POST", _PATH, json.dumps({**_BODY, "text": name}), headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()


def _let_in(session: Any, books: Books | None = None) -> str:
    """The key of a program, and an account that it sends through."""
    at = now()
    owner = books.owner if books else add_owner(session, at)
    accounts.add_account(session, owner, "Choir phone", at)
    return keys.add_key(session, owner, "bells", ["read", "send"], at)
