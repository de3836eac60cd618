"""Figures for Prometheus: for who asks from this machine or shows the token; else 404."""

import hmac
import threading
import time
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from wasched import bootstrap
from wasched.api import doors
from wasched.api.callers import PoliteRoute
from wasched.api.request_times import request_times
from wasched.config import settings
from wasched.domain.errors import NotFoundError
from wasched.domain.figures import Figure, Histogram
from wasched.services.server import figures
from wasched.services.webhooks.figures import webhook_figures

router = APIRouter(route_class=PoliteRoute)

_KEPT_S = 5.0
"""However many ask, the database is read once in so long."""


@router.get("/metrics")
def read_metrics(request: Request) -> Response:
    """Messages, accounts, links, the queue, the files and how long requests took."""
    if not _may_ask(request):
        raise NotFoundError()
    found = [*_kept.read(), request_times()]
    body, kind = bootstrap.write_figures(found, request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": kind, "Cache-Control": "no-store"})


def _may_ask(request: Request) -> bool:
    """True for the token, and from this machine where no proxy asks for somebody else."""
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    token = settings().metrics_token
    if token and kind.lower() == "bearer":
        return hmac.compare_digest(shown.strip().encode(), token.encode())
    return not doors.needs_word(request)


class _Kept:
    """What the database and the disk said last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: list[Figure | Histogram] = []
        self._until = 0.0

    def read(self) -> list[Figure | Histogram]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = [*bootstrap.answer(_of_database), *bootstrap.server_figures()]
                self._until = time.monotonic() + _KEPT_S
            return self._found


_kept = _Kept()


def _of_database(session: Session, now: datetime) -> list[Figure | Histogram]:
    return [
        *figures.database_figures(session, now),
        *webhook_figures(session, now),
        bootstrap.lateness_tally().look(session, now),
    ]
