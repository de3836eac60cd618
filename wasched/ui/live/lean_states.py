"""States that take less memory while nothing changes in them.

A tab has some seventy States, each made with two empty sets for what changes in it, though most are
of pages that the tab never opens: 27 KB of each tab.
"""

from typing import Any

from reflex.state import BaseState

_SETS = ("dirty_vars", "dirty_substates")


def make_sets_late() -> None:
    """Have each State make its sets once something in it changes."""
    BaseState._init_bookkeeping = _init_bookkeeping  # type: ignore[method-assign]
    BaseState.__getattr__ = _missing_set  # type: ignore[attr-defined]


def _init_bookkeeping(self: BaseState, parent_state: BaseState | None = None) -> None:
    """What Reflex's own does, but for the sets."""
    given: dict[str, Any] = {
        "parent_state": parent_state,
        "substates": {},
        "_was_touched": False,
    }
    for name, value in given.items():
        object.__setattr__(self, name, value)


def _missing_set(self: BaseState, name: str) -> Any:
    """Python asks here for what an object does not have."""
    if name not in _SETS:
        raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}", name=name)
    made: set[str] = set()
    object.__setattr__(self, name, made)
    return made
