"""The plain HTTP part of the api container, which carries the pages as well."""

from fastapi import FastAPI

from wasched.api import auth, exports, media, probes, uploads


def make_api() -> FastAPI:
    """The FastAPI application with every plain route."""
    api = FastAPI(title="wasched", docs_url=None, redoc_url=None, openapi_url=None)
    api.include_router(auth.router)
    api.include_router(probes.router)
    api.include_router(exports.router)
    api.include_router(uploads.router)
    api.include_router(media.router)
    return api
