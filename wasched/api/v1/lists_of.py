"""Pages of what a program lists: how many, and where the next page begins."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from wasched.api.v1.ids import read_id, write_id
from wasched.domain.errors import InputError
from wasched.domain.opaque_ids import Kind
from wasched.services.paging import SEPARATOR

Item = TypeVar("Item")

LIMIT_MAX = 200

Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="So many on one page, at most.")]
After = Annotated[
    str,
    Query(
        max_length=2000,
        description="What `next` of the page before said.",
        json_schema_extra={"format": "cursor"},
    ),
]


class Page(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: Annotated[
        str | None, Field(description="What `after` of the next page is; null at the end.")
    ]


def read_cursor(text: str, *kinds: Kind) -> str:
    """The cursor of a service; InputError if this server has not written it.

    It ends in as many numbers of rows as there are `kinds`, which programs see as ids.
    """
    if not text:
        return ""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        said = base64.b64decode(padded, b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        raise damaged() from None
    values, ids = _split(said, kinds)
    rows = [read_id(kind, one) for kind, one in zip(kinds, ids, strict=False)]
    if [write_id(*one) for one in zip(kinds, rows, strict=False)] != ids:
        raise damaged()
    return SEPARATOR.join([*values, *map(str, rows)])


def page_of(items: list[Item], cursor: str, *kinds: Kind) -> Page[Item]:
    """A page, which says as programs get it where the next one is."""
    return Page(items=items, next=_write_cursor(cursor, kinds))


def link_next(request: Request, answer: Response, following: str | None) -> None:
    """Have the head of the answer say where the next page is (RFC 8288)."""
    if following:
        kept = [one for one in request.query_params.multi_items() if one[0] != "after"]
        query = urlencode([*kept, ("after", following)])
        answer.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'


def _write_cursor(cursor: str, kinds: Sequence[Kind]) -> str | None:
    if not cursor:
        return None
    values, rows = _split(cursor, kinds)
    ids = [write_id(kind, int(row)) for kind, row in zip(kinds, rows, strict=True)]
    said = SEPARATOR.join([*values, *ids]).encode()
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def _split(cursor: str, kinds: Sequence[Kind]) -> tuple[list[str], list[str]]:
    """What a cursor begins with, and the rows that it ends in."""
    parts = cursor.rsplit(SEPARATOR, len(kinds))
    return parts[: -len(kinds)], parts[-len(kinds) :]


def damaged() -> InputError:
    """What refuses a cursor that this server has not written."""
    return InputError("cursor", "`after` is damaged. Take `next` as it came, or start anew.")
