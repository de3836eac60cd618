"""Looking into files of other people, each time in a process of its own that is bounded."""

import base64
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wasched.adapters.bounded_process import BoundedProcess, BoundedWork, Bounds
from wasched.domain.errors import EndReason, WorkEndedError, WrongKindError
from wasched.domain.media import MB, Shape
from wasched.domain.reasons import Code, Reason, because

MEMORY = 150 * MB
"""What a process may take on top of the 45 MB it has when it is asked: 200 MB at most."""

_LOOK = Bounds(cpu_s=30, wall_s=60, memory=MEMORY)
_TOO_MUCH = Reason(Code.MEDIA_TAKES_TOO_MUCH)
_A_MINUTE_EACH = 10 * MB
_MODULE = "wasched.adapters.media_child"
_turn = threading.Lock()  # one at a time by a process of the server, whoever asks


class BoundedMediaTools:
    """Fulfils the MediaTools protocol; what takes more than its bounds is refused."""

    def __init__(self) -> None:
        self._bounds = _LOOK
        self._work = BoundedWork(lambda: BoundedProcess(_MODULE, self._bounds))

    def look(self, path: Path) -> Shape:
        """Say what a file is, by what is in it; one that takes too much can only be a document."""
        try:
            return Shape(**self._do(_LOOK, {"what": "look", "path": str(path)}))
        except WrongKindError:
            return Shape("application/octet-stream", is_damaged=True)

    def thumbnail(self, path: Path, shape: Shape, target: Path) -> bool:
        """Write a small JPEG of a picture or a video; False if there is none to make."""
        half = target.with_name(f"{target.name}.part")
        try:
            asked: dict[str, Any] = {
                "what": "thumbnail", "path": str(path), "target": str(half)
            }  # fmt: skip
            if not self._do(_LOOK, asked | {"shape": asdict(shape)}):
                return False
            half.replace(target)
        except WrongKindError:
            return False
        finally:
            half.unlink(missing_ok=True)
        return True

    def shrink(self, picture: bytes) -> bytes:
        """A small JPEG of a picture; WrongKindError if it is none, or takes too much."""
        given = base64.b64encode(picture).decode()
        return base64.b64decode(self._do(_LOOK, {"what": "shrink", "picture": given}))

    def convert(self, source: Path, shape: Shape, kind: str, target: Path) -> None:
        """Write what phones play as this kind; WrongKindError if it cannot be done."""
        paths = {"path": str(source), "target": str(target)}
        bounds = conversion_bounds(source.stat().st_size)
        too_much = because(Code.CONVERSION_TAKES_TOO_MUCH, kind=kind)
        asked = {"what": "convert", **paths, "shape": asdict(shape), "kind": kind}
        self._do(bounds, asked, too_much)

    def stop(self) -> None:
        """End what is under way, and whatever is asked after it."""
        self._work.stop()

    def _do(self, bounds: Bounds, asked: dict[str, Any], too_much: Reason = _TOO_MUCH) -> Any:
        with _turn:
            self._bounds = bounds
            try:
                return self._work.ask(asked)
            except WorkEndedError as end:
                if end.reason is EndReason.STOPPED:
                    raise
                raise WrongKindError("media", too_much) from None


def conversion_bounds(size: int) -> Bounds:
    """What making a file of so many bytes into another may take: a minute for each 10 MB."""
    seconds = 60 * (1 + size // _A_MINUTE_EACH)
    return Bounds(cpu_s=seconds, wall_s=2.0 * seconds, memory=MEMORY)
