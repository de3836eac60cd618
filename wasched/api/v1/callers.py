"""Whose key a program comes with, what it is for, and how often it may ask."""

import logging
import threading
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from fastapi import Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Cookie, Header, Path
from fastapi.responses import Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer, SecurityScopes
from starlette.exceptions import HTTPException

from wasched import bootstrap
from wasched.api import doors
from wasched.api.v1.etags import complete_tag
from wasched.api.v1.limits import Allowance, Limits
from wasched.api.v1.refusals import answer_refusal
from wasched.config import settings
from wasched.domain.errors import SignInError, TooOftenError, WaschedError, WrongKindError
from wasched.models import Scope
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.identity import keys

log = logging.getLogger(__name__)

OPERATOR = "wasched.operator"
"""Where a request of this process has who asks; none that comes by HTTP can have one there."""

_NO_KEY = "Send a key, as in `Authorization: Bearer wsk_…`. They are made in Settings, Keys."
_bearer = HTTPBearer(
    scheme_name="key",
    bearerFormat="wsk_…",
    description="A key of one space, made in Settings or by `wasched keys create`.",
    auto_error=False,
)
_ELSEWHERE = (Path, Header, Cookie)


class KeyRoute(APIRoute):
    """A route that asks for the key before FastAPI reads what is sent."""

    takes_json = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler; refusals are answers, and all say what the key has left."""
        handle = super().get_route_handler()
        said = get_flat_params(self.dependant)
        # What a model has for fields is told as they are, and as no Query.
        known = {one.alias for one in said if not isinstance(one.field_info, _ELSEWHERE)}

        async def handled(request: Request) -> Response:
            allowance = None
            try:
                try:
                    request.state.caller, allowance = await run_in_threadpool(_admit, request)
                except TooOftenError:
                    allowance = limits().nothing_left()
                    raise
                if self.takes_json:
                    _require_json(request)
                _require_known(request, known)
                answer = complete_tag(request, await handle(request))
            except (WaschedError, RequestValidationError, HTTPException) as refusal:
                answer = answer_refusal(refusal)
            answer.headers.update(allowance.headers() if allowance else {})
            answer.headers.setdefault("Cache-Control", "no-store")
            return answer

        return handled


class BytesRoute(KeyRoute):
    """One that takes the bytes of a file, whatever they are said to be."""

    takes_json = False


async def _program(
    request: Request, needed: SecurityScopes, _sent: Annotated[Any, Security(_bearer)]
) -> Caller:
    """For whom the program acts; ScopeError if its key is not for this."""
    caller: Caller = request.state.caller
    for one in needed.scopes:
        permissions.require_scope(caller, Scope(one))
    return caller


Reader = Annotated[Caller, Security(_program, scopes=[Scope.READ.value])]
"""A program that asks what is there."""

Sender = Annotated[Caller, Security(_program, scopes=[Scope.SEND.value])]
"""A program that changes what its space has."""


Manager = Annotated[Caller, Security(_program, scopes=[Scope.READ.value, Scope.MANAGE.value])]
"""A program that has others told what happens: it has to be let see it itself."""


@cache
def limits() -> Limits:
    """What the keys of this server have left."""
    return Limits(settings().api_per_minute, settings().api_burst, bootstrap.buckets())


def _admit(request: Request) -> tuple[Caller, Allowance]:
    """Who asks, and what is left for them; TooOftenError if nothing is."""
    caller = _whose_key(request)
    return caller, limits().take(caller.key_id)


def _whose_key(request: Request) -> Caller:
    """SignInError without a key that is good."""
    if (operator := request.scope.get(OPERATOR)) is not None:
        assert isinstance(operator, Caller)
        return operator
    sent = request.headers.getlist("authorization")
    scheme, _, token = sent[0].partition(" ") if len(sent) == 1 else ("", "", "")
    found = None
    if scheme.lower() == "bearer":
        found = bootstrap.answer(lambda session, now: keys.whose_key(session, token.strip(), now))
    if found is None:
        raise SignInError(_NO_KEY if not sent else f"This key is not good here. {_NO_KEY}")
    caller, used_at = found
    caller = replace(caller, address=doors.caller_address(request))
    key_uses().note(caller.key_id, used_at, caller.address)
    return caller


def _require_json(request: Request) -> None:
    """WrongKindError for a body that says it is something else."""
    heads = request.headers
    has_body = heads.get("content-length", "0") != "0" or "transfer-encoding" in heads
    kind = heads.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and kind != "application/json" and not kind.endswith("+json"):
        raise WrongKindError("", "Send JSON, and say so: `Content-Type: application/json`.")


def _require_known(request: Request, names: Collection[str]) -> None:
    """RequestValidationError for a parameter that there is not, such as a filter misspelt."""
    says = "There is no such parameter here."
    unknown = [one for one in request.query_params if one not in names]
    if unknown:
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", one), "msg": says} for one in unknown]
        )


class _Uses:
    """Writes down when keys are used, on a thread of its own: no request waits for it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "key-uses")
        self._lock = threading.Lock()
        self._noted: dict[int, datetime] = {}

    def note(self, key_id: int, used_at: datetime | None, address: str) -> None:
        now = bootstrap.clock().now()
        with self._lock:
            last = max(filter(None, (used_at, self._noted.get(key_id))), default=None)
            if last is not None and now - last < keys.USE_NOTED:
                return
            self._noted[key_id] = now
        self._thread.submit(self._write, key_id, address)

    def close(self) -> None:
        """Wait until all of it is written."""
        self._thread.shutdown()

    def _write(self, key_id: int, address: str) -> None:
        try:
            bootstrap.transaction(lambda session, now: keys.note_use(session, key_id, address, now))
        except Exception:  # of no use to who asked; the next use is noted again
            log.exception("The use of a key cannot be noted")


@cache
def key_uses() -> _Uses:
    """What notes the uses of this server's keys."""
    return _Uses()
