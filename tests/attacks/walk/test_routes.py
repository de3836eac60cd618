"""Every plain route, asked by everybody with everybody's ids: the same questions as of events."""

import typing
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fastapi.params import Form
from fastapi.testclient import TestClient
from pydantic import BaseModel

from tests.attacks.walk.conftest import Server
from tests.attacks.walk.payloads import form_of, keys_of
from tests.attacks.walk.people import Walker
from tests.attacks.walk.rules import rule_of_route, unruled
from tests.attacks.walk.two_spaces import upload_token
from tests.attacks.walk.verdicts import runs_server, told_apart, wrong_with
from wasched.api.app import make_api
from wasched.api.cookies import SESSION

_HEADERS = {"Sec-Fetch-Site": "same-origin", "Upload-Offset": "0"}


class Door(NamedTuple):
    """A route, by one of its methods."""

    method: str
    path: str
    route: Any


def test_every_route_is_for_those_whom_its_rule_names(server: Server) -> None:
    api = make_api()
    doors = list(doors_of(api))
    assert unruled([(one.method, one.path) for one in doors], lambda it: rule_of_route(*it)) == []

    wrong = set[str]()
    with TestClient(api, follow_redirects=False) as client:
        for walker in server.walkers:
            wrong.update(_walk(client, server, walker, doors))

    tried = len(doors) * sum(len(walker.ids) for walker in server.walkers)
    print(f"{tried} calls of {len(doors)} routes by {len(server.walkers)} people")
    assert sorted(wrong) == []


def _walk(
    client: TestClient, server: Server, walker: Walker, doors: Sequence[Door]
) -> Iterator[str]:
    """What is wrong with what the doors do for somebody."""
    answers: dict[str, dict[tuple[str, str], str]] = {whose: {} for whose in walker.ids}
    for whose, first in walker.ids.items():
        for door in doors:
            said = answers[whose][door[:2]] = _ask(client, walker, door, first)
            rule = rule_of_route(*door[:2])
            if found := wrong_with(walker, rule, said, server.watched.changes()):
                yield f"{walker.name}: {door.method} {door.path} {found}"
    for name in told_apart(answers["foreign"], answers["unknown"]):
        if not runs_server(walker, rule_of_route(*name)):
            yield f"{walker.name}: {' '.join(name)} tells foreign from unknown"


def doors_of(router: Any, prefix: str = "") -> Iterator[Door]:
    """Every route below a router, whoever has put it in."""
    for route in router.routes:
        if inner := getattr(route, "original_router", None):
            yield from doors_of(inner, prefix + route.include_context.prefix)
        elif methods := getattr(route, "methods", None):
            yield from (Door(method, prefix + route.path, route) for method in sorted(methods))


def _ask(client: TestClient, walker: Walker, door: Door, first: int) -> str:
    """The whole answer: its status, where it leads, and what it says."""
    client.cookies.clear()
    if walker.token:
        client.cookies.set(SESSION, walker.token)
    path = door.path.replace("{token}", upload_token(first))
    for name in door.route.param_convertors:
        path = path.replace(f"{{{name}}}", str(first + 1))
    asked = {"space": str(first + 1), "account": str(first + 1), "schedule": str(first + 1)}
    answer = client.request(
        door.method, path, params=asked, headers=_HEADERS, **_body(door.route, first)
    )
    return f"{answer.status_code} {answer.headers.get('location', '')} {answer.text}"


def _body(route: Any, first: int) -> dict[str, Any]:
    """What the route takes: a form, JSON, or some bytes."""
    fields = route.dependant.body_params
    if any(isinstance(one.field_info, Form) for one in fields):
        key = keys_of(first)[0]
        return {"data": {**form_of(key), "space": key, "invite": key, "link": key}}
    models = [one.field_info.annotation for one in fields]
    for model in models:
        if isinstance(model, type) and issubclass(model, BaseModel):
            hints = typing.get_type_hints(model)
            return {"json": {name: 9 if kind is int else "x.csv" for name, kind in hints.items()}}
    return {} if "GET" in route.methods else {"content": b"some words"}
