"""WhatsApp's protobuf messages, taken from the installed neonize without its Go library.

`import neonize` loads the shared library at once, so the generated modules are imported below a
stand-in parent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from wasched.adapters.whatsapp.protocol.tokens import LibraryLayoutError, library_path


@contextmanager
def without_go_library() -> Iterator[None]:
    """Let `neonize.proto` be imported while `neonize` itself is an empty stand-in.

    Raises LibraryLayoutError, which says in one sentence that a message is elsewhere now.
    """
    is_stand_in = "neonize" not in sys.modules
    if is_stand_in:
        sys.modules["neonize"] = _stand_in()
    try:
        yield
    except ImportError as fault:
        what = f"its messages are not where they were: {fault.name}"
        raise LibraryLayoutError("neonize", what) from None
    finally:
        if is_stand_in:
            del sys.modules["neonize"]


def _stand_in() -> ModuleType:
    made = ModuleType("neonize")
    made.__path__ = [str(library_path().parent)]
    return made


with without_go_library():
    from neonize.proto.waAdv import WAAdv_pb2 as adv
    from neonize.proto.waCert import WACert_pb2 as cert
    from neonize.proto.waCompanionReg import WAWebProtobufsCompanionReg_pb2 as companion_reg
    from neonize.proto.waWa6 import WAWebProtobufsWa6_pb2 as wa6

__all__ = ["adv", "cert", "companion_reg", "wa6", "without_go_library"]
