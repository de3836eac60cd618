"""Fifty accounts on one worker: each sends, and no kill of their processes loses anything."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.crash.many import ManyAccounts
from tests.product import START_S, Product, Redis, until
from tests.whatsapp_server.client import Simulator


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_fifty_kills_while_fifty_accounts_send_lose_nothing_and_send_nothing_twice(
    tmp_path: Path, whatsapp: Simulator, redis: Redis
) -> None:
    """ACCOUNTS=20 KILLS=20 TEXTS=40 make it smaller; SEED replays it."""
    count, kills = int(os.environ.get("ACCOUNTS", 50)), int(os.environ.get("KILLS", 50))
    texts = int(os.environ.get("TEXTS", 100))
    seed = int(os.environ.get("SEED") or int.from_bytes(os.urandom(4), "big"))
    print(f"\nreplay with SEED={seed}")
    environ = whatsapp.environment(os.environ) | redis.environ | {"ACCOUNTS_MAX": "1000"}
    product = Product(tmp_path / "product", environ)
    try:
        product.start_worker()
        until(lambda: "Worker started" in product.log("worker"), "the worker has begun", START_S)
        many = ManyAccounts(product, whatsapp, count)
        rest = many.sizes()
        many.schedule(texts, lead_s=10 + 0.05 * texts * count)
        under_fire = many.kill_links(kills, Random(seed))
        many.calm(patience_s=3600)
        print(f"{count} accounts at rest: {rest}; after {kills} kills: {many.sizes()}")
        print(f"{many.check(texts)}; {under_fire} kills while messages waited")
        many.books.close()
    finally:
        product.end()

    assert rest["MB"] < 64 + 2 * 58 + 3 * count + 40  # the worker's own memory is counted in
    assert rest["threads"] < 256
    assert rest["open files"] < 1024
