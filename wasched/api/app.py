"""The plain HTTP part of the api container, which carries the pages as well."""

from fastapi import FastAPI
from sqlalchemy.exc import DatabaseError

from wasched.api import auth, exports, media, probes, uploads
from wasched.api.database_faults import answer_database_fault


def make_api() -> FastAPI:
    """The FastAPI application with every plain route."""
    api = FastAPI(title="wasched", docs_url=None, redoc_url=None, openapi_url=None)
    api.add_exception_handler(DatabaseError, answer_database_fault)
    api.include_router(auth.router)
    api.include_router(probes.router)
    api.include_router(exports.router)
    api.include_router(uploads.router)
    api.include_router(media.router)
    return api
