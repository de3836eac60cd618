"""The description of the door for programs, as a page that this server writes alone."""

import html
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from wasched.api.problems import TITLES
from wasched.api.v1.app import PATH
from wasched.api.v1.description import example_of
from wasched.api.v1.refusals import DOCS, anchor

router = APIRouter()

_STYLE = """
:root { color-scheme: light dark; --line: #8888; --soft: #8882 }
html { background: Canvas; color: CanvasText }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem }
code, pre { font: .875rem/1.5 ui-monospace, monospace }
pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: .5rem }
section { border-top: 1px solid var(--line); padding-block: .5rem; scroll-margin-top: 1rem }
h3 { overflow-wrap: anywhere } h3 code { font-size: 1rem; font-weight: 700 }
td, th { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0 }
table { display: block; overflow-x: auto }
:focus-visible { outline: 3px solid; outline-offset: 2px }
"""


@router.get(DOCS, include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """All operations on one page, without a script."""
    described = next(one.app for one in request.app.routes if getattr(one, "path", "") == PATH)
    return HTMLResponse(_page(json.dumps(described.openapi())))


@cache
def _page(described: str) -> str:
    found = json.loads(described)
    operations = [
        (method.upper(), path, one)
        for path, methods in found["paths"].items()
        for method, one in methods.items()
    ]
    about = "".join(f"<p>{_text(part)}</p>" for part in found["info"]["description"].split("\n\n"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="/favicon.svg"><title>API · wasched</title>'
        f"<style>{_STYLE}</style></head><body><main>"
        f"<h1>The API of wasched</h1>{about}"
        f'<p>For programs that make programs: <a href="{PATH}/openapi.json">openapi.json</a> '
        "(OpenAPI 3.1). All addresses begin with "
        f"<code>{PATH}</code>.</p><nav><h2>Operations</h2><ul>"
        + "".join(_entry(*one) for one in operations)
        + "</ul></nav>"
        + "".join(_operation(found, *one) for one in operations)
        + "<h2>Refusals</h2>"
        + "".join(_refusals())
        + "</main></body></html>"
    )


def _entry(method: str, path: str, one: dict[str, Any]) -> str:
    link = f'<a href="#{one["operationId"]}">{_text(one["summary"])}</a>'
    return f"<li>{link} <code>{method} {path}</code></li>"


def _operation(found: dict[str, Any], method: str, path: str, one: dict[str, Any]) -> str:
    rows = "".join(_field_row(name, *rest) for name, *rest in _fields(found, one))
    fields = (
        f"<table><tr><th>Name</th><th>Kind</th><th>About</th></tr>{rows}</table>" if rows else ""
    )
    scopes = " ".join(
        scope for need in one.get("security", []) for scope in next(iter(need.values()))
    )
    return (
        f'<section id="{one["operationId"]}"><h3><code>{method} {path}</code></h3>'
        f"<p><strong>{_text(one['summary'])}.</strong> {_text(one.get('description', ''))}</p>"
        f"<p>Scope: <code>{_text(scopes)}</code></p>{fields}{''.join(_examples(found, one))}"
        f"<p>Refused: {' '.join(_refusal_links(one))}</p></section>"
    )


def _examples(found: dict[str, Any], one: dict[str, Any]) -> Iterator[str]:
    """A body and an answer as they may look."""
    answers = [said for status, said in one["responses"].items() if status < "300"]
    for title, said in (("Body", one.get("requestBody", {})), ("Answer", answers[0])):
        for content in said.get("content", {}).values():
            shown = json.dumps(example_of(found, content["schema"]), indent=2, ensure_ascii=False)
            yield f"<details><summary>{title}</summary><pre>{html.escape(shown)}</pre></details>"


def _refusal_links(one: dict[str, Any]) -> Iterator[str]:
    for status, said in one["responses"].items():
        if status >= "400":
            title = said["description"].partition(":")[0]
            yield f'<a href="#{anchor(title)}">{status}</a>'


def _fields(found: dict[str, Any], one: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The name of each parameter and field of the body, its kind, and what is said of it."""
    for parameter in one.get("parameters", []):
        schema = parameter["schema"]
        yield parameter["name"], _kind(found, schema), parameter.get("description", "")
    body = one.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None:
        name = body["schema"]["$ref"].rpartition("/")[2]
        for field, schema in found["components"]["schemas"][name]["properties"].items():
            yield field, _kind(found, schema), schema.get("description", "")


def _kind(found: dict[str, Any], schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        some = [one for one in schema["anyOf"] if one.get("type") != "null"]
        return " or ".join(_kind(found, one) for one in some)
    if "$ref" in schema:
        return _kind(found, found["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_kind(found, schema['items'])}"
    if "properties" in schema:
        return f"object of {', '.join(schema['properties'])}"
    return str(schema.get("type", ""))


def _field_row(name: str, kind: str, about: str) -> str:
    return (
        f"<tr><td><code>{_text(name)}</code></td><td>{_text(kind)}</td><td>{_text(about)}</td></tr>"
    )


def _refusals() -> Iterator[str]:
    for status, title in sorted(TITLES.items()):
        yield (
            f'<section id="{anchor(title)}"><h3>{status} {_text(title)}</h3>'
            f"<p>{_text(_MENDS.get(status, 'See what `detail` says.'))}</p></section>"
        )


_MENDS = {
    400: "Send it as HTTP has it, with one Host.",
    401: "Send a key that is good, as `Authorization: Bearer wsk_…`.",
    403: "Use a key with the scope that `detail` names.",
    404: "Look at the id: it is of another space, or of what was removed.",
    405: "Use one of the methods that `Allow` names.",
    409: "Ask how it stands now: change what `detail` names, or decide again.",
    412: "Read it anew, look at what changed, then decide again.",
    413: "Send less at once.",
    415: "Send JSON, and say so in `Content-Type`.",
    422: "Mend what `errors` points to.",
    428: "Read it first, and send its `ETag` as `If-Match`.",
    429: "Wait as many seconds as `Retry-After` says.",
    502: "Go on a little later; who runs the server sees on Health what is wrong.",
    503: "Try again in a moment; who runs the server sees on Health what is wrong.",
    507: "The disk of the server is full.",
}


def _text(words: str) -> str:
    """Words with what stands between backticks as code."""
    parts = html.escape(words).split("`")
    return "".join(
        f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts)
    )
