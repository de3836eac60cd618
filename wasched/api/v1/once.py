"""Deeds that may be asked for twice, and are done once: `Idempotency-Key` (an IETF draft)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlmodel import Session

from wasched import bootstrap
from wasched.services.caller import Caller
from wasched.services.identity import kept_answers

Deed = Callable[[Session, datetime], tuple[BaseModel, str]]
"""Does something; returns what to answer, and where the new thing is."""


@dataclass(frozen=True)
class Asked:
    """A request that makes something, and the name by which it is known if it comes again."""

    path: str
    name: str

    def do(self, program: Caller, body: BaseModel, deed: Deed) -> Response:
        """Do it and answer 201; if it was done before, give the answer of then.

        The answer is kept in the transaction of the deed, and writers take turns: of many such
        requests at once the first does it, and a crash leaves both or neither.
        """
        text, location = bootstrap.transaction(
            lambda session, now: self._once(session, program, body, deed, now)
        )
        return Response(text, 201, {"Location": location}, "application/json")

    def _once(
        self, session: Session, program: Caller, body: BaseModel, deed: Deed, now: datetime
    ) -> tuple[str, str]:
        if not self.name:
            return _written(*deed(session, now))
        said = f"{self.path}\n{body.model_dump_json()}"
        request_hash = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        kept = kept_answers.find_answer(session, program, self.name, request_hash, now)
        if kept is not None:
            return kept.body, kept.location
        answer = _written(*deed(session, now))
        kept_answers.keep_answer(session, program, self.name, request_hash, answer, now)
        return answer


async def _asked(
    request: Request,
    idempotency_key: Annotated[
        str,
        Header(
            max_length=255,
            description="A name of your own for this request. Sent again within 24 hours with "
            "the same body, it does nothing more and gives the same answer.",
        ),
    ] = "",
) -> Asked:
    return Asked(request.url.path, idempotency_key)


Once = Annotated[Asked, Depends(_asked)]


def _written(answer: BaseModel, location: str) -> tuple[str, str]:
    return answer.model_dump_json(), location
