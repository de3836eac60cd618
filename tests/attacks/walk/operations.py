"""The operations of the door for programs, by its description, and what is asked of each."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.attacks.walk.two_spaces import GONE, GONE_MESSAGE, GONE_SCHEDULE, upload_token
from wasched.api.v1.ids import write_id
from wasched.domain.opaque_ids import Kind

_GROUP = 4  # so much after the first ids, behind the people

_NUMBERS = {Kind.GROUP: _GROUP}
_TAKES_BACK = ("/take-back", "/correct", "/go-on", "/take-back-rest")
"""How operations end that are about what has gone out."""
_GONE = {Kind.MESSAGE: GONE_MESSAGE, Kind.SCHEDULE: GONE_SCHEDULE}
_NAMED = {"account": Kind.ACCOUNT, "schedule": Kind.SCHEDULE, "recipient": Kind.PERSON}
"""Parameters that narrow a list by something."""

_WORDS: dict[str, Any] = {
    "text": "Walked",
    "words": ["walked"],
    "answer": "Walked",
    "due": GONE.isoformat(),
    "name": "Walked",
    "notes": "Walked",
    "phone": "+4915100000055",
    "fields": {"voice": "alto"},
    "late_minutes": 5,
    "size": 9,
    "status": "paused",
    "url": "https://example.org/walked",
}
"""What is said in bodies that names nothing, by the field."""


class Operation(NamedTuple):
    """A method of an address, and what is said of it."""

    method: str
    path: str
    described: dict[str, Any]


class Question(NamedTuple):
    """What is asked of an operation."""

    path: str
    params: dict[str, str]
    body: Any


def operations_of(description: dict[str, Any]) -> list[Operation]:
    """All there are."""
    return [
        Operation(method.upper(), path, described)
        for path, methods in description["paths"].items()
        for method, described in methods.items()
    ]


def questions_of(
    description: dict[str, Any], operation: Operation, first: int
) -> Iterator[Question]:
    """What may be asked that names things whose ids come after `first`; lists also as a whole."""
    path, params = operation.path, {}
    for one in operation.described.get("parameters", ()):
        if one["in"] == "path":
            has_gone = operation.path.endswith(_TAKES_BACK)
            path = path.replace(f"{{{one['name']}}}", _id_in(one, first, has_gone=has_gone))
        elif one["name"] in _NAMED:
            params[one["name"]] = _id(_NAMED[one["name"]], first)
    body = _body(description, operation, first)
    takes = {one["name"] for one in operation.described.get("parameters", ())}
    scope = {"scope": "all"} if "scope" in takes and body else {}
    yield Question(path, scope, body)
    if params:
        yield Question(path, params, body)


def _id_in(parameter: dict[str, Any], first: int, *, has_gone: bool) -> str:
    """An id of the kind that the description gives an example of."""
    (example,) = parameter["schema"]["examples"]
    if example.startswith("upl_"):
        return f"upl_{upload_token(first)}"
    kind = Kind(example.partition("_")[0])
    return _id(kind, first, _GONE.get(kind, 0) if has_gone else 0)


def _id(kind: Kind, first: int, number: int = 0) -> str:
    return write_id(kind, first + (number or _NUMBERS.get(kind, 1)))


def _body(description: dict[str, Any], operation: Operation, first: int) -> Any:
    """All that a body may hold and the walk has words for."""
    if "requestBody" not in operation.described:
        return None
    taken = operation.described["requestBody"]["content"]
    if "application/json" not in taken:
        return None
    schema = taken["application/json"]["schema"]
    name = schema["$ref"].rpartition("/")[2]
    known = {**_WORDS, **_names_in_bodies(first)}
    fields = description["components"]["schemas"][name]["properties"]
    return {name: known[name] for name in fields if name in known}


def _names_in_bodies(first: int) -> dict[str, Any]:
    to = [_id(Kind.PERSON, first), _id(Kind.GROUP, first), _id(Kind.LIST, first)]
    return {
        "to": to,
        "but_not": [_id(Kind.PERSON, first, 2)],
        "account": _id(Kind.ACCOUNT, first),
        "members": to[:2],
        "add": [_id(Kind.PERSON, first, 2)],
        "remove": [_id(Kind.PERSON, first)],
    }
