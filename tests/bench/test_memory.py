"""What memory does over many sends."""

import os
import time
from pathlib import Path

import psutil

from tests import files
from tests.bench.contenders import Wasched
from tests.books import now
from tests.content.conftest import Correspondence
from tests.product import Product, Redis, running, until
from tests.whatsapp_server.client import Simulator
from wasched.models import Recipient, RecipientKind
from wasched.services.files import media
from wasched.services.schedules import create
from wasched.services.schedules.requests import RECIPIENTS_MAX, ScheduleRequest


def test_worker_over_a_hundred_thousand_sends(tmp_path: Path, full: bool) -> None:
    marks, lead_s = ((1_000, 10_000, 50_000, 100_000), 10) if full else ((20,), 2)
    redis = Redis(tmp_path / "redis")
    redis.start()
    try:
        with Wasched(tmp_path / "wasched", redis.port) as contender:
            until(lambda: contender.table.exists(), "the worker has begun")
            time.sleep(lead_s / 2)
            print(f"\nworker, idle             {_pss(contender.worker.pid):6.1f} MB (PSS)")
            contender.schedule([time.time() + lead_s] * marks[-1])
            for mark in marks:
                until(lambda at=mark: contender.count_sent() >= at, f"{mark} are sent", 600)
                print(f"worker, {mark:7,} sent     {_pss(contender.worker.pid):6.1f} MB (PSS)")
    finally:
        redis.kill()


def test_five_thousand_people_get_a_picture(
    tmp_path: Path, whatsapp: Simulator, full: bool
) -> None:
    count, settling_s = (RECIPIENTS_MAX, 10) if full else (5, 0)
    with running(tmp_path / "product", whatsapp.environment(os.environ)) as product:
        post = Correspondence(product, whatsapp)
        phones = [f"49152{number:08}" for number in range(count)]
        for number, phone in enumerate(phones):
            whatsapp.add_person(phone=phone, name=f"Singer {number}", delivered=None)
        people = _people(post, phones)
        uploaded = post.upload(files.picture("jpeg", (1200, 800)), "hall.jpg")
        time.sleep(settling_s)
        idle, most = _sizes(product), _sizes(product)
        begun = time.monotonic()
        _send(post, people, uploaded)

        def are_sent() -> bool:
            for name, size in _sizes(product).items():
                most[name] = max(most.get(name, 0.0), size)
            return sum(whatsapp.message_counts().values()) >= count

        until(are_sent, "all have arrived", 1500)
        taken = time.monotonic() - begun
        _check(whatsapp, phones)
        post.close()
    print(f"\na picture with a text of their own to {count:,} people: {taken:.0f} s,")
    print(f"{count / taken:.0f} a second; one upload, each got their own text once")
    for name, size in idle.items():
        print(f"  {name:7} idle {size:6.1f} MB (PSS), at most {most[name]:6.1f} MB")


def _people(post: Correspondence, phones: list[str]) -> list[int]:
    with post.books.scope() as session:
        rows = [
            Recipient(
                space_id=post.books.owner.space_id,
                kind=RecipientKind.PERSON,
                phone=f"+{phone}",
                name=f"Singer {number}",
                fields={"seat": str(number)},
                created_at=now(),
            )
            for number, phone in enumerate(phones)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def _send(post: Correspondence, people: list[int], uploaded: int) -> None:
    with post.books.scope() as session:
        caption = "{name}, your seat is {seat}"
        photo = media.media_content(session, post.books.owner, uploaded, "image", caption)
        request = ScheduleRequest(post.account_id, tuple(people), (photo,), None, None, "UTC")
        create.create_schedule(session, post.books.owner, request, now())


def _check(whatsapp: Simulator, phones: list[str]) -> None:
    places = set()
    for number, phone in enumerate(phones):
        [arrived] = whatsapp.inbox(phone=phone)
        assert arrived["content"]["caption"] == f"Singer {number}, your seat is {number}"
        places.add(arrived["content"]["directPath"])
    assert len(places) == 1


def _sizes(product: Product) -> dict[str, float]:
    """PSS of each part in megabytes."""
    children = {one.pid for one in product.link_children()}
    workers = [one.pid for one in product.processes("worker") if one.pid not in children]
    parts = {"api": [one.pid for one in product.processes("api")], "worker": workers}
    parts["link"] = list(children)
    return {name: sum(map(_pss, pids)) for name, pids in parts.items()}


def _pss(pid: int) -> float:
    size: int = psutil.Process(pid).memory_full_info().pss
    return size / 2**20
