"""What Lighthouse says of a page: its mobile profile, in a Chromium that keeps its cookies."""

import json
import os
import statistics
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import npm
from tests.ports import free_port
from tests.product import until
from tools.set_up_tests import find_browser

CATEGORIES = ("performance", "accessibility", "best-practices")


@dataclass(frozen=True)
class Verdict:
    """The median of some runs: scores of 100, KiB as transferred, milliseconds."""

    scores: dict[str, float]
    first_load_kib: float
    largest_paint_ms: float
    amiss: tuple[str, ...]


@contextmanager
def chromium(folder: Path) -> Iterator[int]:
    """A Chromium of its own; the port of its debugger."""
    port = free_port()
    flags = ("--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-networking")
    line = [find_browser(), *flags, f"--remote-debugging-port={port}", f"--user-data-dir={folder}"]
    process = subprocess.Popen(
        [*line, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: _answers(port), "Chromium's debugger answers")
        yield port
    finally:
        process.terminate()
        process.wait(30)


def verdict(url: str, port: int, runs: int = 3) -> Verdict:
    """Run Lighthouse on a page some times; AssertionError if another page was shown."""
    reports = [_report(url, port) for _ in range(runs)]
    for report in reports:
        assert report["finalDisplayedUrl"].rstrip("/") == url.rstrip("/"), report[
            "finalDisplayedUrl"
        ]
    return Verdict(
        {name: statistics.median(_score(one, name) for one in reports) for name in CATEGORIES},
        statistics.median(_number(one, "total-byte-weight") / 1024 for one in reports),
        statistics.median(_number(one, "largest-contentful-paint") for one in reports),
        tuple(sorted({name for one in reports for name in _amiss(one)})),
    )


def _report(url: str, port: int) -> dict[str, Any]:
    folder = npm.installed(Path(__file__).parent / "lighthouse")
    line = [npm.program("node"), str(folder / "node_modules" / "lighthouse" / "cli" / "index.js")]
    line += [url, f"--port={port}", "--output=json", "--quiet"]
    line += [f"--only-categories={','.join(CATEGORIES)}"]
    environ = {**os.environ, "CHROME_PATH": find_browser(), "CI": "1"}
    done = subprocess.run(line, env=environ, stdout=subprocess.PIPE)
    if done.returncode:  # now and then it misses its own trace, and asks to be run again
        done = subprocess.run(line, env=environ, check=True, stdout=subprocess.PIPE)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _score(report: dict[str, Any], category: str) -> float:
    return 100 * float(report["categories"][category]["score"] or 0)


def _number(report: dict[str, Any], audit: str) -> float:
    return float(report["audits"][audit]["numericValue"])


def _amiss(report: dict[str, Any]) -> Iterator[str]:
    """What costs a point of accessibility or best practices."""
    for category in CATEGORIES[1:]:
        for one in report["categories"][category]["auditRefs"]:
            if one["weight"] and report["audits"][one["id"]]["score"] not in (None, 1):
                yield one["id"]


def _answers(port: int) -> bool:
    try:
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version").status == 200)
    except OSError:
        return False
