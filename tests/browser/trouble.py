"""What goes wrong on a server while somebody looks at it, and is mended at the end of a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from tests.books import Books
from tests.product import Product
from wasched.services.server import health


@contextmanager
def a_folder_in_the_place_of(file: Path) -> Iterator[None]:
    """A file that cannot be read, because it is none."""
    kept = file.rename(file.with_suffix(".kept"))
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        kept.rename(file)


@contextmanager
def without_sessions(product: Product) -> Iterator[None]:
    """A database that cannot say who is asking, as if a disk were failing."""
    books = Books(product)
    with books.scope() as session:
        session.execute(text("ALTER TABLE sign_in RENAME TO lost"))
    try:
        yield
    finally:
        with books.scope() as session:
            session.execute(text("ALTER TABLE lost RENAME TO sign_in"))


@contextmanager
def silent_worker(product: Product) -> Iterator[None]:
    """The worker was last heard of an hour ago."""
    books, now = Books(product), datetime.now(UTC)
    with books.scope() as session:
        health.note_heartbeat(session, "worker", now, now - timedelta(hours=1))
    try:
        yield
    finally:
        with books.scope() as session:
            health.note_heartbeat(session, "worker", now, now + timedelta(hours=2))
