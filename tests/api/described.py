"""A program at the door, whose every answer is held against the description of the door."""

import json
import re
from typing import Any

import httpx
from fastapi.testclient import TestClient

PATH = "/api/v1"
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


_kept: list[Any] = []


class Program:
    """Asks by a key; fails where an answer is not as described."""

    def __init__(self, client: TestClient, key: str = "") -> None:
        self.client, self.key = client, key
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.description = _description(client)

    def asks(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """The status and the answer."""
        answer = self.client.request(
            method,
            PATH + path,
            json=body,
            headers={
                **self._headers,
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
        )
        self.last = answer
        check_answer(self.description, method, path, answer)
        return answer.status_code, answer.json() if answer.content else {}


def _description(client: TestClient) -> Any:
    """Made once in a process of tests: it is the same on every server."""
    if not _kept:
        _kept.append(client.get(f"{PATH}/openapi.json").json())
    return _kept[0]


def check_answer(described: dict[str, Any], method: str, path: str, answer: httpx.Response) -> None:
    """AssertionError for a status that is not described, or an answer of another form."""
    bare = path.partition("?")[0]
    found = next(
        (
            operations[method.lower()]
            for template, operations in described["paths"].items()
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/:]+", template), bare)
            and method.lower() in operations
        ),
        None,
    )
    if found is None:  # nothing is said of addresses that there are not
        return
    said = found["responses"].get(str(answer.status_code))
    assert said is not None, f"{method} {path} answers {answer.status_code}, which nothing says"
    if answer.status_code in (204, 304):
        assert answer.content == b""
        return
    kind = answer.headers["content-type"].partition(";")[0]
    schema = said["content"][kind]["schema"]
    assert list(faults(described, schema, json.loads(answer.content), "")) == []


def faults(described: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> list[str]:
    """Where a value is not as its schema says (JSON Schema, as far as ours go)."""
    if "$ref" in schema:
        return faults(described, _referred(described, schema["$ref"]), value, place)
    if "anyOf" in schema:
        tried = [faults(described, one, value, place) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    wanted = schema.get("type")
    if wanted and not (
        isinstance(value, _TYPES[wanted]) and (wanted == "boolean") == isinstance(value, bool)
    ):
        return [f"{place} is {value!r}, not of type {wanted}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place} is {value!r}, none of {schema['enum']}"]
    if isinstance(value, list):
        each = schema.get("items", {})
        return [one for part in value for one in faults(described, each, part, f"{place}/-")]
    if not isinstance(value, dict):
        return []
    known = schema.get("properties", {})
    more = schema.get("additionalProperties", {})
    wrong = [f"{place} lacks {one}" for one in schema.get("required", []) if one not in value]
    if known:
        wrong += [f"{place} has {one} beside" for one in value if one not in known]
    for name, part in value.items():
        wrong += faults(described, known.get(name, more), part, f"{place}/{name}")
    return wrong


def _referred(described: dict[str, Any], reference: str) -> Any:
    found: Any = described
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found
