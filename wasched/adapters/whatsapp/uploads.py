"""Files that were brought to WhatsApp: each is uploaded once and named in many messages."""

import ctypes
import hashlib
import mmap
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from wasched.domain.content import Media
from wasched.domain.errors import SendError
from wasched.domain.reasons import file_gone

if TYPE_CHECKING:
    from wasched.adapters.whatsapp import neonize_api as api

_KEPT = 200
_GOOD_FOR_S = 12 * 3600.0  # far less than WhatsApp keeps a file

Body = bytes | ctypes.Array[ctypes.c_char]
Upload = Callable[[Body, "api.MediaType"], "api.UploadResponse"]


class Uploads:
    """Remembers where each file lies, by its digest and kind; keeps no file in memory."""

    def __init__(self, upload: Upload, clock: Callable[[], float] = monotonic) -> None:
        self._upload, self._clock = upload, clock
        self._placed: OrderedDict[tuple[str, str], tuple[float, api.UploadResponse]] = OrderedDict()

    def place(self, media: Media, kind: "api.MediaType") -> "api.UploadResponse":
        """Upload the file unless it lies there already; SendError if that cannot be done."""
        key = (media.digest or _digest(media), kind.name)
        at, known = self._placed.get(key, (0.0, None))
        if known is not None and self._clock() - at < _GOOD_FOR_S:
            return known
        placed = self._upload(_read(media), kind)
        self._placed[key] = (self._clock(), placed)
        self._placed.move_to_end(key)
        while len(self._placed) > _KEPT:
            self._placed.popitem(last=False)
        return placed


def _read(media: Media) -> Body:
    """The file as the library's C interface takes it: mapped, so that it is in memory but once."""
    try:
        with Path(media.path).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    except ValueError:
        return b""  # an empty file cannot be mapped
    except OSError:
        raise _gone(media) from None
    return (ctypes.c_char * len(mapped)).from_buffer(mapped)


def _digest(media: Media) -> str:
    try:
        with Path(media.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise _gone(media) from None


def _gone(media: Media) -> SendError:
    return SendError(file_gone(media.filename), permanent=True)
