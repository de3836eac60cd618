"""The process that tells people by services of others: `python -m wasched.adapters.alert_child`.

The addresses come from people, and the libraries that read them know a hundred services. So it
connects only to where alerts may go, whatever a name leads to or an answer redirects to, starts
no program, and opens no file but those of Python itself.
"""

import logging
import os
import sys
import sysconfig
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from wasched.adapters import bounded_child
from wasched.adapters.bounded_child import Say
from wasched.adapters.public_network import is_near_or_public, is_public_anywhere
from wasched.domain.alert_address import is_allowed
from wasched.domain.webhook_address import IS_PRIVATE

_FORBIDDEN = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.")
_LIBRARIES = tuple(
    {
        os.path.realpath(one) + os.sep
        for one in (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())
    }
)
_WAIT_S = 10.0


class _Seen:
    """What happened on the way, beside what the library says of it."""

    is_refused = False
    status = 0


_seen = _Seen()


def tell(asked: Mapping[str, Any], _say: Say) -> str:
    """Tell a title and a text to an address; why it was not taken, or nothing."""
    if not is_allowed(asked["address"]):
        return "This service is not in the list of those that alerts go by."
    for name in [one for one in os.environ if one.lower().endswith("_proxy")]:
        del os.environ[name]  # what is behind a proxy cannot be looked at
    logging.disable(logging.CRITICAL)  # it would name addresses
    import apprise  # 16 MB

    apprise.Apprise.instantiate("json://localhost")  # which loads all that it knows
    sys.addaudithook(_guard(allows_private=asked["allows_private"]))
    _note_answers()
    asset = apprise.AppriseAsset(
        app_id="wasched", async_mode=False, http_redirects=False, allow_templates=False
    )
    service = apprise.Apprise.instantiate(asked["address"], asset=asset)
    if service is None:
        return "The address lacks something that this service needs, such as a token or a topic."
    service.socket_connect_timeout = service.socket_read_timeout = _WAIT_S
    taken = service.notify(body=asked["text"], title=asked["title"])
    return "" if taken else _why()


def _guard(*, allows_private: bool) -> Any:
    """What Python calls before it connects, opens or starts anything (PEP 578)."""
    allows = is_near_or_public if allows_private else is_public_anywhere

    def look(event: str, given: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            where = given[1]
            if not isinstance(where, tuple) or not allows(str(where[0]), where[1]):
                _seen.is_refused = True
                raise ConnectionRefusedError("Alerts do not go there")
        elif event == "open" and not _may_open(*given):
            raise PermissionError("Nothing is opened here")
        elif event.startswith(_FORBIDDEN):
            raise PermissionError("Nothing is started here")

    return look


def _may_open(path: Any, mode: Any, flags: int) -> bool:
    """Reading what Python and its libraries are made of."""
    is_read = not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    name = (
        os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""
    )
    return is_read and name.startswith(_LIBRARIES)


def _note_answers() -> None:
    """Remember what the other side answered: the library says only whether it was taken."""
    import requests

    send = requests.Session.send

    def noted(self: Any, request: Any, **given: Any) -> Any:
        answer = send(self, request, **given)
        _seen.status = answer.status_code
        return answer

    requests.Session.send = noted  # type: ignore[method-assign]


def _why() -> str:
    if _seen.is_refused:
        return IS_PRIVATE
    if not _seen.status:
        return "There was no answer. Look at the host and the port in the address."
    try:
        phrase = f" ({HTTPStatus(_seen.status).phrase})"
    except ValueError:
        phrase = ""
    return f"The service answered with {_seen.status}{phrase}."


if __name__ == "__main__":
    bounded_child.serve_requests(tell)
