"""Asks a wasched server by its HTTP API, with a key."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from wasched.domain.errors import WaschedError

_PATIENCE_S = 60.0
_AGAIN_S = 1.0
_ANSWER_MAX = 50_000_000  # bytes


class ApiError(WaschedError):
    """The server refused, or did not answer; `status` is that of HTTP, 0 for no answer."""

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status


class ApiClient:
    """One server and one key. The key is shown to that server alone: no redirect is followed."""

    tries = 3

    def __init__(self, url: str, key: str) -> None:
        self._base, self._key = f"{url.rstrip('/')}/api/v1", key
        self._opener = urllib.request.build_opener(_NoRedirects)

    def read(self, path: str, asked: Mapping[str, str | int]) -> Any:
        """The answer to a question; what is empty is not asked for."""
        query = urlencode({name: value for name, value in asked.items() if value != ""})
        return self._ask("GET", f"{path}?{query}" if query else path, None, {})

    def create(self, path: str, body: Mapping[str, Any], once: str) -> Any:
        """Have something made; with the same `once` it is made once, however often it is asked."""
        given = json.dumps(body).encode()
        named = {"Idempotency-Key": once, "Content-Type": "application/json"}
        return self._ask("POST", path, given, named)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:
        all_headers = {
            "Authorization": f"Bearer {self._key}",
            "Accept": "application/json",
            "User-Agent": "wasched-shell",
            **headers,
        }
        asked = urllib.request.Request(self._base + path, body, all_headers, method=method)
        for left in reversed(range(self.tries)):
            try:
                return self.answer(asked)
            except ApiError as fault:
                if not left or fault.status not in (0, 502, 503, 504):
                    raise
                time.sleep(_AGAIN_S)
        raise AssertionError

    def answer(self, asked: urllib.request.Request) -> Any:
        """What is answered, read; ApiError for a refusal and for nothing."""
        try:
            with self._opener.open(asked, timeout=_PATIENCE_S) as answer:
                return json.loads(answer.read(_ANSWER_MAX))
        except urllib.error.HTTPError as refusal:
            raise ApiError(_sentence_of(refusal), refusal.code) from None
        except (OSError, HTTPException) as fault:
            said = getattr(fault, "reason", fault)
            raise ApiError(f"{self._base} does not answer: {said}.") from None
        except ValueError:
            raise ApiError(f"{self._base} is no wasched server. Is WASCHED_URL right?") from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_asked: Any) -> None:
        """None: the answer that leads elsewhere is the last one."""


def _sentence_of(refusal: urllib.error.HTTPError) -> str:
    if 300 <= refusal.code < 400:
        return f"The server leads elsewhere: {refusal.headers.get('location')}. Set WASCHED_URL."
    return refusal_sentence(refusal.code, refusal.read(_ANSWER_MAX))


def refusal_sentence(status: int, body: bytes) -> str:
    """What the server says of a refusal (RFC 9457), each fault with its place."""
    try:
        said = json.loads(body)
        faults = [one for one in said.get("errors", ()) if one.get("detail") != said["detail"]]
        more = [f"{one.get('pointer', one.get('parameter'))}: {one['detail']}" for one in faults]
        return " ".join([str(said["detail"]), *more])
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"The server answered {status}. Is WASCHED_URL right?"
