"""The server's address for phones in the same network, as set-up shows it."""

import reflex as rx

from wasched import bootstrap
from wasched.services.accounts import qr_codes


class NetworkState(rx.State):
    """Where a phone beside this machine opens the server, and that as a QR code."""

    url: str = ""
    qr_path: str = ""
    qr_box: str = "0 0 1 1"


def show_network(state: NetworkState, *, to_stranger: bool) -> None:
    """Show the address to who sits at the machine itself; nobody else is told of its network."""
    state.url = "" if to_stranger else bootstrap.network_url()
    if state.url:
        state.qr_path, size = qr_codes.svg_path(state.url)
        state.qr_box = f"0 0 {size} {size}"
