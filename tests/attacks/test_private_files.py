"""Who else has an account on the machine reads nothing that the server keeps."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import files
from tests.attacks.conftest import Target, served
from tests.product import ROOT, until
from wasched.adapters import file_modes


def wide(folder: Path) -> list[str]:
    """What others may read or enter below a folder."""
    return [
        str(path.relative_to(folder)) for path in file_modes.open_modes(folder) if path != folder
    ]


@pytest.fixture
def opened_to_all(tmp_path: Path) -> Path:
    """A data folder whose files everybody may read, as a looser umask or a copy leaves it."""
    data = tmp_path / "data"
    names = ("queue.db", "queue.db-wal", "media/ab/it.jpg", "session/account-1.linked", "log/x")
    for name in names:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"")
    (data / "media" / "link").symlink_to("/etc/passwd")
    (data / "somebody.else").write_text("")
    for path in (data, *data.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o777)
    return data


def test_all_that_api_and_worker_make_is_private(target: Target) -> None:
    """The umask of whoever starts them is the usual one, which lets everybody read."""
    product = target.product
    browser = target.browser(target.member, Origin=target.url)
    body = files.picture("png")
    token = browser.post("/uploads", json={"name": "a.png", "size": len(body)}).json()["id"]
    browser.patch(f"/uploads/{token}", headers={"Upload-Offset": "0"}, content=body)
    assert browser.post(f"/uploads/{token}/finish").json()["state"] == "ready"
    product.start_worker()
    until(lambda: "Worker started" in product.log("worker"), "the worker runs")
    data = product.settings.data_path

    assert any(data.glob("media/*/*.jpg")), "there is a thumbnail"
    for name in ("app.db", "queue.db", "secret_key", "session/worker.lock", "media"):
        assert (data / name).exists(), name
    assert wide(data) == []

    product.stop("worker")


def test_what_is_there_with_wider_modes_is_narrowed_at_the_start(opened_to_all: Path) -> None:
    passwd = Path("/etc/passwd").stat().st_mode

    with served(opened_to_all.parent):
        until(lambda: wide(opened_to_all) == ["somebody.else"], "only what is not ours is wide")

    assert Path("/etc/passwd").stat().st_mode == passwd


def test_what_commands_make_is_private(tmp_path: Path) -> None:
    environ = {**os.environ, "DB_PATH": str(tmp_path / "data" / "app.db")}
    environ["PYTHONPATH"] = str(ROOT)
    script = "from wasched import db; db.upgrade()"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environ, check=True)

    line = [sys.executable, "-m", "wasched", "backup", "one.tar.gz"]
    done = subprocess.run(line, cwd=tmp_path, env=environ, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert [one for one in wide(tmp_path) if "app.db" not in one and "lock" not in one] == []
