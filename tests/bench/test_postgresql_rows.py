"""What a claim costs on PostgreSQL with a thousand messages and with ten million."""

import time
from collections.abc import Iterator

import pytest

from tests.bench.claims import print_claims
from tests.bench.postgresql_library import build_on_postgresql
from tests.postgresql_server import PostgresqlServer


@pytest.fixture
def server() -> Iterator[PostgresqlServer]:
    """As compose.scale.yaml sets it up, but for a log that is not written while it is filled."""
    made = PostgresqlServer(
        shared_buffers="256MB", wal_level="minimal", max_wal_senders="0", max_wal_size="8GB"
    )
    try:
        made.start()
        yield made
    finally:
        made.end()


def test_claims_with_ten_million_rows(server: PostgresqlServer, full: bool) -> None:
    sizes = (1_000, 10_000_000) if full else (1_000,)
    print("\nclaim of one message, committed, PostgreSQL, ms   p50      p99")
    for count in sizes:
        begun = time.monotonic()
        engine = build_on_postgresql(server.new_database(f"rows_{count}"), count)
        taken = time.monotonic() - begun
        print_claims(engine, count)
        print(f"    written in {taken:.0f} s")
        engine.dispose()
