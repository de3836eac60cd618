"""How long it takes to start, how big it is at rest, and how fast it sends."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
from sqlalchemy import func, select
from sqlmodel import col

from tests.books import Books, now
from tests.product import Product, running, until
from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.driven import DrivenClient
from wasched.domain.content import Text
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.schedules import create

ADA, EVE, BOB = "4915100000001", "4915100000003", "4915100000002"


def test_start_and_rest(tmp_path: Path, whatsapp: Simulator, full: bool) -> None:
    whatsapp.add_person(phone=ADA, name="Ada")
    environ = whatsapp.environment(os.environ)
    for door in ("wasched.wasched", "wasched.worker"):
        print(f"import {door:28} {_seconds([sys.executable, '-c', f'import {door}']):6.2f} s")
    with running(tmp_path / "product", environ) as product:
        books = Books(product)
        books.link(whatsapp, ADA)
        product.stop("worker")
        product.stop("api")
        begun = time.monotonic()
        product.start_api()
        print(f"second start until the api answers   {time.monotonic() - begun:6.2f} s")
        product.start_worker()
        until(lambda: product.link_children(), "the link has a process")
        settling_s, resting_s = (15.0, 30.0) if full else (0.1, 0.1)
        time.sleep(settling_s)
        _print_rest(product, resting_s)
        books.close()


def test_sends_a_second(tmp_path: Path, whatsapp: Simulator, full: bool) -> None:
    count = 300 if full else 150
    for phone, name in ((ADA, "Ada"), (EVE, "Eve"), (BOB, "Bob")):
        whatsapp.add_person(phone=phone, name=name)
    bare = _bare(tmp_path, whatsapp, count)
    ours = _ours(tmp_path, whatsapp, count)
    print(f"bare neonize loop   {bare:7.1f} sends a second")
    print(f"wasched             {ours:7.1f} sends a second, {bare / ours:.2f} times slower")


def _bare(folder: Path, phones: Simulator, count: int) -> float:
    with DrivenClient(phones, folder / "bare.db") as client:
        client.wait("Ready")
        client.link(EVE).send(BOB, "to begin a session")
        begun = time.monotonic()
        for number in range(count):
            client.send(BOB, f"Bare {number}")
        return count / (time.monotonic() - begun)


def _ours(folder: Path, phones: Simulator, count: int) -> float:
    with running(folder / "product", phones.environment(os.environ)) as product:
        books = Books(product)
        account_id = books.link(phones, ADA)
        books.schedule(account_id, f"+{BOB}", "to begin a session")
        until(lambda: _sent(books) == 1, "the first is sent")
        texts = tuple(f"Ours {number}" for number in range(count))
        with books.scope() as session:
            for text in texts:
                request = create.ScheduleRequest(
                    account_id, (f"+{BOB}",), (Text(text),), None, None, "Europe/Berlin"
                )
                create.create_schedule(session, books.owner, request, now())
        # Nothing woke the worker: what passes until it looks by itself is not the sending.
        until(lambda: _sent(books) > 1, "the sending has begun")
        begun, already = time.monotonic(), _sent(books)
        until(lambda: _sent(books) == count + 1, "all are sent", 300)
        taken = time.monotonic() - begun
        books.close()
        return (count + 1 - already) / taken


def _sent(books: Books) -> int:
    # Counted by the database: the loopback server shares this process, and so its time.
    done = (Status.SENT, Status.DELIVERED, Status.READ)
    with books.scope(write=False) as session:
        counted = select(func.count()).select_from(Message).where(col(Message.status).in_(done))
        return session.scalar(counted) or 0


def _print_rest(product: Product, seconds: float) -> None:
    parts = {name: product.processes(name) for name in ("api", "worker")}
    children = product.link_children()
    parts["worker"] = [one for one in parts["worker"] if one not in children]
    parts["link"] = children
    before = {name: _cpu(ones) for name, ones in parts.items()}
    time.sleep(seconds)
    for name, ones in parts.items():
        share = (_cpu(ones) - before[name]) / seconds * 100
        size = sum(one.memory_full_info().pss for one in ones) / 2**20
        print(f"idle {name:8} {size:6.0f} MB (PSS) {share:6.2f} % of one core")


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in processes)


def _seconds(line: list[str]) -> float:
    begun = time.monotonic()
    subprocess.run(line, check=True)
    return time.monotonic() - begun
