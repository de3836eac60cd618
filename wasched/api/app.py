"""The plain HTTP part of the api container, which carries the pages as well."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from wasched.api import auth, calendar_feed, exports, media, metrics, probes, spaces, uploads
from wasched.api.assistants import door
from wasched.api.database_faults import answer_database_fault
from wasched.api.gate import Gate
from wasched.api.problems import answer_http, answer_misfit
from wasched.api.request_times import RequestTimes
from wasched.api.v1 import docs_page
from wasched.api.v1.app import PATH, make_v1


def make_api(pages: ASGIApp | None = None) -> FastAPI:
    """The FastAPI application with every plain route, and the pages behind them."""
    api = FastAPI(title="wasched", docs_url=None, redoc_url=None, openapi_url=None)
    api.add_exception_handler(DatabaseError, answer_database_fault)
    api.add_exception_handler(HTTPException, answer_http)
    api.add_exception_handler(RequestValidationError, answer_misfit)
    api.add_middleware(Gate)
    api.add_middleware(RequestTimes)  # around the gate: added last, asked first
    api.include_router(auth.router)
    api.include_router(probes.router)
    api.include_router(exports.router)
    api.include_router(uploads.router)
    api.include_router(media.router)
    api.include_router(spaces.router)
    api.include_router(calendar_feed.router)
    api.include_router(metrics.router)
    api.include_router(docs_page.router)
    api.include_router(door.router)
    api.mount(PATH, make_v1())
    if pages is not None:
        api.mount("", pages)
    return api
