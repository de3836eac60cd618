"""Looking into files of other people, each time in a process of its own that is bounded."""

import base64
import threading
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wasched.adapters import ffmpeg
from wasched.adapters.bounded_process import BoundedProcess, BoundedWork, Bounds
from wasched.domain.errors import EndReason, WorkEndedError, WrongKindError
from wasched.domain.media import CONVERTED_MAX, DECODED_MAX, MB, Shape
from wasched.domain.reasons import NO_REASON, Code, Reason

AT_ONCE = 2
"""So many files are looked into at once by a process of the server, whoever asks."""

_LOOK = Bounds(cpu_s=30, wall_s=60, memory=DECODED_MAX + 48 * MB)
_CONVERT = Bounds(cpu_s=120, wall_s=1900, memory=CONVERTED_MAX + 64 * MB)
_MODULE = "wasched.adapters.media_child"
_one_in_full = threading.Lock()  # a picture in full size may need four times as much
_turns = threading.BoundedSemaphore(AT_ONCE)


class BoundedMediaTools:
    """Fulfils the MediaTools protocol; what takes more than its bounds is refused."""

    def __init__(self) -> None:
        self._looking = BoundedWork(lambda: BoundedProcess(_MODULE, _LOOK))
        self._converting = BoundedWork(lambda: BoundedProcess(_MODULE, _CONVERT))

    def look(self, path: Path) -> Shape:
        """Say what a file is, by what is in it; WrongKindError if that takes too much."""
        return Shape(**_do(self._looking, what="look", path=str(path)))

    def thumbnail(self, path: Path, shape: Shape, target: Path) -> bool:
        """Write a small JPEG of a picture or a video; False if there is none to make."""
        half = target.with_name(f"{target.name}.part")
        try:
            asked = {"what": "thumbnail", "path": str(path), "target": str(half)}
            if not _do(self._looking, **asked, shape=asdict(shape)):
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
        return base64.b64decode(_do(self._looking, what="shrink", picture=given))

    def lacks(self, shape: Shape, kind: str) -> Reason:
        """What is missing to convert such a file to a kind; no reason if nothing."""
        return NO_REASON if kind == "image" else ffmpeg.missing_tools(kind)

    def convert(self, source: Path, shape: Shape, kind: str, target: Path) -> None:
        """Write what phones play as this kind; WrongKindError if it cannot be done."""
        paths = {"path": str(source), "target": str(target)}
        with _one_in_full if kind == "image" else nullcontext():
            _do(self._converting, what="convert", **paths, shape=asdict(shape), kind=kind)

    def stop(self) -> None:
        """End what is under way, and whatever is asked after it."""
        self._looking.stop()
        self._converting.stop()


def _do(work: BoundedWork, **asked: Any) -> Any:
    with _turns:
        try:
            return work.ask(asked)
        except WorkEndedError as end:
            if end.reason is EndReason.STOPPED:
                raise
            raise WrongKindError("media", Reason(Code.MEDIA_TAKES_TOO_MUCH)) from None
