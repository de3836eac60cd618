"""What a client has already (RFC 9110, 13.1.2)."""

from fastapi import Request


def is_known(request: Request, etag: str) -> bool:
    """True if the client has what the tag (without quotes) names; weak tags are as good to read."""
    said = ",".join(request.headers.getlist("if-none-match"))
    tags = {one.strip().removeprefix("W/").strip('"') for one in said.split(",")}
    return etag in tags or "*" in tags
