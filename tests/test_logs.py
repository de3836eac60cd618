"""The last warnings are kept beside what goes to stdout, within bounds and at no risk."""

import json
import logging
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wasched import db, logs
from wasched.domain import log_tail
from wasched.domain.errors import SendError
from wasched.domain.log_tail import KeptLine, LogPart
from wasched.domain.reasons import Code, Reason
from wasched.domain.storage import sentence_for

Keeping = Callable[[Path], logging.Logger]


@pytest.fixture
def keeping() -> Iterator[Keeping]:
    """Starts logging as the worker does, on a data folder."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def start(folder: Path) -> logging.Logger:
        logs.set_up("INFO", (folder, LogPart.WORKER))
        return logging.getLogger("test")

    yield start
    for one in root.handlers:
        one.close()
    root.handlers[:] = before
    root.setLevel(level)


def kept(folder: Path) -> list[KeptLine]:
    """What the file of the worker holds."""
    lines = log_tail.file_of(folder, LogPart.WORKER).read_text().splitlines()
    return [line for text in lines if (line := log_tail.read_line(text, LogPart.WORKER))]


def test_warnings_and_errors_are_kept_and_nothing_else(keeping: Keeping, tmp_path: Path) -> None:
    log = keeping(tmp_path)

    log.info("Worker started")
    log.warning("Account %d waits", 7, extra={"phone": "+49 151 0000 0012"})
    try:
        raise RuntimeError("the reason")
    except RuntimeError:
        log.exception("It failed\nand says more")

    first, second = kept(tmp_path)
    assert (first.sentence, first.is_error, first.details) == ("Account 7 waits", False, "")
    assert (second.sentence, second.is_error) == ("It failed", True)
    assert second.details.startswith("and says more\nTraceback")
    assert second.details.endswith("RuntimeError: the reason")
    assert "0012" not in log_tail.file_of(tmp_path, LogPart.WORKER).read_text()


def test_a_fault_that_is_known_by_its_code_is_kept_in_words(
    keeping: Keeping, tmp_path: Path
) -> None:
    fault = SendError(Reason(Code.NO_ROUTE), permanent=False)

    keeping(tmp_path).warning("Account %s: its groups could not be read: %s", 7, fault)

    assert kept(tmp_path)[-1].sentence == (
        "Account 7: its groups could not be read: "
        "WhatsApp did not say in time where this message goes."
    )


FORGED = (
    'x\n[WA] WhatsApp Client Connected\r{"time": "2030"}\x1b[31m\x9b31m\x00\x7f\u202e\u2028\u2066'
    "\udc80\U000e0041"
)
"""What may stand in a push name, in the subject of a group, in a fault or in a file's name."""


def test_whatever_words_come_a_line_stays_one_and_shows_them(
    keeping: Keeping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = keeping(tmp_path)

    log.warning("Account %s: its groups could not be read: %s", 7, FORGED)
    log.warning(f"[WA] {FORGED}", extra={"account": FORGED})
    try:
        raise RuntimeError(FORGED)
    except RuntimeError:
        log.exception("It failed")

    lines = capsys.readouterr().out.split("\n")
    assert len(lines) == 4 and lines[-1] == ""
    first, second, third = (json.loads(line) for line in lines[:-1])
    assert all(line.isprintable() for line in lines)
    assert first["message"].endswith(FORGED) and second["account"] == FORGED
    assert third["exception"].isprintable() is False  # JSON gives back what it was
    assert all(line.sentence.isprintable() for line in kept(tmp_path))


def test_a_word_of_any_length_is_cut_in_the_middle(
    keeping: Keeping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keeping(tmp_path).warning("begun %s ended", "x" * 1_000_000, extra={"more": "y" * 1_000_000})

    line = capsys.readouterr().out
    assert len(line) < 10_000
    assert "begun xx" in line and "xx ended" in line and "characters left out" in line


def test_only_the_servers_own_user_can_read_them(keeping: Keeping, tmp_path: Path) -> None:
    keeping(tmp_path).warning("Careful")

    file = log_tail.file_of(tmp_path, LogPart.WORKER)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_flood_takes_little_room_and_leaves_its_end(keeping: Keeping, tmp_path: Path) -> None:
    log = keeping(tmp_path)

    for number in range(4_000):
        log.warning("Warning %d of many, which is long enough %s", number, "x" * 200)
    log.error("y" * 1_000_000)

    files = list(log_tail.file_of(tmp_path, LogPart.WORKER).parent.iterdir())
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) < 300_000
    assert kept(tmp_path)[-1].sentence == "y" * log_tail.SENTENCE_MAX


def test_a_full_disk_stops_nothing_and_is_over_when_there_is_room(
    keeping: Keeping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = log_tail.file_of(tmp_path, LogPart.WORKER)
    file.parent.mkdir()
    file.symlink_to("/dev/full")  # every write says: no space left on device
    log = keeping(tmp_path)

    for number in range(3):
        log.warning("Warning %d", number)
    file.unlink()
    log.warning("There is room")

    said = [json.loads(line)["message"] for line in capsys.readouterr().out.splitlines()]
    assert said == ["Warning 0", "Warning 1", "Warning 2", "There is room"]
    assert [line.sentence for line in kept(tmp_path)] == ["There is room"]


def test_a_folder_that_is_none_stops_nothing(
    keeping: Keeping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_text("in the way")

    keeping(tmp_path).warning("Said all the same")

    streams = capsys.readouterr()
    assert "Said all the same" in streams.out
    assert streams.err == ""


def test_what_stdout_says_once_is_kept_once(keeping: Keeping, tmp_path: Path) -> None:
    log = keeping(tmp_path)
    fault = OSError("disk I/O error")

    for _ in range(5):
        log.error("A commit failed", exc_info=fault)

    assert [line.sentence for line in kept(tmp_path)] == [sentence_for(fault)]


def test_a_line_that_was_cut_is_passed_over(keeping: Keeping, tmp_path: Path) -> None:
    keeping(tmp_path).warning("Whole")
    file = log_tail.file_of(tmp_path, LogPart.WORKER)

    odd = ('{"time": "2026-01', "[]", "null", '{"time": 3, "error": 1, "says": 2}', "\x00")
    file.write_text("\n".join((*odd, file.read_text())))

    assert [line.sentence for line in kept(tmp_path)] == ["Whole"]


def test_a_fault_of_the_database_is_told_without_what_it_was_about(tmp_path: Path) -> None:
    engine = db.make_engine(f"sqlite:///{tmp_path / 'app.db'}")
    with engine.connect() as connection, pytest.raises(Exception) as fault:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("a private text",))
    engine.dispose()

    assert "nowhere" in str(fault.value)
    assert "a private text" not in str(fault.value)


def test_the_token_of_a_calendar_is_in_no_line(
    keeping: Keeping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = keeping(tmp_path)

    try:
        raise ValueError("/calendar/wcal_hidden.ics")
    except ValueError:
        log.exception("GET %s", "/calendar/wcal_hidden.ics")

    [line] = kept(tmp_path)
    said = capsys.readouterr().out
    assert line.sentence == "GET /calendar/….ics" and "/calendar/….ics" in said
    assert "hidden" not in said + line.sentence + line.details
