"""The media store: whole files once, broken uploads taken up, a full disk said in a sentence."""

import errno
import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reasons import refuses, words
from wasched.adapters import media_files
from wasched.adapters.media_files import MediaFiles, path_of_digest
from wasched.domain.content import LinkPreview, Media, Text
from wasched.domain.errors import InputError, NoRoomError, SendError

TOKEN = "0123456789abcdef" * 2
LATER = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> MediaFiles:
    """An empty store."""
    return MediaFiles(tmp_path / "media")


def test_a_file_that_came_in_pieces_is_kept_under_its_digest(store: MediaFiles) -> None:
    store.begin(TOKEN, 10)
    assert store.append(TOKEN, 0, b"hello") == 5
    assert store.received(TOKEN) == 5
    assert store.append(TOKEN, 5, b"world") == 10

    digest = store.keep(TOKEN)

    assert digest == hashlib.sha256(b"helloworld").hexdigest()
    assert store.path_of(digest).read_bytes() == b"helloworld"
    assert not store.incoming(TOKEN).exists()


def test_a_piece_at_the_wrong_place_changes_nothing(store: MediaFiles) -> None:
    store.begin(TOKEN, 10)
    store.append(TOKEN, 0, b"hello")

    assert store.append(TOKEN, 0, b"hello") == 5
    assert store.append(TOKEN, 7, b"rld") == 5
    assert store.incoming(TOKEN).read_bytes() == b"hello"


def test_the_same_file_is_there_once(store: MediaFiles, tmp_path: Path) -> None:
    assert store.add(b"twice") == store.add(b"twice")

    assert [p.name for p in (tmp_path / "media").rglob("*") if p.is_file()] == [
        hashlib.sha256(b"twice").hexdigest()
    ]


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
        patched.setattr(media_files, "_write_all", _half_then(code))
        with refuses(NoRoomError, says):
            store.append(TOKEN, 5, b"world")

    assert store.append(TOKEN, 5, b"world") == 10
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


def test_a_message_finds_its_file_when_it_is_handed_over(store: MediaFiles, tmp_path: Path) -> None:
    digest = store.add(b"file")
    store.thumbnail_of(digest).write_bytes(b"small")
    root = tmp_path / "media"

    found = path_of_digest(Media("image", "", "image/png", digest=digest), root)
    text = path_of_digest(Text("x", preview=LinkPreview("https://x.org", digest=digest)), root)

    assert isinstance(found, Media)
    assert Path(found.path).read_bytes() == b"file"
    assert Path(found.thumbnail).read_bytes() == b"small"
    assert isinstance(text, Text)
    assert text.preview is not None
    assert text.preview.path == str(store.path_of(digest))


def test_a_file_that_is_gone_fails_its_message_for_good(tmp_path: Path) -> None:
    with pytest.raises(SendError) as fault:
        path_of_digest(Media("document", "", "", filename="a.pdf", digest="0" * 64), tmp_path)

    assert fault.value.permanent
    assert words(fault.value.reason) == "a.pdf is no longer on this server."


def test_a_preview_whose_picture_is_gone_goes_without_it(tmp_path: Path) -> None:
    text = path_of_digest(
        Text("x", preview=LinkPreview("https://x.org", digest="0" * 64)), tmp_path
    )

    assert isinstance(text, Text)
    assert text.preview is not None
    assert text.preview.path == ""


def _half_then(code: int) -> Callable[[int, bytes], None]:
    def write(handle: int, body: bytes) -> None:
        os.write(handle, body[: len(body) // 2])
        raise OSError(code, os.strerror(code))

    return write
