"""Probes for machines: alive, and ready or which part is not."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from wasched import bootstrap, self_check
from wasched.config import settings
from wasched.domain.storage import sentence_for
from wasched.services.server import health
from wasched.services.server.health_views import HealthLine

router = APIRouter()


@router.get("/healthz")
def alive() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@router.get("/readyz")
def ready() -> JSONResponse:
    """Say whether every part works (200), or which does not (503); names no number."""
    try:
        lines = bootstrap.answer(_report)
    except SQLAlchemyError as fault:
        says = bootstrap.damage() or sentence_for(fault) or "The database does not answer."
        lines = [HealthLine("database", False, says)]
    lines.append(health.queue_line(bootstrap.queue_fault()))
    parts = {line.name: {"ok": line.ok, "says": line.sentence} for line in lines}
    return JSONResponse(parts, status_code=200 if all(line.ok for line in lines) else 503)


def _report(session: Session, now: datetime) -> list[HealthLine]:
    found = self_check.find_troubles(session, now)
    lines = health.health_report(
        session, now, settings().data_path, bootstrap.damage(), bootstrap.link_damage()
    )
    return health.with_troubles([*lines, health.sending_line(found)], found)
