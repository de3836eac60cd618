"""The media store: whole files once, broken uploads taken up, a full disk said in a sentence."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reasons import refuses
from wasched.adapters.media_files import MediaFiles
from wasched.domain.errors import InputError, NoRoomError

TOKEN = "0123456789abcdef" * 2
LATER = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> MediaFiles:
    """An empty store."""
    return MediaFiles(tmp_path / "media")


def test_only_the_owner_of_the_server_can_read_the_files(store: MediaFiles) -> None:
    path = store.path_of(store.add(b"secret"))

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 31, "/" + "0" * 31, "A" * 32])
def test_nothing_but_a_token_or_a_digest_becomes_a_path(store: MediaFiles, name: str) -> None:
    for path_of in (store.incoming, store.path_of, store.thumbnail_of):
        with refuses(ValueError, "Not "):
            path_of(name)


def test_an_upload_that_was_given_up_says_so(store: MediaFiles) -> None:
    for deed in (lambda: store.received(TOKEN), lambda: store.append(TOKEN, 0, b"x")):
        with refuses(InputError, "given up"):
            deed()


def test_a_file_that_does_not_fit_on_the_disk_is_refused_at_once(store: MediaFiles) -> None:
    with refuses(NoRoomError, "no room"):
        store.begin(TOKEN, 2**60)


@pytest.mark.parametrize(
    ("code", "says"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may not write")]
)
def test_a_disk_that_fills_up_on_the_way_is_said_and_harms_nothing(
    store: MediaFiles, monkeypatch: pytest.MonkeyPatch, code: int, says: str
) -> None:
    store.begin(TOKEN, 10)
    store.append(TOKEN, 0, b"hello")
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", _half_then(code))
        with refuses(NoRoomError, says):
            store.append(TOKEN, 5, b"world")

    here = store.received(TOKEN)
    assert store.append(TOKEN, here, b"helloworld"[here:]) == 10
    assert store.incoming(TOKEN).read_bytes() == b"helloworld"


def test_what_nobody_wants_is_swept_and_what_is_new_stays(store: MediaFiles) -> None:
    wanted, unwanted, fresh = store.add(b"wanted"), store.add(b"unwanted"), store.add(b"fresh")
    for digest in (wanted, unwanted):
        store.thumbnail_of(digest).write_bytes(b"small")
    store.begin(TOKEN, 5)
    now = datetime.now(UTC)
    for path in (
        store.path_of(wanted),
        store.thumbnail_of(wanted),
        store.path_of(unwanted),
        store.thumbnail_of(unwanted),
        store.incoming(TOKEN),
    ):
        old = (now - 2 * LATER).timestamp()
        os.utime(path, (old, old))

    assert store.sweep({wanted}, now - LATER) == 3

    assert store.path_of(wanted).exists()
    assert store.thumbnail_of(wanted).exists()
    assert store.path_of(fresh).exists()
    assert not store.path_of(unwanted).exists()
    assert not store.incoming(TOKEN).exists()


def _half_then(code: int) -> Callable[[int, bytes, int], int]:
    """Half of it is written, and then no more."""
    write = os.pwrite
    is_full: list[bool] = []

    def pwrite(handle: int, body: bytes, offset: int) -> int:
        if is_full:
            raise OSError(code, os.strerror(code))
        is_full.append(True)
        return write(handle, body[: len(body) // 2], offset)

    return pwrite
