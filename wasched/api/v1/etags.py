"""ETags: what a program has seen of a thing, so that nobody saves over what they have not seen.

A tag has two parts, as in `"7.YxkQ0w3m"`. The first is the version of what people edit, and a
change is compared with that alone: messages that go out meanwhile are no reason to refuse it, nor
is a proxy that has packed the answer and weakened its tag. The second is of the whole answer, so
that a program that asks again learns whatever else has become of it.
"""

import base64
import hashlib
import re
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import Response

from wasched.api.etags import is_known
from wasched.api.v1.refusals import describe_refusal
from wasched.domain.errors import UnseenError

Versions = frozenset[int] | None

_TAG = re.compile(r'"(\d{1,18})\.[^"]*"')
_DIGEST_BYTES = 9

_TAG_HEADER = {
    "ETag": {
        "description": "What was seen: for `If-Match` of a change, and `If-None-Match`.",
        "schema": {"type": "string"},
    }
}
SHOWS: dict[int | str, dict[str, Any]] = {
    200: {"headers": _TAG_HEADER},
    304: {"description": "It is as `If-None-Match` says.", "headers": _TAG_HEADER},
}
"""What a route answers beside the usual that shows one thing."""

CHANGES: dict[int | str, dict[str, Any]] = {
    200: {"headers": _TAG_HEADER},
    412: describe_refusal(412, "Somebody was quicker: `detail` says who"),
    428: describe_refusal(428, "The change does not say by `If-Match` what was seen"),
}
"""What one answers that changes a thing."""

CANCELS: dict[int | str, dict[str, Any]] = {one: CHANGES[one] for one in (200, 412)}
"""What one answers that takes a thing back and still shows it."""

REMOVES: dict[int | str, dict[str, Any]] = {412: CHANGES[412]}
"""What one answers that takes a thing away."""


def note_version(answer: Response, version: int = 0) -> None:
    """Give an answer the tag of its version; what nobody edits has none."""
    answer.headers["ETag"] = str(version)


def complete_tag(request: Request, answer: Response) -> Response:
    """The answer with its whole tag; 304 to who has just this already."""
    if "etag" not in answer.headers:
        return answer
    digest = hashlib.blake2b(answer.body, digest_size=_DIGEST_BYTES).digest()
    tag = f"{answer.headers['etag']}.{base64.urlsafe_b64encode(digest).decode()}"
    answer.headers["ETag"] = f'"{tag}"'
    if request.method == "GET" and is_known(request, tag):
        return Response(status_code=304, headers={"ETag": f'"{tag}"'})
    return answer


def read_versions(sent: list[str]) -> Versions:
    """The versions that If-Match names; None for whichever there is."""
    said = ",".join(sent)
    return None if said.strip() == "*" else frozenset(map(int, _TAG.findall(said)))


def _sent_tags(request: Request) -> list[str]:
    """What If-Match says; empty ones are none, as some programs send what they do not fill in."""
    return [one for one in request.headers.getlist("if-match") if one.strip()]


async def _seen(
    request: Request,
    _sent: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="The `ETag` that came with what you saw, or `*` for however it is now.",
        ),
    ] = None,
) -> Versions:
    sent = _sent_tags(request)
    if not sent:
        raise UnseenError
    return read_versions(sent)


async def _seen_if_said(
    request: Request,
    _sent: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="The `ETag` that came with what you saw; without it, however it is now.",
        ),
    ] = None,
) -> Versions:
    sent = _sent_tags(request)
    return read_versions(sent) if sent else None


Seen = Annotated[Versions, Depends(_seen)]
"""What who changes a thing has seen of it."""

SeenIfSaid = Annotated[Versions, Depends(_seen_if_said)]
"""What who takes a thing away has seen of it."""
