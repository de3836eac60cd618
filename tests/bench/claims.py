"""How long the claim of one message takes, committed."""

import time
from collections.abc import Iterator
from random import Random

from sqlalchemy import Engine, select

from tests.bench.library import NOW
from tests.scopes import session_scope
from wasched.models import Message
from wasched.services.delivery.claim import claim_due

_TIMES = 400


def print_claims(engine: Engine, rows: int) -> None:
    """The median and the 99th of a hundred, a line of a table."""
    times = sorted(_claims(engine))
    half, most = times[len(times) // 2], times[len(times) * 99 // 100 - 1]
    print(f"  with {rows:10,} rows                 {half:7.2f}  {most:7.2f}")


def _claims(engine: Engine) -> Iterator[float]:
    """Claim what waits, one message after another, each at its instant; milliseconds."""
    with session_scope(write=False, bound=engine) as session:
        waiting = select(Message.due_at).where(
            Message.account_id == 2, Message.status == "scheduled", Message.due_at > NOW
        )
        instants = session.scalars(waiting.order_by(Message.due_at).limit(_TIMES)).all()
    for instant in instants:
        begun = time.perf_counter()
        with session_scope(bound=engine) as session:
            assert isinstance(claim_due(session, 2, instant, Random(1), most=1), list)
        yield (time.perf_counter() - begun) * 1000
