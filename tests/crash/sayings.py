"""How each fault has to be named while it lasts, and who heard what."""

import re
import threading
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from tests.books import now
from tests.crash.home import OwnersBrowser, readyz_says
from tests.product import Product

_EVERY_S = 0.5
_LOGS = ("worker", "api")

_QUEUE = r"queue (does not answer|is (away|slow|full)|answers (late|slowly))|Redis"
_DATABASE = r"database.{0,80}(locked|cannot be written|held|busy|does not take)|another program"
_STORE = r"(link|session)\S* (file|store)|link's data|links? .{0,40}cannot be (kept|written|read)"
_LINKS_DISK = r"(link|session).{0,60}(full|no room)|(full|no room).{0,60}(link|session)"
_CLOCK = r"clock"
_SILENCE = r"no answer|not answered|without an answer|does not answer|Maybe sent|overdue|\bis late"


@dataclass(frozen=True)
class Saying:
    """What must be found on Home, in /readyz and in a log; nothing where nothing is to be said.

    `after_s` is how long a fault may last before it has to be named.
    """

    home: str = ""
    readyz: str = ""
    log: str = ""
    after_s: float = 15.0


def _everywhere(pattern: str, after_s: float = 15.0) -> Saying:
    return Saying(pattern, pattern, pattern, after_s)


SAYINGS = {
    # A writer waits for ten seconds before it knows.
    "database locked": _everywhere(_DATABASE, after_s=20),
    "line back while locked": _everywhere(_DATABASE, after_s=20),
    "link's store locked": _everywhere(_STORE, after_s=20),
    "disk full": _everywhere(r"disk .{0,60}full", after_s=5),
    "link's disk full": _everywhere(_LINKS_DISK),
    "redis frozen": _everywhere(_QUEUE, after_s=20),
    "redis slow": _everywhere(_QUEUE, after_s=20),
    "redis full": _everywhere(_QUEUE),
    "redis flushed": Saying(),  # it answers, and all that it forgot is found by itself
    "redis killed": Saying(log=_QUEUE),  # between two kills it answers
    "clock an hour ahead": _everywhere(_CLOCK),
    "clock an hour back": _everywhere(_CLOCK),
    "clock 60 days ahead": _everywhere(_CLOCK),
    "clock 60 days back": _everywhere(_CLOCK),
    "receipts before answers": Saying(),  # WhatsApp takes its time; nothing is wrong
    "answers never": Saying(home=_SILENCE, log=_SILENCE, after_s=80),
}
"""For each fault: the words that name it, as regular expressions, whatever their case."""


@dataclass(frozen=True)
class Named:
    """Where a fault should have been named, and where it was; `is_due` if it lasted long enough."""

    fault: str
    lasted_s: float
    is_due: bool
    asked: list[str]
    named: list[str]

    def __str__(self) -> str:
        if not self.asked:
            return f"{self.fault}, {self.lasted_s:.0f} s: nothing is to be said"
        said = f"named by {', '.join(self.named)}" if self.named else "named by nobody"
        return f"{self.fault}, {self.lasted_s:.0f} s: {said} of {', '.join(self.asked)}"

    @property
    def is_missing(self) -> bool:
        """True if it should have been named by now where it was not."""
        return self.is_due and self.named != self.asked


@dataclass
class Heard:
    """What was said at one moment."""

    at: datetime
    home: str
    readyz: str


@dataclass
class Witness:
    """Asks Home and /readyz all the time, on a thread of its own; the logs it reads afterwards."""

    product: Product
    browser: OwnersBrowser
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._ask, name="witness", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._is_over.set()
        self._thread.join()

    def log_ends(self) -> dict[str, int]:
        """How long each log is now, in characters."""
        return {name: len(self.product.log(name)) for name in _LOGS}

    def listen_back(self, fault: str, begin: datetime, logs: dict[str, int]) -> Named:
        """Who has named a fault that began then, and is just about to end."""
        saying, moments = SAYINGS[fault], [one for one in self.heard if one.at >= begin]
        lasted_s = (now() - begin).total_seconds()
        said = {
            "Home": (saying.home, [one.home for one in moments]),
            "/readyz": (saying.readyz, [one.readyz for one in moments]),
            "the log": (saying.log, [self.product.log(one)[logs[one] :] for one in logs]),
        }
        asked = {place: one for place, one in said.items() if one[0]}
        named = [place for place, (pattern, words) in asked.items() if _names(pattern, words)]
        return Named(fault, lasted_s, lasted_s >= saying.after_s, sorted(asked), sorted(named))

    def _ask(self) -> None:
        while not self._is_over.wait(_EVERY_S):
            at = now()
            self.heard.append(Heard(at, self.browser.read_home(), readyz_says(self.product)))


def _names(pattern: str, words: list[str]) -> bool:
    return any(_compiled(pattern).search(one) for one in words)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
