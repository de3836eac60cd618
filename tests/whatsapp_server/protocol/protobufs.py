"""WhatsApp's protobuf messages, taken from the installed neonize without its Go library.

`import neonize` loads the shared library at once, so the generated modules are imported below a
stand-in parent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from .tokens import LibraryLayoutError, library_path


@contextmanager
def _without_go() -> Iterator[None]:
    """Let `neonize.proto` be imported while `neonize` itself is an empty stand-in."""
    if "neonize" in sys.modules:
        yield
        return
    stand_in = ModuleType("neonize")
    stand_in.__path__ = [str(library_path().parent)]
    sys.modules["neonize"] = stand_in
    try:
        yield
    finally:
        del sys.modules["neonize"]


@contextmanager
def _where_they_were() -> Iterator[None]:
    """Say in one sentence, LibraryLayoutError, that a message is elsewhere now."""
    try:
        yield
    except ImportError as fault:
        what = f"its messages are not where they were: {fault.name}"
        raise LibraryLayoutError("neonize", what) from None


with _without_go(), _where_they_were():
    from neonize.proto.waAdv import WAAdv_pb2 as adv
    from neonize.proto.waCert import WACert_pb2 as cert
    from neonize.proto.waCompanionReg import WAWebProtobufsCompanionReg_pb2 as companion_reg
    from neonize.proto.waE2E import WAWebProtobufsE2E_pb2 as e2e
    from neonize.proto.waHistorySync import WAWebProtobufsHistorySync_pb2 as history
    from neonize.proto.waServerSync import WAWebProtobufsServerSync_pb2 as server_sync
    from neonize.proto.waSyncAction import WAWebProtobufSyncAction_pb2 as sync_action
    from neonize.proto.waWa6 import WAWebProtobufsWa6_pb2 as wa6

__all__ = ["adv", "cert", "companion_reg", "e2e", "history", "server_sync", "sync_action", "wa6"]
