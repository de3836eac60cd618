"""Telling browsers by their push services, each time in a process of its own that is bounded."""

from http import HTTPStatus
from typing import Any

from wasched.adapters.alert_posts import turns
from wasched.adapters.bounded_process import BoundedProcess, BoundedWork, Bounds
from wasched.domain.errors import WorkEndedError
from wasched.domain.incidents import TellResult
from wasched.domain.media import MB
from wasched.domain.push_address import PushAddress, PushKeys

_BOUNDS = Bounds(cpu_s=10, wall_s=30, memory=200 * MB)
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)  # RFC 8030, 7.3
_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
IS_GONE = "This browser has ended its notifications. Switch them on again there."


class PushPosts:
    """Fulfils the PushTeller protocol."""

    def __init__(self, *, allows_private: bool) -> None:
        self._allows_private = allows_private

    def make_keys(self) -> PushKeys:
        """A new pair."""
        return PushKeys(*_ask({"keys": None}))

    def tell(self, address: PushAddress, keys: PushKeys, contact: str, said: str) -> TellResult:
        """What the browser's push service said to it; the process has half a minute."""
        asked = {
            "endpoint": address.endpoint,
            "p256dh": address.p256dh,
            "auth": address.auth,
            "keys": [keys.private, keys.public],
            "contact": contact,
            "said": said,
            "allows_private": self._allows_private,
        }
        try:
            return _result(*_ask(asked))
        except WorkEndedError:
            return TellResult("The browser's push service did not answer in time.")


def _ask(asked: dict[str, Any]) -> Any:
    with turns:
        return BoundedWork(lambda: BoundedProcess("wasched.adapters.push_child", _BOUNDS)).ask(
            asked
        )


def _result(status: int, fault: str) -> TellResult:
    if fault:
        return TellResult(fault)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return TellResult()
    if status in _GONE:
        return TellResult(IS_GONE, permanent=True, is_gone=True)
    is_refused = status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _LATER
    return TellResult(f"The browser's push service answered with {status}.", permanent=is_refused)
