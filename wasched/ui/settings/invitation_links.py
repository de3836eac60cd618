"""Links that are handed to others: where they lead, and whether others reach it."""

from urllib.parse import urlsplit

import reflex as rx

from wasched import bootstrap
from wasched.config import settings

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def server_origin(state: rx.State) -> tuple[str, bool]:
    """This server's address as people reach it, and whether it is this machine's alone."""
    if settings().public_url:
        return settings().public_url, False
    parts = urlsplit(state.router.headers.origin or str(state.router.url))
    is_here = parts.hostname in _THIS_MACHINE
    network = bootstrap.network_url() if is_here else ""
    return network or f"{parts.scheme}://{parts.netloc}", is_here and not network


def only_here(is_local: rx.Var[bool]) -> rx.Component:
    """What to know of a link that leads to this machine."""
    return rx.cond(
        is_local,
        "It opens on this machine alone: to others localhost is their own. Set PUBLIC_URL, or "
        "LOCALHOST, to an address that they reach.",
        "",
    )
