"""Files that were brought to WhatsApp: each is uploaded once and named in many messages."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp.errors import of_upload

_KEPT = 200
_GOOD_FOR_S = 12 * 3600.0  # far less than WhatsApp keeps a file

Upload = Callable[[bytes, api.MediaType], api.UploadResponse]


class Uploads:
    """Remembers where each file lies, by its digest and kind."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._placed: OrderedDict[tuple[str, str], tuple[float, api.UploadResponse]] = OrderedDict()

    def place(self, body: bytes, digest: str, kind: api.MediaType) -> api.UploadResponse:
        """Upload the file unless it lies there already; SendError if that fails."""
        key = (digest, kind.name)
        at, known = self._placed.get(key, (0.0, None))
        if known is not None and monotonic() - at < _GOOD_FOR_S:
            return known
        try:
            placed = self._upload(body, kind)
        except api.NeonizeError as fault:
            raise of_upload(str(fault)) from fault
        self._placed[key] = (monotonic(), placed)
        while len(self._placed) > _KEPT:
            self._placed.popitem(last=False)
        return placed
