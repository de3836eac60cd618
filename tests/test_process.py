"""Whatever a process of wasched prints or raises is a record of its log; its files are private."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.product import ROOT

FORGED = "[WA] WhatsApp Client Connected"
_ENDS = "The process ends by a fault"


def run(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Let a program run as the server and the queue's consumer do."""
    (folder / "loud.py").write_text(program)
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}
    return subprocess.run(
        [sys.executable, "-m", "wasched.process", "loud", "a word"],
        cwd=folder,
        env={**environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
    )


def lines(folder: Path, program: str) -> list[dict[str, Any]]:
    """What such a program writes; nothing of it is on stderr."""
    done = run(folder, program)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_prints_are_records(tmp_path: Path) -> None:
    program = f"""
import sys
print({FORGED!r}, sys.argv[1], flush=True)
print("one\\n{FORGED}\\n\\x1b[31m\\u202e\\udc80", file=sys.stderr)
sys.stderr.write("not ended")
"""

    found = lines(tmp_path, program)

    assert [(line["logger"], line["message"]) for line in found] == [
        ("printed.stdout", f"{FORGED} a word"),
        ("printed.stderr", "one"),
        ("printed.stderr", FORGED),
        ("printed.stderr", "\x1b[31m\u202e\udc80"),
        ("printed.stderr", "not ended"),
    ]


def test_handlers_of_others_that_write_to_stderr_write_records(tmp_path: Path) -> None:
    program = f"""
import logging
log = logging.getLogger("of a library")
log.addHandler(logging.StreamHandler())
log.warning("one\\n{FORGED}")
"""

    found = {line["message"] for line in lines(tmp_path, program)}
    assert found == {"one", FORGED, f"one\n{FORGED}"}


def test_faults_that_nobody_caught_are_records_with_their_trace(tmp_path: Path) -> None:
    program = """
import asyncio, threading, warnings
warnings.warn("an old way")
threading.Thread(target=lambda: 1 / 0, name="T").start()
async def main():
    asyncio.create_task(fail())
    await asyncio.sleep(0.1)
async def fail():
    raise KeyError("lost")
asyncio.run(main())
class Gone:
    def __del__(self):
        raise ValueError("gone")
Gone()
raise SystemError("the end")
"""

    found = lines(tmp_path, program)

    traces = "".join(line.get("exception", "") for line in found)
    for fault in ("ZeroDivisionError", "KeyError", "ValueError: gone", "SystemError: the end"):
        assert fault in traces
    assert any("an old way" in line["message"] for line in found)
    assert (found[-1]["message"], found[-1]["level"]) == (_ENDS, "critical")


def test_a_true_fault_is_told_once_a_minute_and_within_bounds(tmp_path: Path) -> None:
    program = """
import logging
for _ in range(50):
    try:
        raise RuntimeError("y" * 1_000_000)
    except RuntimeError:
        logging.getLogger().exception("It failed %s", "z" * 1_000_000)
"""

    [line] = lines(tmp_path, program)

    assert "in <module>" in line["exception"] and "RuntimeError: yyy" in line["exception"]
    assert len(line["exception"]) < 2_000 and len(line["message"]) < 5_000


def test_a_record_that_cannot_be_written_is_not_complained_of_in_lines_of_loggings_own(
    tmp_path: Path,
) -> None:
    [line] = lines(tmp_path, "import logging; logging.getLogger().error('%d', 'no number')")

    assert "loud.py:1" in line["message"]


def test_what_begins_like_a_line_for_operators_is_bare_only_where_we_say_so(tmp_path: Path) -> None:
    program = f"""
import logging
from wasched.domain.log_words import AS_IT_IS
logging.getLogger().info({FORGED!r})
logging.getLogger().info("[WA] Bare", extra=AS_IT_IS)
"""

    done = run(tmp_path, program)

    first, second = done.stdout.splitlines()
    assert json.loads(first)["message"] == FORGED
    assert second == "[WA] Bare"


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    program = """
import pathlib, subprocess
pathlib.Path("file").write_text("")
pathlib.Path("folder").mkdir()
subprocess.run(["touch", "of_a_child"])
"""

    lines(tmp_path, program)

    for name in ("file", "folder", "of_a_child"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
