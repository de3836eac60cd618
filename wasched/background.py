"""The worker's longer work, on threads of its own: the queue's few threads are everybody's."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from wasched import bootstrap
from wasched.adapters.alarms import alarms
from wasched.services.files import conversion
from wasched.services.schedules import catch_up

log = logging.getLogger(__name__)

CONVERTED_AT_ONCE = 1
"""So many files are converted at once: each may take 200 MB."""

_AT_ONCE_S = 1.0
"""Whoever lays out goes on for so long before it leaves the rest to a thread of its own."""

_advancing = threading.Lock()
_converting = threading.Semaphore(CONVERTED_AT_ONCE)


def run_apart(
    name: str, number: int, work: Callable[[], None], delay: timedelta = timedelta()
) -> None:
    """Do what may have to wait for WhatsApp on a thread of its own, now or after a while.

    A line that does not answer holds up no other account. What is lost with this process is
    found anew by the next.
    """

    def do() -> None:
        try:
            work()
        except Exception:  # as the queue itself would log it
            log.exception("Task %s(%s) failed", name, number)

    def begin() -> None:
        threading.Thread(target=do, name=f"{name}-{number}", daemon=True).start()

    if delay > timedelta():
        alarms().after(delay.total_seconds(), begin)
    else:
        begin()


def lay_out_backlog() -> None:
    """Lay out what can still go in time; what was slept through, on a thread of its own.

    One thread at a time does so, and takes in what comes due meanwhile: others leave it to that.
    """
    if not _advancing.acquire(blocking=False):
        return
    steps = catch_up.work_off(bootstrap.database(), bootstrap.clock())
    is_left = False
    try:
        is_left = _take_steps(steps, time.monotonic() + _AT_ONCE_S)
        if is_left:
            threading.Thread(target=_take_the_rest, args=(steps,), daemon=True).start()
    finally:
        if not is_left:
            _advancing.release()


def convert_waiting() -> None:
    """Make attached files into what phones play, until none waits for it."""
    is_waited_for = True
    while is_waited_for and _converting.acquire(blocking=False):
        try:
            while _convert_next():
                pass
        finally:
            _converting.release()
        is_waited_for = _next_to_convert() is not None  # who found both busy has gone by then


def _take_steps(steps: Iterator[catch_up.CatchUpStep], until_s: float = math.inf) -> bool:
    """Go on step by step; True when only the past is left, or time is up."""
    return any(not step.is_needed or time.monotonic() > until_s for step in steps)


def _take_the_rest(steps: Iterator[catch_up.CatchUpStep]) -> None:
    try:
        while _take_steps(steps):
            pass
    except Exception:  # the next minute goes on from where this one came to
        log.exception("What was slept through could not be listed; trying again")
    finally:
        _advancing.release()


def _convert_next() -> bool:
    media_id = _next_to_convert()
    if media_id is None:
        return False
    store, tools = bootstrap.media_store(), bootstrap.media_tools()
    conversion.convert_file(bootstrap.database(), store, tools, media_id, bootstrap.clock().now())
    return True


def _next_to_convert() -> int | None:
    return bootstrap.answer(lambda session, _now: conversion.next_waiting(session))
