"""What the description says beside what FastAPI finds: headers, examples, and what leads where."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_HEADERS: dict[str, Json] = {
    "RateLimit": {
        "description": "So many requests are left, which are all there again in `t` seconds.",
        "schema": {"type": "string", "examples": ['"key";r=299;t=1']},
    },
    "RateLimit-Policy": {
        "description": "So many requests (`q`) may be made within so many seconds (`w`).",
        "schema": {"type": "string", "examples": ['"key";q=300;w=300']},
    },
    "Retry-After": {
        "description": "So many seconds to wait.",
        "schema": {"type": "integer", "examples": [7]},
    },
    "WWW-Authenticate": {
        "description": "How to say who asks.",
        "schema": {"type": "string", "examples": ["Bearer"]},
    },
    "Location": {
        "description": "The address of what was made.",
        "schema": {"type": "string", "examples": ["/api/v1/schedules/sch_3kT0nGh92Ab"]},
    },
    "Link": {
        "description": 'The address of the next page, as `<…>; rel="next"`, unless it is the last.',
        "schema": {"type": "string", "examples": ['</api/v1/messages?after=c2No>; rel="next"']},
    },
}
_OF_STATUS = {"201": "Location", "401": "WWW-Authenticate", "429": "Retry-After"}
_UNCOUNTED = ("400", "401", "503")
"""What is answered before a request is counted, or by what knows no keys."""

_IDS = ("id", "items/0/id", "messages/0/id")
"""Where an answer names things that may be asked for next."""

_WORDS = {
    "to": "+491701234567",
    "phone": "+491701234567",
    "name": "Anna Weber",
    "text": "Choir practice is at 19:00, {first name}.",
    "sentence": "Every weekday at 09:00",
    "zone": "Europe/Berlin",
    "local": "2033-12-24T18:00:00",
    "made_by": "Miriam Okafor",
    "title": "WhatsApp took it",
    "kind": "sent",
    "notes": "Sings alto",
    "voice": "alto",
    "parts": "Altos",
    "variables": "first_name",
    "pace": "About 10 a minute.",
    "standing": "Connected.",
    "detail": "Say at least once to whom it goes.",
    "pointer": "#/to",
    "type": "/api/docs#cannot-be-taken",
    "next": "bXNnXzNrVDBuR2g5MkFi",
}
"""What strings of these names say in examples."""

_OF_FORMAT = {"date-time": "2033-12-24T17:00:00Z", "binary": "the bytes themselves"}


def complete(found: Json) -> None:
    """Add to a description what is true of all operations."""
    found["components"]["headers"] = _HEADERS
    for _path, one in _operations(found):
        _add_headers(one)
        for parameter in one.get("parameters", ()):
            parameter["schema"] = _without_null(parameter["schema"])
    for schema in found["components"]["schemas"].values():
        if schema.get("type") == "object" and "examples" not in schema:
            schema["examples"] = [example_of(found, schema)]
    for path, one in _operations(found):
        _add_links(found, path, one)


def example_of(found: Json, schema: Json, name: str = "") -> Any:
    """A value that a schema takes: its own example, else one put together."""
    whole = resolved(found, schema)
    if given := whole.get("examples") or whole.get("enum"):
        return given[0]
    if "anyOf" in whole:
        return example_of(found, whole["anyOf"][0], name)
    match whole.get("type"):
        case "object":
            fields = whole.get("properties") or {"voice": whole.get("additionalProperties", {})}
            return {key: example_of(found, one, key) for key, one in fields.items()}
        case "array":
            return [example_of(found, whole["items"], name)]
        case "string":
            return _OF_FORMAT.get(whole.get("format", "")) or _WORDS.get(name, "")
        case "integer":
            return int(whole.get("minimum", 1))
        case "boolean":
            return whole.get("default", False)
    return None


def resolved(found: Json, schema: Json) -> Json:
    """A schema itself, where one refers to it."""
    while "$ref" in schema:
        schema = found["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _operations(found: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in found["paths"].items():
        for one in methods.values():
            yield path, one


def _add_headers(operation: Json) -> None:
    names = {one["name"] for one in operation.get("parameters", ())}
    for status, answer in operation["responses"].items():
        said = [] if status in _UNCOUNTED else ["RateLimit", "RateLimit-Policy"]
        said += [_OF_STATUS[status]] if status in _OF_STATUS else []
        said += ["Link"] if status == "200" and "after" in names else []
        known = {name: {"$ref": f"#/components/headers/{name}"} for name in said}
        if answer["description"] == "Successful Response":
            answer["description"] = "As it was asked for."
        answer["headers"] = {**known, **answer.get("headers", {})}


def _without_null(schema: Json) -> Json:
    """What a parameter may be: it is left out, and never null."""
    some = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    kept = {name: value for name, value in schema.items() if name != "anyOf"}
    return {**some[0], **kept} if len(some) == 1 else schema


def _add_links(found: Json, path: str, operation: Json) -> None:
    """Say which operations take the ids of an answer."""
    for status in ("200", "201"):
        answer = operation["responses"].get(status, {})
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        for place in _IDS:
            kinds = _kinds(_at(found, schema, place))
            for there, consumer, parameter in _consumers(found):
                of = _kinds(parameter["schema"])
                if kinds and (of == kinds or (of < kinds and there.startswith(f"{path}/"))):
                    answer.setdefault("links", {})[consumer["operationId"]] = {
                        "operationId": consumer["operationId"],
                        "parameters": {parameter["name"]: f"$response.body#/{place}"},
                    }


def _consumers(found: Json) -> Iterator[tuple[str, Json, Json]]:
    """The operations that take an id in their path, with that parameter."""
    for path, one in _operations(found):
        for parameter in one.get("parameters", ()):
            if parameter["in"] == "path":
                yield path, one, parameter


def _at(found: Json, schema: Json, place: str) -> Json:
    """The schema of what stands at a place of a value; empty if nothing does."""
    for part in place.split("/"):
        whole = resolved(found, schema)
        schema = (
            whole.get("items", {}) if part == "0" else whole.get("properties", {}).get(part, {})
        )
    return schema


def _kinds(schema: Json) -> set[str]:
    """Of what kinds an id may be, by its pattern."""
    begins = re.match(r"\^\(([a-z|]+)\)_", schema.get("pattern", ""))
    return set(begins[1].split("|")) if begins else set()
