"""Many accounts in the same link processes: memory, and how fast all of them send."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from pathlib import Path

import psycopg
import pytest

from tests.adapters.whatsapp.watched import Watched, to
from tests.bench import bare_clients
from tests.own_postgresql import OwnPostgreSql
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.session_place import place_of
from wasched.domain.link import LinkState, QrShown

BOB = "4915100000002"


def test_memory_of_each_further_account(
    tmp_path: Path, whatsapp: Simulator, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = (1, 2, 5, 10, 25, 50) if full else (1, 2)
    with _links(tmp_path, whatsapp, monkeypatch) as link:
        for mark in marks:
            links = link(mark)
            time.sleep(5 if full else 0)
            found = {one.process() for one in links}
            size = sum(one.memory_full_info().pss for one in found) / 2**20
            print(
                f"\n{mark:3} accounts, {len(found)} processes: {size:6.1f} MB (PSS), "
                f"{sum(one.num_threads() for one in found)} threads, at most "
                f"{max(one.num_fds() for one in found)} open files in one",
                end="",
            )


def test_sends_of_all_at_once(
    tmp_path: Path, whatsapp: Simulator, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts, texts = (int(os.environ.get("ACCOUNTS", 50)), 40) if full else (2, 3)
    whatsapp.add_person(phone=BOB, name="Bob")
    with _links(tmp_path, whatsapp, monkeypatch) as link:
        links = link(accounts)
        for one in links:
            one.line.send(to(BOB, "to begin a session"))
        begun = time.monotonic()
        with ThreadPoolExecutor(accounts) as pool:
            took = [one for some in pool.map(lambda one: _send(one, texts), links) for one in some]
        ours = accounts * texts / (time.monotonic() - begun)
    bare = _bare(tmp_path, whatsapp, accounts, texts)
    took.sort()
    print(f"\n{accounts} accounts, {texts} texts each, all at once")
    print(f"  links     {ours:7.1f} sends a second, p50 {statistics.median(took) * 1000:.0f} ms")
    print(f"  bare loop {bare:7.1f} sends a second; {bare / ours:.2f} times as fast")


def test_sends_with_links_in_files_and_in_postgresql(
    tmp_path: Path, whatsapp: Simulator, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not full:
        pytest.skip("It starts a PostgreSQL of its own: make bench runs it.")
    whatsapp.add_person(phone=BOB, name="Bob")
    accounts, texts = 8, 60
    with closing(OwnPostgreSql(is_durable=True)) as server, ExitStack() as stack:
        kinds = {}
        for number, (kind, url) in enumerate({"files": "", "PostgreSQL": server.url}.items()):
            many = _links(tmp_path / kind, whatsapp, monkeypatch, url, f"49151{number + 3}")
            kinds[kind] = stack.enter_context(many)(accounts)  # type: ignore[operator]
        for _ in range(3):
            for kind, links in kinds.items():
                for count in (1, accounts):
                    some = links[:count]
                    begun = time.monotonic()
                    with ThreadPoolExecutor(count) as pool:
                        took = sorted(
                            chain.from_iterable(pool.map(lambda one: _send(one, texts), some))
                        )
                    rate = count * texts / (time.monotonic() - begun)
                    print(
                        f"\n{kind:10} {count} accounts {rate:7.1f} sends a second, p50 "
                        f"{statistics.median(took) * 1000:.1f} ms, p99 "
                        f"{took[int(len(took) * 0.99)] * 1000:.1f} ms",
                        end="",
                    )
        for kind, links in kinds.items():
            size = sum(one.memory_full_info().pss for one in {one.process() for one in links})
            print(f"\n{kind:10} {accounts} accounts {size / 2**20:.1f} MB (PSS)", end="")
        with psycopg.connect(server.url) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            ).fetchone()
        print(f"\n{found[0] - 1 if found else 0} connections at rest")


@contextmanager
def _links(
    folder: Path,
    phones: Simulator,
    monkeypatch: pytest.MonkeyPatch,
    database: str = "",
    prefix: str = "491511",
) -> Iterator[object]:
    """Gives a function that links accounts until there are so many."""
    for name, value in phones.environment(os.environ).items():
        monkeypatch.setenv(name, value)
    processes, links = LinkProcesses(25), list[Watched]()

    with ExitStack() as stack:

        def link(count: int) -> list[Watched]:
            for number in range(len(links), count):
                phone = f"{prefix}{number:07}"
                phones.add_person(phone=phone, name=f"Singer {number}")
                kept = place_of(folder / "sessions", number, database)
                one = Watched(kept.file, processes, database)
                stack.callback(one.line.stop)
                phones.scan(qr=one.next(QrShown).code, phone=phone)
                one.state(LinkState.CONNECTED)
                links.append(one)
            return links

        yield link


def _send(one: Watched, texts: int) -> list[float]:
    took = []
    for number in range(texts):
        begun = time.monotonic()
        one.line.send(to(BOB, f"Text {number}"))
        took.append(time.monotonic() - begun)
    return took


def _bare(folder: Path, phones: Simulator, accounts: int, texts: int) -> float:
    """Sends a second of a loop over as many clients of the library, with nothing of ours."""
    for number in range(accounts):
        phones.add_person(phone=f"491512{number:07}", name=f"Bare {number}")
    line = [sys.executable, "-m", bare_clients.__name__, str(folder), str(accounts), str(texts)]
    environ = phones.environment(os.environ) | {"CONTROL": phones.control_url}
    done = subprocess.run(line, env=environ, check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])
