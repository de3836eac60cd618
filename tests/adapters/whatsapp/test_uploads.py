"""Which files are brought to WhatsApp, and which lie there already."""

from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from tests.reasons import said
from wasched.adapters.whatsapp.uploads import Uploads
from wasched.domain.content import Media
from wasched.domain.errors import SendError

HOUR_S = 3600.0


class Kind(Enum):
    """Stands for the library's kinds of media."""

    IMAGE = 1
    DOCUMENT = 4


class Shelf:
    """Uploads to a list, at an hour that the test sets."""

    def __init__(self) -> None:
        self.uploaded: list[bytes] = []
        self.now = 0.0
        self.is_full = False
        self._uploads = Uploads(self._upload, lambda: self.now)

    def place(self, media: Media, kind: Any = Kind.IMAGE) -> Any:
        """Where the file lies."""
        return self._uploads.place(media, kind)

    def _upload(self, body: Any, _kind: Any) -> Any:
        if self.is_full:
            raise SendError(said("No room."), permanent=False)
        self.uploaded.append(bytes(body))
        return f"place {len(self.uploaded)}"


@pytest.fixture
def shelf() -> Shelf:
    """Nothing was uploaded yet."""
    return Shelf()


def a_file(folder: Path, body: bytes, name: str = "file", digest: str = "") -> Media:
    """A file on disk."""
    (folder / name).write_bytes(body)
    return Media("image", str(folder / name), "image/png", digest=digest)


def test_the_same_file_is_uploaded_once_whatever_its_name(shelf: Shelf, tmp_path: Path) -> None:
    places = [shelf.place(a_file(tmp_path, b"one", name)) for name in ("first", "second")]

    assert places == ["place 1", "place 1"]
    assert shelf.uploaded == [b"one"]


def test_another_file_or_another_kind_is_uploaded_by_itself(shelf: Shelf, tmp_path: Path) -> None:
    shelf.place(a_file(tmp_path, b"one"))
    shelf.place(a_file(tmp_path, b"two"))
    shelf.place(a_file(tmp_path, b"two"), Kind.DOCUMENT)

    assert shelf.uploaded == [b"one", b"two", b"two"]


def test_a_file_is_uploaded_again_long_before_whatsapp_forgets_it(
    shelf: Shelf, tmp_path: Path
) -> None:
    media = a_file(tmp_path, b"one")
    for hour in (0, 11, 13, 20):
        shelf.now = hour * HOUR_S
        shelf.place(media)

    assert len(shelf.uploaded) == 2


def test_a_file_that_lies_there_need_not_be_on_this_disk_any_more(
    shelf: Shelf, tmp_path: Path
) -> None:
    media = a_file(tmp_path, b"one", digest="ab" * 32)
    shelf.place(media)
    Path(media.path).unlink()

    assert shelf.place(media) == "place 1"


def test_what_could_not_be_uploaded_is_tried_again(shelf: Shelf, tmp_path: Path) -> None:
    media = a_file(tmp_path, b"one")
    shelf.is_full = True
    with pytest.raises(SendError):
        shelf.place(media)

    shelf.is_full = False

    assert shelf.place(media) == "place 1"


def test_only_so_many_files_are_remembered(shelf: Shelf, tmp_path: Path) -> None:
    first = a_file(tmp_path, b"first", "first")
    shelf.place(first)
    for number in range(300):
        shelf.place(a_file(tmp_path, f"{number}".encode()))

    shelf.place(first)

    assert shelf.uploaded.count(b"first") == 2


def test_an_empty_file_is_a_file(shelf: Shelf, tmp_path: Path) -> None:
    shelf.place(a_file(tmp_path, b""))

    assert shelf.uploaded == [b""]
