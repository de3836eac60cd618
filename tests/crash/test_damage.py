"""A damaged file cannot keep its promise: that is said, and the last back-up brings all back."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.books import Books
from tests.crash.faults import overwrite_head, overwrite_pages
from tests.crash.home import OwnersBrowser, readyz_says
from tests.product import ROOT, Product, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.link import LinkState
from wasched.domain.message import GONE_OUT

ADA, BOB = "4915100000001", "4915100000002"
_NOTICED_S = 45.0
_LOGS = ("api", "worker")


class Scene:
    """A linked product with a few texts that have arrived, and its back-up."""

    def __init__(self, product: Product, phones: Simulator, archive: Path) -> None:
        self.product, self.phones, self._archive = product, phones, archive
        for phone, name in ((ADA, "Ada"), (BOB, "Bob")):
            phones.add_person(phone=phone, name=name)
        self.books = Books(product)
        self.account_id = self.books.link(phones, ADA)
        self.browser = OwnersBrowser(product, self.books)
        for number in range(3):
            self.send(f"Before {number}")
        assert self.back_up(archive).returncode == 0
        self._log_ends = dict.fromkeys(_LOGS, 0)

    def send(self, text: str) -> None:
        """Schedule a text for Bob for now, and wait until it is known to have gone."""
        schedule_id = self.books.schedule(self.account_id, f"+{BOB}", text)
        until(lambda: self._status_of(schedule_id) in GONE_OUT, f"{text} goes out", 60)

    def back_up(self, target: Path) -> subprocess.CompletedProcess[bytes]:
        """Write a back-up as a nightly task would, and leave nothing behind where it fails."""
        return self._shell("backup", str(target))

    def stop(self) -> None:
        """Stop api and worker, as `docker compose down` does, and let go of every file."""
        self.books.close()
        for name in _LOGS:
            self.product.stop(name)
            self._log_ends[name] = len(self.product.log(name))

    def start(self) -> None:
        """Start both, however they are."""
        self.product.start_api(answers=None)  # pages it starts with may be among the damaged
        self.product.start_worker()

    def restore(self) -> None:
        """Put the back-up in the place of what is there, and start again."""
        self.stop()
        done = self._shell("restore", "--replace", str(self._archive))
        assert done.returncode == 0, done.stderr.decode()
        self.start()
        connected = lambda: self._state() == LinkState.CONNECTED  # noqa: E731
        until(connected, "the account is connected again", 60)

    def wait_until_said(self, words: str) -> None:
        """Return once Home, /readyz and the log have said some words since the last stop."""
        deadline = time.monotonic() + _NOTICED_S
        while unsaid := self._unsaid(words):
            assert time.monotonic() < deadline, f"“{words}” is not said by {', '.join(unsaid)}"
            time.sleep(0.5)

    @property
    def store(self) -> Path:
        """The file of the link."""
        return self.product.settings.session_path / f"account-{self.account_id}.db"

    def _unsaid(self, words: str) -> list[str]:
        log = "".join(self.product.log(one)[self._log_ends[one] :] for one in _LOGS)
        said = {
            "Home": self.browser.read_home(),
            "/readyz": readyz_says(self.product),
            "the log": log,
        }
        return [place for place, text in said.items() if words not in text]

    def _state(self) -> str:
        return self.books.account(self.account_id).state

    def _status_of(self, schedule_id: int) -> str:
        rows = self.books.messages()
        return next(one.status for one in rows if one.schedule_id == schedule_id)

    def _shell(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "wasched", *words],
            cwd=ROOT,
            env={**os.environ, "DB_PATH": str(self.product.settings.db_path)},
            capture_output=True,
        )


@pytest.fixture
def scene(tmp_path: Path, whatsapp: Simulator) -> Iterator[Scene]:
    """The product without Redis, so that its queue is a file, too."""
    product = Product(tmp_path / "product", whatsapp.environment(os.environ))
    try:
        product.start()
        made = Scene(product, whatsapp, tmp_path / "good.tar.gz")
        yield made
        made.books.close()
    finally:
        product.end()


@pytest.fixture
def rng() -> Random:
    """Which pages are hit; SEED=… in the environment hits the same ones again."""
    seed = int(os.environ.get("SEED") or Random().getrandbits(32))
    print(f"\nreplay with SEED={seed}")
    return Random(seed)


@pytest.mark.torture
def test_a_damaged_database_is_said_and_not_backed_up_and_comes_back(
    scene: Scene, rng: Random, tmp_path: Path
) -> None:
    scene.stop()
    overwrite_pages(scene.product.settings.db_path, 5, rng)
    scene.start()

    scene.wait_until_said("damaged")
    refused = scene.back_up(tmp_path / "bad.tar.gz")
    assert refused.returncode != 0
    assert b"damaged" in refused.stderr and b"Traceback" not in refused.stderr
    assert not (tmp_path / "bad.tar.gz").exists()

    scene.restore()
    scene.send("After")
    assert scene.phones.texts(phone=BOB) == ["Before 0", "Before 1", "Before 2", "After"]
    assert readyz_says(scene.product) == ""


@pytest.mark.torture
def test_a_damaged_store_of_a_link_is_said_and_comes_back(scene: Scene, rng: Random) -> None:
    scene.stop()
    overwrite_pages(scene.store, 12, rng)
    _expect_words_and_restore(scene)


@pytest.mark.torture
def test_a_store_that_is_none_any_more_is_said_and_comes_back(scene: Scene, rng: Random) -> None:
    scene.stop()
    overwrite_head(scene.store, rng)
    _expect_words_and_restore(scene)


@pytest.mark.torture
def test_a_damaged_queue_holds_nothing_up(scene: Scene, rng: Random) -> None:
    scene.stop()
    overwrite_head(scene.product.settings.queue_path, rng)
    scene.start()

    scene.send("After")
    assert scene.phones.texts(phone=BOB)[-1:] == ["After"]


def _expect_words_and_restore(scene: Scene) -> None:
    """Start with a damaged store: it is said, and after a restore everything goes on."""
    scene.start()
    scene.books.schedule(scene.account_id, f"+{BOB}", "Meanwhile")
    scene.wait_until_said("link's file is damaged")

    scene.restore()
    scene.send("After")
    texts = scene.phones.texts(phone=BOB)
    assert texts.count("After") == 1 and texts.count("Meanwhile") <= 1
