"""A disk of its own for one folder, small enough to be filled."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NOT_HERE = (
    "A disk cannot be filled here, for none may be mounted: run the tests as root, "
    "or as `unshare --map-root-user --mount make torture`."
)

_AGAIN_S = 0.2


class SmallDisk:
    """A tmpfs on a folder; who uses the folder notices nothing of it until it is full."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self._megabytes = folder, megabytes
        self.is_mounted = False

    def mount(self) -> bool:
        """Put it in place, before anything is in the folder; False where nobody may."""
        self.folder.mkdir(parents=True, exist_ok=True)
        size = f"size={self._megabytes}m,mode=0700"
        line = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(self.folder)]
        with suppress(OSError):
            self.is_mounted = subprocess.run(line, capture_output=True).returncode == 0
        return self.is_mounted

    def unmount(self) -> None:
        """Take it away with all that is on it, whoever still has files open."""
        if self.is_mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
            self.is_mounted = False

    @contextmanager
    def filled(self) -> Iterator[None]:
        """Leave no byte free, nor any that becomes free meanwhile, until the end of the block."""
        assert self.is_mounted, NOT_HERE
        ballast, is_over = self.folder / "ballast", threading.Event()

        def keep_full() -> None:
            while not is_over.is_set():
                _fill_up(ballast)
                is_over.wait(_AGAIN_S)

        _fill_up(ballast)
        thread = threading.Thread(target=keep_full, name="ballast", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()
            ballast.unlink()


def _fill_up(ballast: Path) -> None:
    """Write until there is no room, in ever smaller pieces."""
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        for piece in (1 << 20, 4096):
            with suppress(OSError):
                while os.write(handle, bytes(piece)) == piece:
                    pass
    finally:
        os.close(handle)
