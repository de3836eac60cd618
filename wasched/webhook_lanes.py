"""Deliveries to webhooks by the worker: a lane for each, so that none waits for another."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from wasched import bootstrap
from wasched.services.ports import WebhookLine
from wasched.services.webhooks import deliveries
from wasched.services.webhooks.deliveries import Address, Batch, DeliveryResult, Parcel
from wasched.text.event_payload import event_id, event_payload

log = logging.getLogger(__name__)

LANES_MAX = 24
"""So many webhooks are delivered to at once. One that does not answer is tried ever more rarely, so
that it takes the place of another for ten seconds now and then."""

_WRITTEN_S = 0.3
"""Answers are written down this often: one commit for all that came meanwhile."""


class WebhookLanes:
    """What goes to webhooks; each has a thread while something is due for it.

    Of several workers one delivers at a time: the one of which `leads` says so.
    """

    def __init__(self, leads: Callable[[], bool] = lambda: True) -> None:
        self._leads = leads
        self._lock = threading.Lock()
        self._busy: set[int] = set()
        self._stopping = threading.Event()

    def look(self) -> None:
        """Begin a lane for each webhook that something is due for, if it has none."""
        due = bootstrap.answer(deliveries.due_webhooks) if self._leads() else []
        for webhook_id in due:
            if self._take(webhook_id):
                name = f"webhook-{webhook_id}"
                args = (webhook_id,)
                threading.Thread(target=self._run, args=args, name=name, daemon=True).start()

    def stop(self) -> None:
        """Begin nothing more; what is on its way is delivered once more by the next worker."""
        self._stopping.set()

    def is_idle(self) -> bool:
        """True if nothing is on its way."""
        with self._lock:
            return not self._busy

    def _take(self, webhook_id: int) -> bool:
        with self._lock:
            is_free = webhook_id not in self._busy and len(self._busy) < LANES_MAX
            if is_free and not self._stopping.is_set():
                self._busy.add(webhook_id)
                return True
        return False

    def _run(self, webhook_id: int) -> None:
        try:
            self._deliver(webhook_id)
        except Exception:  # the next look begins anew
            log.exception("Deliveries to webhook %s failed; trying again", webhook_id)
        finally:
            with self._lock:
                self._busy.discard(webhook_id)

    def _deliver(self, webhook_id: int) -> None:
        """Deliver what is due, until nothing is."""
        ended: list[DeliveryResult] = []
        rng = Random()
        line: WebhookLine | None = None
        address: Address = ("", ())
        try:
            while True:
                batch = _exchange(webhook_id, ended, rng)
                if not batch.parcels or self._stopping.is_set() or not self._leads():
                    return
                if line is None or address != batch.address:
                    line, address = _open_anew(line, batch.address), batch.address
                ended = list(_post_all(line, batch.parcels))
        finally:
            if line is not None:
                line.close()


def _exchange(webhook_id: int, ended: list[DeliveryResult], rng: Random) -> Batch:
    """What goes next; how what went before ended is written down."""
    return bootstrap.transaction(
        lambda session, now: deliveries.exchange(session, webhook_id, ended, now, rng)
    )


def _open_anew(line: WebhookLine | None, address: Address) -> WebhookLine:
    if line is not None:
        line.close()
    return bootstrap.webhook_poster().open(*address)


def _post_all(line: WebhookLine, parcels: Sequence[Parcel]) -> Iterator[DeliveryResult]:
    """Post one after another, for a moment; what follows one that was not taken waits with it."""
    until_s, held = time.monotonic() + _WRITTEN_S, set[str]()
    for parcel in parcels:
        if parcel.object in held:
            continue
        ended = _post(line, parcel)
        yield ended
        if not ended.result.is_taken:
            held.add(parcel.object)
        if ended.result.is_of_endpoint or time.monotonic() > until_s:
            return


def _post(line: WebhookLine, parcel: Parcel) -> DeliveryResult:
    ids, clock = bootstrap.opaque_ids(), bootstrap.clock()
    body = json.dumps(event_payload(parcel.fact, ids), ensure_ascii=False)
    result = line.post(event_id(parcel.fact, ids), clock.now(), body)
    return DeliveryResult(parcel.delivery_id, clock.now(), result)
