"""What a plain route answers when the database cannot be used: the sentence for it, not a 500."""

import logging

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.exc import DBAPIError

from wasched.api.preparing import FAULT_TITLE, written_page
from wasched.api.problems import problem_details
from wasched.domain.storage import sentence_for

log = logging.getLogger(__name__)

_BUSY = "The database is busy or cannot be reached just now. Try again in a moment."
_AFTER = "Nothing of what you did was kept. Go back and do it again once that is mended."


async def answer_database_fault(request: Request, fault: Exception) -> Response:
    """503 with the sentence, as a page for people and as problem details for machines (RFC 9457).

    A fault that lies in the code, and not in the storage, is raised again.
    """
    sentence = note_database_fault(request, fault)
    if "text/html" in request.headers.get("accept", ""):
        page = written_page(FAULT_TITLE, sentence, _AFTER, "bad")
        return HTMLResponse(page, 503, {"Cache-Control": "no-store"})
    return problem_details(503, sentence, {"Cache-Control": "no-store"})


def note_database_fault(request: Request, fault: Exception) -> str:
    """The sentence for a fault of the storage, which is logged; any other is raised again."""
    sentence = fault_sentence(fault)
    if not sentence:
        raise fault
    log.error("%s could not be answered", request.url.path, exc_info=fault)
    return sentence


def fault_sentence(fault: Exception) -> str:
    """Why the database cannot be used; empty for a fault that lies in the code."""
    return sentence_for(fault) or (_BUSY if _is_busy(fault) else "")


def _is_busy(fault: Exception) -> bool:
    return isinstance(fault, DBAPIError) and fault.connection_invalidated
