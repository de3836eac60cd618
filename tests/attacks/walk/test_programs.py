"""Every operation of the door for programs, by every key, with everybody's ids.

What a key is not for is refused and changes no row; what it is for changes none of another space,
no answer has a word of one, and what is there is answered word for word like what is nowhere.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.attacks.walk.conftest import Server
from tests.attacks.walk.operations import Operation, Question, operations_of, questions_of
from tests.attacks.walk.people import Walker
from tests.attacks.walk.rules import LOOK, WRITE, rule_of_operation, unruled
from tests.attacks.walk.test_routes import doors_of
from tests.attacks.walk.two_spaces import WORDS, upload_token
from tests.attacks.walk.verdicts import told_apart, wrong_with
from wasched import bootstrap
from wasched.api.app import make_api
from wasched.api.v1 import callers
from wasched.api.v1.app import PATH, make_v1
from wasched.api.v1.limits import Limits
from wasched.domain.media import Shape
from wasched.models import Scope
from wasched.services import permissions

Answers = dict[tuple[str, str, int], str]


class Walk:
    """A walk of programs, and what was found."""

    def __init__(self, server: Server, client: TestClient) -> None:
        self._watched, self._client = server.watched, client
        self.description: dict[str, Any] = client.get(f"{PATH}/openapi.json").json()
        self.tried = 0
        self.wrong: set[str] = set()
        self.worked: set[tuple[str, str]] = set()

    def go(self, programs: list[Walker], operations: list[Operation]) -> None:
        """Ask these operations, as each of these programs."""
        for program in programs:
            answers = {
                whose: self._ask_all(program, operations, first)
                for whose, first in program.ids.items()
                if program.caller or whose == "own"  # whoever is not let in is asked no more
            }
            if program.caller:
                for name in told_apart(answers["foreign"], answers["unknown"]):
                    self.wrong.add(f"{program.name}: {name} tells foreign from unknown")

    def _ask_all(self, program: Walker, operations: list[Operation], first: int) -> Answers:
        answers: Answers = {}
        for one in operations:
            for number, asked in enumerate(questions_of(self.description, one, first)):
                _put_upload(first)
                status, said = self._ask(program, one.method, asked)
                answers[one.method, one.path, number] = said
                self._judge(program, one, status, said)
        return answers

    def _ask(self, program: Walker, method: str, question: Question) -> tuple[int, str]:
        headers = {"If-Match": "*", "Upload-Offset": str(len(WORDS[program.home]))}
        if program.token:
            headers["Authorization"] = f"Bearer {program.token}"
        path, params, body = question
        asked = self._client.request(method, PATH + path, params=params, json=body, headers=headers)
        where = asked.headers.get("location", "")
        return asked.status_code, f"{asked.status_code} {where} {asked.text}"

    def _judge(self, program: Walker, one: Operation, status: int, said: str) -> None:
        self.tried += 1
        changed, scope = self._watched.changes(), rule_of_operation(one.method, one.path)
        assert scope is not None
        rule = LOOK if scope is Scope.READ else WRITE
        wrong = wrong_with(program, rule, said, changed)
        if program.caller is None or scope not in (program.caller.scopes or ()):
            wrong = _lets_in(status, said) or ("changes rows" if changed else "")
        elif status < 300:
            self.worked.add((one.method, one.path))
        if wrong:
            self.wrong.add(f"{program.name}: {one.method} {one.path} {wrong}")


def _put_upload(first: int) -> None:
    """Have the whole of a file on its way lie there, which the database knows nothing of."""
    path = bootstrap.media_store().incoming(upload_token(first))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(WORDS.get(first, "").encode())


class _QuickTools:
    """Looks into no file: the walk's are short, and a process for each takes its time."""

    def look(self, _path: Path) -> Shape:
        return Shape("text/plain")

    def thumbnail(self, *_asked: object) -> bool:
        return False

    def stop(self) -> None:
        """Nothing is under way."""


def _lets_in(status: int, said: str) -> str:
    if status not in (401, 403):
        return f"answers {status}"
    return next((f"tells {one}" for one in WORDS.values() if one in said), "")


@pytest.fixture
def walk(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """A walk that no limit ends."""
    bootstrap.opaque_ids.cache_clear()
    plenty = Limits(10**6, 10**6, bootstrap.buckets())
    monkeypatch.setattr(callers, "limits", lambda: plenty)
    monkeypatch.setattr(bootstrap, "media_tools", _QuickTools)
    with TestClient(make_api(), follow_redirects=False) as client:
        yield Walk(server, client)
    bootstrap.opaque_ids.cache_clear()


def test_every_operation_is_for_the_keys_that_its_rule_names(server: Server, walk: Walk) -> None:
    operations = operations_of(walk.description)
    names = [(one.method, one.path) for one in operations]
    assert unruled(names, lambda it: rule_of_operation(*it)) == []
    assert {one[:2] for one in doors_of(make_v1()) if one.method != "HEAD"} - set(names) == {
        ("GET", "/openapi.json")
    }

    walk.go(server.programs, operations)

    print(
        f"{walk.tried} requests of {len(operations)} operations by {len(server.programs)} programs"
    )
    assert sorted(walk.wrong) == []
    assert set(names) - walk.worked == set()  # else the silence would prove nothing


def test_operations_that_do_not_ask_the_rule_book_are_found(
    server: Server, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("require", "require_scope"):
        monkeypatch.setattr(permissions, name, lambda *_: None)
    operations = [one for one in operations_of(walk.description) if "{template}" in one.path]
    wanted = [one for one in server.programs if one.name in ("key to read", "key of another space")]

    walk.go(wanted, operations)

    found = " ".join(walk.wrong)
    for fault in ("read: PATCH /templates/{template} answers 200", "tells", "changes another"):
        assert fault in found
    assert unruled([("GET", "/secrets")], lambda it: rule_of_operation(*it))
