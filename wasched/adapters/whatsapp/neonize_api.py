"""The one file that names neonize: what of it this package uses, loaded in the link's process only.

neonize wants libmagic at import; where the system has none, PyPI's pylibmagic brings it.
"""

import ctypes
import logging
from collections.abc import Callable

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
    PairStatusEv,
    ReceiptEv,
    StreamErrorEv,
    StreamReplacedEv,
    TemporaryBanEv,
)
from neonize.exc import NeonizeError
from neonize.proto.Neonize_pb2 import JID, LogEntry, UploadResponse
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
from neonize.utils.log import _log_queue as log_queue

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
    "extract_text",
    "hear_log",
    "list_devices",
    "log_queue",
]


def list_devices(address: str) -> list[str]:
    """The addresses of all devices in a store, whose tables are made if they are not there."""
    found = _client.ClientFactory.get_all_devices_from_db(address)
    return [Jid2String(one.JID) for one in found]


def hear_log(listener: Callable[[str], None]) -> None:
    """Let `listener` hear each line of the library's log, in clients that connect from now on.

    It is called on the library's own thread, which goes on only when it returns.
    """
    onward = _client.log_whatsmeow

    def hear(address: int, size: int) -> None:
        if address and size > 0:
            listener(LogEntry.FromString(ctypes.string_at(address, size)).Message)
        onward(address, size)

    _client.log_whatsmeow = hear
