"""Who calls a plain route."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BeforeValidator

from wasched import bootstrap
from wasched.api import cookies, doors
from wasched.api.problems import problem_answer
from wasched.domain.errors import SignInError, WaschedError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.identity import users

RowId = Annotated[int, BeforeValidator(read_id)]
"""An id in a path; what no row can have is 0, and not found like any other that is not there."""


class PoliteRoute(APIRoute):
    """A route whose refusals are problem details with a sentence for people in `detail`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, its refusals told as answers."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                await self.admit(request)
                return await handle(request)
            except WaschedError as refusal:
                return problem_answer(refusal)

        return handled

    async def admit(self, request: Request) -> None:
        """Refuse who may not ask; everybody may, unless a route knows better."""


class MembersRoute(PoliteRoute):
    """A route that asks who is there before FastAPI reads what they send."""

    async def admit(self, request: Request) -> None:
        """SignInError if nobody is signed in."""
        await run_in_threadpool(caller, request)


def caller(request: Request) -> Caller:
    """The person whose browser asks, in the space they are in; SignInError if there is none."""
    token = request.cookies.get(cookies.SESSION, "")
    wished = read_id(request.query_params.get("space", ""))
    user = bootstrap.answer(lambda session, now: users.who_is(session, token, now, wished))
    if user is None:
        raise SignInError("You were signed out. Sign in to go on.")
    return replace(user, address=doors.caller_address(request))
