"""Reflex's application without what it opens to other sites, and without doors nobody here uses."""

from typing import Any

import reflex as rx
from reflex.istate.data import HeaderData
from reflex.utils.serializers import serializer
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware


class PlainApp(rx.App):
    """Answers to this server's own pages only.

    Reflex puts a CORS middleware around each of its layers. Told to allow nobody it would still
    speak of credentials, and answer preflights; so it is taken out. The pages need none: they are
    of the origin that they ask.
    """

    def __post_init__(self) -> None:
        """Make the framework's own layers."""
        super().__post_init__()
        _take_out_cors(self._api)
        # A browser has no use for the headers that it sent, and a proxy added to.
        serializer(_tell_no_headers, to=dict, overwrite=True)

    def __call__(self) -> Any:
        """The whole application, as the server runs it."""
        served = super().__call__()
        _take_out_cors(served)
        return served

    def _add_default_endpoints(self) -> None:
        """Neither /ping nor /_health: /healthz and /readyz say more."""

    def _add_optional_endpoints(self) -> None:
        """No /_upload: files come by /uploads."""


def _take_out_cors(app: Any) -> None:
    """ValueError if there is none: whoever adds it now would not be noticed."""
    stack: list[Any] = app.user_middleware if isinstance(app, Starlette) else []
    kept = [one for one in stack if one.cls is not CORSMiddleware]
    if len(kept) == len(stack):
        raise ValueError("Reflex adds its CORS middleware elsewhere: Reflex has changed.")
    app.user_middleware = kept


def _tell_no_headers(_headers: HeaderData) -> dict[str, str]:
    return {}
