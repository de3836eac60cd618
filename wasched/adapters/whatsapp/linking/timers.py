"""What has to happen by some time: named alarms on one clock."""

from collections.abc import Callable


class Timers:
    """Alarms that are asked, not waited for; each name has one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._at: dict[str, float] = {}

    def begin(self, name: str, seconds: float) -> None:
        """Let an alarm go off in so many seconds, instead of when it was to."""
        self._at[name] = self._clock() + seconds

    def end(self, *names: str) -> None:
        """Let these alarms not go off."""
        for name in names:
            self._at.pop(name, None)

    def has(self, name: str) -> bool:
        """True while that alarm may still go off."""
        return name in self._at

    def left_s(self) -> float | None:
        """How long until the next one, None if there is none."""
        return max(0.0, min(self._at.values()) - self._clock()) if self._at else None

    def take_due(self) -> list[str]:
        """Those that have gone off, the earliest first; each once."""
        now = self._clock()
        due = sorted((at, name) for name, at in self._at.items() if at <= now)
        self.end(*(name for _, name in due))
        return [name for _, name in due]
