"""The one file that names neonize: what of it this package uses, loaded in the link's process only.

neonize wants libmagic at import; where the system has none, PyPI's pylibmagic brings it.
"""

import ctypes
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

try:
    import magic  # noqa: F401
except ImportError:
    import pylibmagic  # noqa: F401 - teaches ctypes where its copy lies

from neonize import client as _client
from neonize.client import NewClient
from neonize.events import (
    ClientOutdatedEv,
    ConnectedEv,
    ConnectFailureEv,
    DisconnectedEv,
    GroupInfoEv,
    JoinedGroupEv,
    KeepAliveRestoredEv,
    KeepAliveTimeoutEv,
    LoggedOutEv,
    MessageEv,
    NewsletterJoinEv,
    NewsletterLeaveEv,
    OfflineSyncCompletedEv,
    PairStatusEv,
    ReceiptEv,
    StreamErrorEv,
    StreamReplacedEv,
    TemporaryBanEv,
)
from neonize.exc import NeonizeError
from neonize.proto.Neonize_pb2 import (
    JID,
    LogEntry,
    NewsletterRole,
    UploadResponse,
    WrappedNewsletterState,
)
from neonize.proto.waCommon.WACommon_pb2 import MessageKey
from neonize.proto.waCompanionReg.WAWebProtobufsCompanionReg_pb2 import DeviceProps
from neonize.proto.waE2E.WAWebProtobufsE2E_pb2 import (
    AudioMessage,
    ContactMessage,
    ContextInfo,
    DocumentMessage,
    ExtendedTextMessage,
    FutureProofMessage,
    ImageMessage,
    LocationMessage,
    Message,
    PollCreationMessage,
    ProtocolMessage,
    VideoMessage,
)
from neonize.utils import extract_text
from neonize.utils.enum import (
    ChatPresence,
    ChatPresenceMedia,
    ClientName,
    ClientType,
    MediaType,
    Presence,
)
from neonize.utils.jid import Jid2String

# It misses ffmpeg at each start, for ways to build messages that nothing here goes.
logging.getLogger("neonize.utils.ffmpeg").setLevel(logging.ERROR)

__all__ = [
    "JID",
    "AudioMessage",
    "ChatPresence",
    "ChatPresenceMedia",
    "ClientName",
    "ClientOutdatedEv",
    "ClientType",
    "ConnectFailureEv",
    "ConnectedEv",
    "ContactMessage",
    "ContextInfo",
    "DeviceProps",
    "DisconnectedEv",
    "DocumentMessage",
    "ExtendedTextMessage",
    "FutureProofMessage",
    "GroupInfoEv",
    "ImageMessage",
    "JoinedGroupEv",
    "KeepAliveRestoredEv",
    "KeepAliveTimeoutEv",
    "LocationMessage",
    "LoggedOutEv",
    "MediaType",
    "Message",
    "MessageEv",
    "MessageKey",
    "NeonizeError",
    "NewClient",
    "NewsletterJoinEv",
    "NewsletterLeaveEv",
    "NewsletterRole",
    "OfflineSyncCompletedEv",
    "PairStatusEv",
    "PollCreationMessage",
    "Presence",
    "ProtocolMessage",
    "ReceiptEv",
    "StreamErrorEv",
    "StreamReplacedEv",
    "TemporaryBanEv",
    "UploadResponse",
    "VideoMessage",
    "WrappedNewsletterState",
    "connect",
    "extract_text",
    "list_devices",
    "remove_stray_file",
    "stop",
]


def list_devices(address: str) -> list[str]:
    """The addresses of all devices in a store, whose tables are made if they are not there."""
    found = _client.ClientFactory.get_all_devices_from_db(address)
    remove_stray_file()
    return [Jid2String(one.JID) for one in found]


class _OnThisThread:
    """Takes the place of the thread that the library would have its call into Go wait on.

    The caller's own would wait for that one, for a Ctrl-C that never reaches this process.
    """

    def __init__(self, target: Callable[[], None], **_how: object) -> None:
        self._target = target

    def start(self) -> None:
        """Make the call, and return when it does."""
        self._target()

    def join(self) -> None:
        """It has returned."""


_hearing = threading.local()
_make_callback = _client.func_callback_bytes2


def _callback_of_caller(onward: Callable[[int, int], None]) -> object:
    """What Go calls with each line of a client's log: first who hears this very client."""
    listener = getattr(_hearing, "listener", None)
    if listener is None:
        return _make_callback(onward)

    def hear(address: int, size: int) -> None:
        if address and size > 0:
            listener(LogEntry.FromString(ctypes.string_at(address, size)).Message)
        onward(address, size)

    return _make_callback(hear)


# Go may call what a client gave it until the process ends, also when the client was stopped.
_kept: list[NewClient] = []

# Go keeps all clients in one map without a lock: two that begin or stop at one moment end the
# process ("concurrent map writes"). One that hangs keeps the others from it only for a while.
_turns = threading.Semaphore(1)
_TURN_S, _LONGEST_TURN_S = 0.15, 3.0

_STRAY = Path("postgres:")

_client.Thread = _OnThisThread
_client.func_callback_bytes2 = _callback_of_caller
# It asks Go for every line, with whole messages in them, unless its own log says how much.
logging.getLogger("neonize.utils.log").setLevel(logging.INFO)


def connect(client: NewClient, hear_log: Callable[[str], None]) -> None:
    """Connect, and return when the client was stopped; NeonizeError if the first dialling fails.

    `hear_log` hears each line of this client's log on the library's own thread, which goes on
    only when it returns.
    """
    _hearing.listener = hear_log
    _kept.append(client)
    if _turns.acquire(timeout=_LONGEST_TURN_S):
        threading.Timer(_TURN_S, _turns.release).start()  # by then Go has the client in its map
    client.connect()


def remove_stray_file() -> None:
    """Delete the empty file that the library makes of a server's address, up to its "?"."""
    with suppress(OSError):
        if _STRAY.stat().st_size == 0:
            _STRAY.unlink()


def stop(client: NewClient) -> None:
    """Stop a client; nothing may be asked of it afterwards."""
    has_turn = _turns.acquire(timeout=_LONGEST_TURN_S)
    try:
        client.stop()
    finally:
        remove_stray_file()
        if has_turn:
            _turns.release()
