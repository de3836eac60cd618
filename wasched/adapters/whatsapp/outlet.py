"""The way out of the links' process: lines that never hold up who says them."""

import os
import queue
import threading

from wasched.adapters.whatsapp.wire import Line, Said, encode_line


class Outlet:
    """Writes what is said to a file descriptor, in order, on a thread of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._write, name="outlet", daemon=True).start()

    def say(self, said: Line) -> None:
        """Put a line on its way."""
        self._lines.put(encode_line(said))

    def _write(self) -> None:
        while True:
            line = self._lines.get()
            try:
                while line:
                    line = line[os.write(self._descriptor, line) :]
            except BrokenPipeError:
                os._exit(0)  # the worker is gone, and this process has no other purpose
            self._lines.task_done()


class PlaceOutlet:
    """The same for what is said by one place."""

    def __init__(self, outlet: Outlet, place: int) -> None:
        self._outlet, self._place = outlet, place

    def say(self, said: Said) -> None:
        """Put it on its way."""
        self._outlet.say(Line(self._place, said))
