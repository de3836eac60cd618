"""A running server whose keys may ask without end, and programs from their own environment."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.books import Books
from tests.browser import full
from tests.browser.conftest import api_alone, owner_of
from tests.browser.person import OWNER
from tests.product import ROOT
from tools.set_up_tests import find_client
from wasched.services.caller import Caller
from wasched.services.identity import keys

HERE = ROOT / "tests" / "clients"
_NO_LIMITS = {"API_PER_MINUTE": "1000000", "API_BURST": "1000000"}


@dataclass(frozen=True)
class Door:
    """A server, and a key of its owner."""

    url: str
    key: str
    books: Books

    @property
    def owner(self) -> Caller:
        """The owner, who has just given their password."""
        return replace(self.books.owner, confirmed_at=datetime.now(UTC))


@pytest.fixture(scope="package")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A server with a linked phone, for all who ask by the API."""
    with api_alone(tmp_path_factory.mktemp("asked"), **_NO_LIMITS) as product:
        owner_of(product)
        full.link_phone(product.settings, OWNER.email)
        books = Books(product)
        with books.scope() as session:
            now = datetime.now(UTC)
            key = keys.add_key(session, books.owner, "Church bells", ["read", "send"], now)
        yield Door(product.url, key, books)


def run_client(
    program: str, *words: str, given: str = "", folder: Path = HERE, **environ: str
) -> str:
    """What a program of the clients' environment prints; AssertionError where it fails."""
    path = find_client(program)
    assert path, f"There is no {program} here: tools/set_up_tests.py installs it."
    done = subprocess.run(
        [path, *words],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environ},
        input=given,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout
