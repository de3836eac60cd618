"""Files of people that are made to hold a server up: refused or read, and nobody else waits."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlmodel import select

from tests.attacks.conftest import Target
from tests.books import Books
from tests.product import until
from tests.tabs import Tab
from wasched import models
from wasched.domain.errors import InputError
from wasched.services.address_book.imports import column_kinds, open_file, row_verdicts
from wasched.text.refusals import error_sentence
from wasched.ui.recipients.import_state import ImportState

CARD = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Anna\r\n{}TEL;CELL:+4915100000001\r\nEND:VCARD\r\n"

Hostile = Callable[[int], str]
"""A file of people of about so many octets."""

CARDS: dict[str, Hostile] = {
    "soft breaks": lambda n: CARD.format(
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\r\n" * (n // 3) + "end\r\n"
    ),
    "soft breaks with words": lambda n: CARD.format(
        "NOTE;QUOTED-PRINTABLE:" + "=41=42=\r\n" * (n // 9) + "end\r\n"
    ),
    "parameters": lambda n: CARD.format("TEL" + ";a=b" * (n // 4) + ":+4915100000002\r\n"),
    "types": lambda n: CARD.format("TEL;TYPE=" + "a," * (n // 2) + "a:+4915100000002\r\n"),
    "quotes": lambda n: CARD.format('TEL;A="' + '"' * n + ":+4915100000002\r\n"),
    "folds": lambda n: CARD.format("NOTE:x\r\n" + " y\r\n" * (n // 4)),
    "folded parameters": lambda n: CARD.format("NOTE;a\r\n" + " ;b\r\n" * (n // 5) + " :x\r\n"),
    "folds of nothing": lambda n: CARD.format("NOTE:x\r\n" + " \r\n" * (n // 3)),
    "separators": lambda n: CARD.format("N:" + ";" * n + "\r\n"),
    "backslashes": lambda n: CARD.format("NOTE:" + "\\" * n + "\r\n"),
    "groups": lambda n: CARD.format("a." * (n // 2) + "NOTE:x\r\n"),
    "numbers": lambda n: CARD.format("TEL:1\r\n" * (n // 7)),
    "beginnings": lambda n: "BEGIN:VCARD\r\n" * (n // 13) + CARD.format(""),
    "nested": lambda n: "BEGIN:VCARD\n" * (n // 22) + CARD.format("") + "END:VCARD\n" * (n // 22),
    "colons": lambda n: CARD.format("NOTE" + ":" * n + "\r\n"),
    "punycode": lambda n: CARD.format("NOTE;CHARSET=punycode:" + "a" * n + "-99\r\n"),
    "charsets": lambda n: CARD.format(
        "".join(f"NOTE;CHARSET=x{at}:a\r\n" for at in range(n // 20))
    ),
    "carriage returns": lambda n: CARD.format("NOTE:x" + "\r" * n + "\r\n"),
}
TABLES: dict[str, Hostile] = {
    "columns": lambda n: "," * n + "\nAnna\n",
    "wide rows": lambda n: "Name,Phone\n" + ("," * 900_000 + "\n") * max(1, n // 900_000),
    "quotation marks": lambda n: 'Name,Phone\n"' + '""' * (n // 2) + '",+4915100000001\n',
    "breaks in cells": lambda n: 'Name,Phone\n"' + "\n" * n + '",+4915100000001\n',
    "blank lines": lambda n: "Name,Phone\n" + "\n" * n + "Anna,+4915100000001\n",
    "a line": lambda n: "Name,Phone\n" + "a" * n + ",+4915100000001\n",
    "marks of others": lambda n: "Name,Phone\n" + ";\t|" * (n // 3) + "\n",
    "numbers": lambda n: "Phone\n" + "+" * n + "\n",
    "numbers in a cell": lambda n: "Phone\n" + "+4915100000001;" * (n // 15) + "\n",
}


def read_in(folder: Path, text: str) -> int:
    """Read and judge a file as the product does; how many rows it has, 0 if it is refused."""
    path = folder / "people"
    path.write_text(text, newline="")
    try:
        found = open_file.read_file(path)
    except InputError as refusal:
        assert error_sentence(refusal).endswith(".")
        return 0
    return sum(
        1 for _ in row_verdicts.judge_rows(found, column_kinds.guess_columns(found), "DE", {})
    )


def seconds_for(folder: Path, text: str) -> float:
    """Seconds of a processor for reading it, the less of two: others work here, too."""
    took = []
    for _ in range(2):
        begun = time.process_time()
        read_in(folder, text)
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.parametrize("hostile", [*CARDS.values(), *TABLES.values()], ids=[*CARDS, *TABLES])
def test_eight_times_the_file_is_no_more_than_that_in_time(
    tmp_path: Path, hostile: Hostile
) -> None:
    """A ratio, whatever the machine: 64 times is what a reader takes that begins anew each time."""
    small, large = (seconds_for(tmp_path, hostile(size)) for size in (20_000, 160_000))
    assert large < 24 * max(small, 0.003)


@pytest.mark.parametrize("hostile", CARDS.values(), ids=CARDS)
def test_a_contact_is_read_beside_what_is_hostile_in_it(tmp_path: Path, hostile: Hostile) -> None:
    assert read_in(tmp_path, hostile(10_000)) == 1


@pytest.fixture(scope="module")
def reading(target: Target) -> Iterator[Target]:
    """The server with a worker, which reads files of people."""
    target.product.start_worker()
    yield target
    target.product.stop("worker")


def test_while_a_person_has_files_read_others_go_on(reading: Target) -> None:
    """Eight tabs are one reading, which is none of the api's; others are answered meanwhile."""
    asyncio.run(_eight_tabs(reading))


async def _eight_tabs(target: Target) -> None:
    token = _uploaded(target, target.member, LARGE)
    other = Tab(target.url, target.owner, "/recipients")
    tabs = [Tab(target.url, target.member, "/recipients/import") for _ in range(8)]
    for tab in (other, *tabs):
        await tab.come()
    for tab in tabs:
        await tab.press(ImportState, "take", _is_reading, token=token)
    at_work = []
    for _ in range(8):
        await other.go("/recipients/import")
        await other.go("/recipients")
        at_work.append(_readers(target))
    assert max(map(len, at_work)) <= 2, "one reads, and one may be ready for whoever comes next"
    assert _readers(target, "api") == []
    await tabs[0].press(ImportState, "stop", lambda shown: not _is_reading(shown))
    await tabs[1]._until(lambda: not _is_reading(tabs[1].of(ImportState)))
    for tab in (other, *tabs):
        await tab.close()
    until(lambda: not any(map(_is_busy, _readers(target))), "nobody wants it, so nobody reads")
    assert _unfinished(target) == 0


def test_a_reader_that_is_killed_leaves_nothing_half(reading: Target) -> None:
    async def go() -> None:
        tab = Tab(reading.url, reading.owner, "/recipients/import")
        await tab.come()
        token = _uploaded(reading, reading.owner, LARGE)
        await tab.press(ImportState, "take", _has_begun, token=token)
        for reader in _readers(reading):
            reader.kill()
        await tab._until(lambda: tab.of(ImportState)["refused"])
        assert "too much memory" in tab.of(ImportState)["refused"]
        assert not _is_reading(tab.of(ImportState))
        small = _uploaded(reading, reading.owner, "Name,Phone\nAnna,+4915100000001\n")
        await tab.press(ImportState, "take", lambda shown: shown["page"]["id"], token=small)
        assert tab.of(ImportState)["refused"] == ""
        await tab.press(ImportState, "put_away", lambda shown: not shown["page"]["id"])
        await tab.close()

    asyncio.run(go())
    assert _unfinished(reading) == 0


def test_a_file_is_read_although_its_tab_closes_and_its_worker_is_killed(reading: Target) -> None:
    """The next worker begins anew, and nothing of the first try is left; no task tells it to."""

    async def go() -> None:
        tab = Tab(reading.url, reading.owner, "/recipients/import")
        await tab.come()
        rows = LARGE[: LARGE.index("Person 12000")]
        token = _uploaded(reading, reading.owner, rows)
        await tab.press(ImportState, "take", _has_begun, token=token)
        await tab.close()
        readers = _readers(reading)
        reading.product.kill("worker")
        until(lambda: not any(one.is_running() for one in readers), "its readers end with it")
        assert _unfinished(reading) == 1
        reading.product.start_worker()
        until(lambda: _unfinished(reading) == 0, "it is read")
        tab = Tab(reading.url, reading.owner, "/recipients/import")
        await tab.come()
        assert tab.of(ImportState)["page"]["summary"] == "12,000 rows: 12,000 new."
        await tab.press(ImportState, "put_away", lambda shown: not shown["page"]["id"])
        await tab.close()

    asyncio.run(go())


LARGE = "Name,Phone\n" + "".join(f"Person {at},+49 151 1{at:07}\n" for at in range(100_000))


def _uploaded(target: Target, cookie: str, text: str) -> str:
    """Upload a file of people; its token."""
    browser, body = target.browser(cookie, Origin=target.url), text.encode()
    asked = {"name": "people.csv", "size": len(body), "wanted": "people"}
    token: str = browser.post("/uploads", json=asked).json()["id"]
    browser.patch(f"/uploads/{token}", content=body, headers={"Upload-Offset": "0"})
    assert browser.post(f"/uploads/{token}/finish?wanted=people").status_code == 201
    return token


def _is_reading(shown: dict[str, Any]) -> bool:
    return bool(shown["reading"]["sentence"])


def _has_begun(shown: dict[str, Any]) -> bool:
    return bool(shown["reading"]["percent"])


def _readers(target: Target, part: str = "worker") -> list[psutil.Process]:
    """The processes that read files of people, or wait to."""
    found = []
    for one in target.product.processes(part):
        with contextlib.suppress(psutil.Error):
            if "wasched.people_reader" in one.cmdline():
                found.append(one)
    return found


def _is_busy(reader: psutil.Process) -> bool:
    try:
        return reader.cpu_percent(0.2) > 5
    except psutil.Error:
        return False


def _unfinished(target: Target) -> int:
    with Books(target.product).scope(write=False) as session:
        states = select(models.PeopleImport).where(
            models.PeopleImport.state == models.ImportStatus.READING
        )
        return len(session.exec(states).all())


@pytest.mark.torture
def test_clicks_stay_fast_while_eight_tabs_read_what_is_hostile(reading: Target) -> None:
    """The 95th of a hundred clicks of somebody else, while the file is read and after."""
    during, after = asyncio.run(_clicks_beside(reading))
    assert max(during, after) < 0.1, f"p95: {during:.3f} s meanwhile, {after:.3f} s after"


async def _clicks_beside(target: Target) -> tuple[float, float]:
    token = _uploaded(target, target.member, CARDS["soft breaks"](3_600_000))
    other = Tab(target.url, target.owner, "/recipients")
    tabs = [Tab(target.url, target.member, "/recipients/import") for _ in range(8)]
    for tab in (other, *tabs):
        await tab.come()
    await _p95(other)  # the first ones load what is loaded once
    for tab in tabs:
        await tab._say(tab._event(f"{ImportState.get_full_name()}.take", {"token": token}))
    during = await _p95(other)
    for tab in tabs:
        await tab.close()
    after = await _p95(other)
    await other.close()
    return during, after


async def _p95(tab: Tab) -> float:
    """Seconds within which 95 of a hundred clicks on links are answered."""
    took = []
    for _ in range(50):
        for path in ("/messages", "/recipients"):
            begun = time.perf_counter()
            await tab.go(path)
            took.append(time.perf_counter() - begun)
    return sorted(took)[94]
