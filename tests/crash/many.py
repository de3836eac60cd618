"""Many accounts on one worker, all sending while their link processes are killed."""

import time
from datetime import timedelta
from random import Random

import psutil
from sqlalchemy import func, select
from sqlmodel import col

from tests.books import Books, now
from tests.product import Product, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import Text
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Message
from wasched.services.schedules import create

_LATE_S = 4 * 3600


class ManyAccounts:
    """So many accounts, each with somebody of its own to write to."""

    def __init__(self, product: Product, phones: Simulator, count: int) -> None:
        self.product, self.phones = product, phones
        self.books = Books(product)
        self.accounts: list[int] = []
        for number in range(count):
            phones.add_person(phone=_account_phone(number), name=f"Phone {number}")
            phones.add_person(phone=_reader_phone(number), name=f"Reader {number}")
            linked = self.books.link(phones, _account_phone(number), gap_min_s=0, gap_max_s=0)
            self.accounts.append(linked)

    def schedule(self, texts: int, lead_s: float) -> None:
        """Have each account send so many texts, all due at one instant."""
        at = now() + timedelta(seconds=lead_s)
        with self.books.scope() as session:
            for number, account_id in enumerate(self.accounts):
                for text in range(texts):
                    said = (Text(f"Text {text} of {number}"),)
                    request = create.ScheduleRequest(
                        account_id,
                        (f"+{_reader_phone(number)}",),
                        said,
                        at.date(),
                        at.time(),
                        "UTC",
                        late_s=_LATE_S,
                    )
                    create.create_schedule(session, self.books.owner, request, now())

    def kill_links(self, times: int, rng: Random) -> int:
        """Kill one of the link processes so often; returns how often messages still waited."""
        under_fire = 0
        for _ in range(times):
            until(self.product.link_children, "there is a link process")
            time.sleep(rng.uniform(0.3, 1.5))
            children = self.product.link_children()
            under_fire += self.count_waiting() > 0
            if children:
                rng.choice(children).kill()
        return under_fire

    def count_waiting(self) -> int:
        """How many messages have not come to an end."""
        waiting = (Status.SCHEDULED, Status.SENDING)
        with self.books.scope(write=False) as session:
            counted = select(func.count()).where(col(Message.status).in_(waiting))
            return session.scalar(counted) or 0

    def calm(self, patience_s: float) -> None:
        """Wait until every message has come to its end."""
        until(lambda: not self.count_waiting(), "all are finished", patience_s)

    def check(self, texts: int) -> str:
        """Every text arrived once, or what became of it is not known and said; returns a report."""
        rows = self.books.messages()
        assert len(rows) == texts * len(self.accounts)
        unknown = 0
        for message in rows:
            inbox = self.phones.texts(phone=self.books.phone(message.recipient_id))
            times = inbox.count(message.sent_text or "")
            told = f"{message.id}: {message.status} {message.reason!r}, arrived {times} times"
            if message.status == Status.UNKNOWN:
                assert times <= 1 and message.reason, told
                unknown += 1
            else:
                assert message.status in GONE_OUT and times == 1, told
        return f"{len(rows)} messages, 0 lost, 0 twice, {unknown} not known"

    def sizes(self) -> dict[str, int]:
        """Memory in MB (PSS), threads and most open files of one process, of worker and links."""
        found = self.product.processes("worker")
        return {
            "MB": sum(one.memory_full_info().pss for one in found) // 2**20,
            "links, MB": sum(_pss(one) for one in self.product.link_children()),
            "link processes": len(self.product.link_children()),
            "threads": sum(one.num_threads() for one in found),
            "open files": max(one.num_fds() for one in found),
        }


def _pss(process: psutil.Process) -> int:
    size: int = process.memory_full_info().pss // 2**20
    return size


def _account_phone(number: int) -> str:
    return f"491511{number:07}"


def _reader_phone(number: int) -> str:
    return f"491522{number:07}"
