"""The worker with lines that answer at once: `huey_consumer tests.bench.worker.huey`.

Everything else is the product's: queue, claims, attempts, commits and their durability.
"""

import itertools
from datetime import UTC, datetime

from wasched import bootstrap, worker
from wasched.adapters.dry_run import DryRunLine
from wasched.services.ports import Outgoing, SendReceipt

_numbers = itertools.count(1)


class SilentLine(DryRunLine):
    """Takes every message at once; no receipts follow."""

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take the message."""
        return SendReceipt(f"BENCH-{next(_numbers)}", datetime.now(UTC))


bootstrap.make_line = lambda _account_id, on_event: SilentLine(on_event)

huey = worker.huey
