"""Pages of what a program lists: how many, and where the next page begins."""

import base64
import binascii
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from wasched.domain.errors import InputError

Item = TypeVar("Item")

LIMIT_MAX = 200

Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="So many on one page, at most.")]
After = Annotated[str, Query(max_length=2000, description="What `next` of the page before said.")]


class Page(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: Annotated[
        str | None, Field(description="What `after` of the next page is; null at the end.")
    ]


def write_cursor(parts: str) -> str | None:
    """A cursor as programs get it; None at the end."""
    return base64.urlsafe_b64encode(parts.encode()).decode().rstrip("=") if parts else None


def read_cursor(text: str) -> str:
    """What a cursor says; InputError if it is damaged."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return base64.b64decode(padded, b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        raise damaged() from None


def damaged() -> InputError:
    """What is said of a cursor that this server has not written."""
    return InputError("cursor", "`after` is damaged. Take `next` as it came, or start anew.")


def link_next(request: Request, answer: Response, following: str | None) -> None:
    """Say where the next page is in the head as well (RFC 8288)."""
    if following:
        kept = [one for one in request.query_params.multi_items() if one[0] != "after"]
        query = urlencode([*kept, ("after", following)])
        answer.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
