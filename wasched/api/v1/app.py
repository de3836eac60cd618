"""The door for programs as one application, with its description (OpenAPI 3.1)."""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException

from wasched.api.v1 import (
    accounts,
    amending,
    events,
    keywords,
    lists,
    media,
    messages,
    people,
    replies,
    schedules,
    templates,
    votes,
    webhooks,
)
from wasched.api.v1.description import complete
from wasched.api.v1.refusals import answer, answer_database_fault, describe_refusal
from wasched.domain.errors import WaschedError
from wasched.domain.version import VERSION

PATH = "/api/v1"

_ABOUT = """Everything a page of wasched can do, for programs.

A key is sent as `Authorization: Bearer wsk_…`. Instants are answered in UTC. What is refused says
in `detail` what is wrong and how to mend it, and in `errors` where.
"""

_REFUSALS = {
    400: "The request is no HTTP that can be answered",
    401: "The key is missing, revoked or over",
    403: "The key has no scope for this",
    404: "There is no such thing in the space of the key",
    409: "It has moved on meanwhile, is taken, or is in use",
    413: "More than this address takes",
    415: "The body is not JSON",
    422: "Something that was sent cannot be taken",
    429: "Too often; `Retry-After` says when to go on",
    502: "The store of attached files does not answer, or refuses",
    507: "The disk of the server has no room for it",
    503: "The database cannot be used just now",
}


class ErrorOut(BaseModel):
    """One thing that is wrong: a JSON pointer into the body, or the name of a parameter."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ErrorOut] = []


class Described(FastAPI):
    """An application whose description knows its refusals."""

    def openapi(self) -> dict[str, Any]:
        """The description, made when somebody first asks for it."""
        if not self.openapi_schema:
            found = super().openapi()
            schemas = found.setdefault("components", {}).setdefault("schemas", {})
            schemas["ErrorOut"] = ErrorOut.model_json_schema()
            whole = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            whole.pop("$defs", None)
            schemas["Problem"] = whole
            for operations in found["paths"].values():
                taken = operations.get("patch", {}).get("requestBody", {}).get("content", {})
                if "application/json" in taken:
                    taken["application/merge-patch+json"] = taken["application/json"]
            complete(found)
        assert self.openapi_schema is not None
        return self.openapi_schema


def make_v1() -> FastAPI:
    """The application behind /api/v1."""
    v1 = Described(
        title="wasched",
        version=VERSION,
        summary="Schedules WhatsApp messages: never late, never twice, never lost.",
        description=_ABOUT,
        servers=[{"url": PATH}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        responses={one: describe_refusal(one, about) for one, about in _REFUSALS.items()},
    )
    for refused in (WaschedError, HTTPException, RequestValidationError):
        v1.add_exception_handler(refused, answer)
    v1.add_exception_handler(DatabaseError, answer_database_fault)
    for one in (
        messages,
        replies,
        schedules,
        votes,
        people,
        lists,
        keywords,
        templates,
        accounts,
        events,
        webhooks,
    ):
        v1.include_router(one.router)
    for more in (amending.router, people.groups, media.router, media.pieces):
        v1.include_router(more)
    return v1
