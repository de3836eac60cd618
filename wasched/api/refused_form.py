"""What was typed into a form that was refused, handed back to it in a cookie of some minutes.

An address would carry it into the browser's history and the logs of proxies.
"""

import base64
import json
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from fastapi.responses import Response

COOKIE = "wasched_form"

_KEPT_S = 15 * 60
_LONGEST = 3500  # characters; browsers keep 4096 bytes with name and attributes (RFC 6265 6.1)


def keep_typed(answer: Response, path: str, typed: dict[str, str], *, secure: bool) -> None:
    """Have the browser keep what was typed for the form at `path`, unless it is far too long."""
    words = json.dumps([path, typed], ensure_ascii=False).encode()
    value = base64.urlsafe_b64encode(words).decode().rstrip("=")
    if len(value) <= _LONGEST:
        answer.set_cookie(
            COOKIE, value, _KEPT_S, path="/", secure=secure, httponly=True, samesite="strict"
        )


def forget_typed(answer: Response, cookies: Mapping[str, str]) -> None:
    """Have the browser forget what it kept, if it did."""
    if COOKIE in cookies:
        answer.delete_cookie(COOKIE, path="/")


def read_typed(cookies: str, path: str) -> dict[str, str]:
    """What a Cookie header holds for the form at `path`; empty if there is nothing to read."""
    try:
        value = SimpleCookie(cookies)[COOKIE].value
        where, typed = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        return {str(k): str(v) for k, v in typed.items()} if where == path else {}
    except (CookieError, KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
