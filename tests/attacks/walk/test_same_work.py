"""Nobody learns by the time of an answer what its words do not tell: each way does the same work.

`make torture` times a thousand tries of each, side by side; `make test` counts what they do.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from tests.attacks.walk.conftest import Server
from tests.attacks.walk.people import PASSWORD
from tests.attacks.walk.two_spaces import OURS, THEIRS, UNKNOWN
from wasched import bootstrap, config, db
from wasched.adapters.passwords import Argon2Passwords
from wasched.api.app import make_api
from wasched.api.cookies import SESSION
from wasched.models import Role

_TRIES = 1_000
_APART = 0.1
"""How much the medians may differ by, as a part of the shorter: the machine has other work."""

_SOMEBODY, _NOBODY = f"{Role.MANAGER}-{OURS + 1}@example.org", "nobody-700009@example.org"
_NEW = {"name": "Nora New", "email": "nora@example.org", "password": PASSWORD, "zone": "UTC"}
_USED, _NEVER = "<the one that was used>", "an-invitation-that-never-was-here"


def _sign_in(email: str) -> tuple[str, str, dict[str, str]]:
    return "POST", "/auth/sign-in", {"email": email, "password": "a wrong one"}


PAIRS = {
    "an unknown e-mail and a wrong password": (_sign_in(_NOBODY), _sign_in(_SOMEBODY)),
    "forgotten passwords of nobody and somebody": (
        ("POST", "/auth/forgot", {"email": _NOBODY}),
        ("POST", "/auth/forgot", {"email": _SOMEBODY}),
    ),
    "a file of nobody and of another space": (
        ("GET", f"/media/{UNKNOWN + 1}", {}),
        ("GET", f"/media/{THEIRS + 1}", {}),
    ),
    "an invitation that never was and one that is used up": (
        ("POST", "/auth/register", {**_NEW, "invite": _NEVER}),
        ("POST", "/auth/register", {**_NEW, "invite": _USED}),
    ),
}
"""What may not be told apart, as method, path and form."""


@pytest.fixture
def client(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of the manager's, on a server that sends e-mails, and where one was invited."""
    monkeypatch.setenv("SMTP_URL", "smtp://mail.example:25?from=wasched@example.org")
    monkeypatch.setenv("PUBLIC_URL", "http://testserver")
    config.settings.cache_clear()
    asks = TestClient(make_api(), follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})
    yield asks
    config.settings.cache_clear()
    server.watched.changes()


@pytest.mark.parametrize("what", PAIRS)
def test_both_answers_cost_the_same_work(
    server: Server, client: TestClient, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    done = []
    for way in PAIRS[what]:
        with _counted(monkeypatch) as work:
            answer = _ask(server, client, way)
        done.append((work, answer.status_code, answer.headers.get("location"), answer.text))

    one, other = done
    assert one == other
    assert sum(one[0].values()) > 0


@pytest.mark.torture
@pytest.mark.timeout(1800)  # four thousand passwords are hashed, slowly on purpose
def test_both_answers_take_the_same_time(
    server: Server, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Argon2Passwords()
    kept = real.hash(PASSWORD)
    slow = type("Slow", (), {"hash": real.hash, "verify": lambda _, given, known: (
        real.verify(given, kept if known else "")
    )})  # fmt: skip
    monkeypatch.setattr(bootstrap, "passwords", slow)
    apart = {}
    for what, ways in PAIRS.items():
        took: list[list[float]] = [[], []]
        for number in range(2 * _TRIES):
            began = time.perf_counter()
            _ask(server, client, ways[number % 2])
            took[number % 2].append(time.perf_counter() - began)
        one, other = (1_000 * median(times) for times in took)
        apart[what] = abs(one - other) / min(one, other)
        print(f"{what}: {one:.2f} and {other:.2f} ms")

    assert {what for what, part in apart.items() if part > _APART} == set()


def _ask(server: Server, client: TestClient, way: tuple[str, str, dict[str, str]]) -> Any:
    """Ask once; the tries that are counted against who asks are put back."""
    method, path, form = way
    form = {name: server.used_invitation if one == _USED else one for name, one in form.items()}
    client.cookies.clear()
    if method == "GET":
        client.cookies.set(SESSION, server.manager.token)
    answer = client.request(method, path, data=form or None)
    server.watched.changes()
    return answer


@contextmanager
def _counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """What is hashed, and each statement that the database is asked, meanwhile."""
    work: Counter[str] = Counter()
    hasher = bootstrap.passwords()

    def counts(name: str) -> Callable[..., Any]:
        def done(*given: str) -> Any:
            work[name] += 1
            return getattr(hasher, name)(*given)

        return done

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        work[statement] += 1

    fake = type("Counting", (), {name: staticmethod(counts(name)) for name in ("hash", "verify")})
    event.listen(db.engine(), "before_cursor_execute", note)
    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "passwords", fake)
        yield work
    event.remove(db.engine(), "before_cursor_execute", note)
