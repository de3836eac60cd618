"""Asks several things at once: a slow one holds up no other, and one that fails is a fault."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from wasched.domain.storage import sentence_for

log = logging.getLogger(__name__)

Group = Mapping[str, Callable[[], Any]]
"""Questions by name that one thread asks one after another, because they take the same way."""

PATIENCE_S = 10.0
_MOMENT_S = 0.25  # what is answered within it is told together
_THREADS = 8  # of their own: what hangs here must not keep other pages from being answered


@dataclass(frozen=True)
class Fault:
    """Why something could not be read, in one sentence."""

    sentence: str


async def answers(groups: Iterable[Group]) -> AsyncIterator[dict[str, Any]]:
    """What the questions came to, each an answer or a Fault, in few portions."""
    loop = asyncio.get_running_loop()
    asked = {loop.run_in_executor(_threads(), _ask_all, group): group for group in groups}
    end, waiting = loop.time() + PATIENCE_S, set(asked)
    moment, until = min(_MOMENT_S, PATIENCE_S), asyncio.ALL_COMPLETED
    while waiting and moment > 0:
        done, waiting = await asyncio.wait(waiting, timeout=moment, return_when=until)
        if done:
            yield {name: found for one in done for name, found in one.result().items()}
        moment, until = end - loop.time(), asyncio.FIRST_COMPLETED
    if waiting:
        silent = Fault(f"It did not answer within {PATIENCE_S:.0f} seconds.")
        yield {name: silent for one in waiting for name in asked[one]}


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="looking")


def _ask_all(group: Group) -> dict[str, Any]:
    return {name: _ask(question) for name, question in group.items()}


def _ask(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except Exception as fault:  # whatever it is, the others can be read
        log.warning("Something cannot be read", exc_info=fault)
        return fault_of(fault)


def fault_of(fault: Exception) -> Fault:
    """What an exception means for who wanted to read something."""
    return Fault(_why(fault))


def _why(fault: Exception) -> str:
    if sentence := sentence_for(fault):
        return f"It cannot be read. {sentence}"
    if isinstance(fault, OSError) and fault.strerror:
        return f"It cannot be read: {fault.strerror}."
    return "It cannot be read; the server's log says why."
