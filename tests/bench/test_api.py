"""What programs wait: a message to one person, one to a list of 5,000, and a list of messages."""

import http.client
import json
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from tests.bench import many
from tests.books import now
from tests.new_database import empty_tables
from tests.product import Product
from tests.scopes import session_scope
from wasched import db
from wasched.models import Account, Role, Space, User
from wasched.services.identity import keys, users

_OFTEN = {"API_BURST": "1000000", "API_PER_MINUTE": "1000000"}
_EACH_S = 1 / 20
_PROGRAMS = 8
_LINE_S = 5
_QUICK = {"gap_min_s": 0, "gap_max_s": 0, "daily_cap": 10**6, "stranger_cap": 10**6}
_LISTS = ("?tab=coming", "?tab=past&order=newest", "?tab=needs", "?q=folder", "?limit=200")


def test_the_api_with_a_hundred_thousand_messages(tmp_path: Path, full: bool) -> None:
    at_20, flood_s, lists, people = (400, 10.0, 40, 5_000) if full else (2, 0.1, 1, 3)
    with _served(tmp_path, full) as api:
        api.ask("GET", "/accounts")
        print(f"\nto one person, at 20 a second   {_quantiles(_in_step(api, at_20))}")
        print(f"to one person, at most          {_flood(api, flood_s):.0f} a second")
        whole = api.ask("POST", "/lists", {"name": "All", "members": _members(api, people)})
        took = [_timed(lambda: api.send(whole["id"])) for _ in range(3)]
        print(f"to a list of {people:,}            {_quantiles(took)}")
        for asked in _LISTS:
            took = [_timed(partial(api.ask, "GET", f"/messages{asked}")) for _ in range(lists)]
            print(f"messages{asked:24}{_quantiles(took)}")


class _Api:
    """A program with a key; each of its threads keeps a line open."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._own = port, threading.local()
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What is answered."""
        given = json.dumps(body) if body is not None else None
        line = self._line()
        line.request(method, f"/api/v1{path}", given, self._headers)
        answer = line.getresponse()
        said = answer.read()
        self._own.used_at = time.monotonic()
        assert answer.status in (200, 201), said
        return json.loads(said)

    def _line(self) -> http.client.HTTPConnection:
        """The line of this thread; the server ends one that says nothing for half a minute."""
        if not hasattr(self._own, "line") or time.monotonic() > self._own.used_at + _LINE_S:
            self._own.line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        line: http.client.HTTPConnection = self._own.line
        return line

    def send(self, to: str = "+4915200000001") -> Any:
        """Schedule a message."""
        body = {"to": [to], "text": "Rehearsal, {first name}", "at": "2033-12-24T18:00:00Z"}
        return self.ask("POST", "/messages", {**body, "late_minutes": 10_000})


@contextmanager
def _served(folder: Path, full: bool) -> Iterator[_Api]:
    """An api with many messages, or a few and without its pages, and a program with a key."""
    product = Product(folder, {**os.environ, **_OFTEN})
    try:
        if full:
            product.start_api()
        else:
            empty_tables(product.settings.db_path).dispose()
            product.start_doors()
        engine = db.make_engine(product.settings.database_url)
        with session_scope(bound=engine) as session:
            _set_up(session)
        many.fill(product.settings, many.SCHEDULES if full else 300)
        with session_scope(bound=engine) as session:
            session.execute(update(Account).values(**_QUICK))
            owner = keys.who_manages(session, 1)
            token = keys.add_key(session, owner, "bench", ["read", "send"], now())
        engine.dispose()
        yield _Api(product.port, token)
    finally:
        product.end()


def _set_up(session: Session) -> None:
    """Who runs the server, and their space, both with the first id."""
    user = User(
        email="miriam@choir.example", name="Miriam", password_hash="", is_admin=True,
        zone="Europe/Berlin", created_at=now(),
    )  # fmt: skip
    session.add_all([user, Space(name="Choir", created_at=now())])
    session.flush()
    users.add_membership(session, 1, 1, Role.MANAGER, now())


def _in_step(api: _Api, count: int) -> list[float]:
    """Seconds that each of so many messages takes, one begun each twentieth of a second."""
    begin = time.monotonic() + _EACH_S

    def at_its_time(number: int) -> float:
        due = begin + number * _EACH_S
        time.sleep(max(0.0, due - time.monotonic()))
        api.send()
        return time.monotonic() - due

    with ThreadPoolExecutor(_PROGRAMS) as pool:
        return list(pool.map(at_its_time, range(count)))


def _flood(api: _Api, seconds: float) -> float:
    """How many a second are made while several programs ask one after the other."""
    begun = time.monotonic()

    def floods(_number: int) -> int:
        done = 0
        while time.monotonic() < begun + seconds:
            api.send()
            done += 1
        return done

    with ThreadPoolExecutor(_PROGRAMS) as pool:
        made = sum(pool.map(floods, range(_PROGRAMS)))
    return made / (time.monotonic() - begun)


def _members(api: _Api, count: int) -> list[str]:
    """The ids of so many people."""
    found: list[str] = []
    after = ""
    while len(found) < count:
        page = api.ask("GET", f"/people?limit=200&after={after}")
        found += [one["id"] for one in page["items"]]
        after = page["next"]
    return found[:count]


def _timed(deed: Callable[[], object]) -> float:
    begun = time.monotonic()
    deed()
    return time.monotonic() - begun


def _quantiles(took: list[float]) -> str:
    p95 = sorted(took)[int(0.95 * len(took))]
    return f"p50 {1000 * statistics.median(took):6.1f} ms, p95 {1000 * p95:6.1f} ms"
