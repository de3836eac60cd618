"""What every store of attached files promises, a folder and a bucket alike."""

import hashlib
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.media_bucket import Bucket, bucket_server
from tests.reasons import refuses
from wasched.adapters.media_copy import copy_media
from wasched.adapters.media_files import MediaFiles
from wasched.domain.errors import NoRoomError
from wasched.services.ports import MediaStore

TOKEN = "0123456789abcdef" * 2
HELLO = hashlib.sha256(b"helloworld").hexdigest()


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """A bucket on this machine."""
    with bucket_server() as made:
        yield made


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """An empty store, as one machine sees it."""
    if request.param == "folder":
        return MediaFiles(tmp_path / "shared")
    bucket: Bucket = request.getfixturevalue("bucket")
    bucket.begin_anew()
    return bucket.store(tmp_path / "one")


@pytest.fixture
def other(request: pytest.FixtureRequest, store: MediaStore, tmp_path: Path) -> MediaStore:
    """The same store, as another machine sees it."""
    if isinstance(store, MediaFiles):
        return MediaFiles(tmp_path / "shared")
    bucket: Bucket = request.getfixturevalue("bucket")
    return bucket.store(tmp_path / "other")


def kept_bytes(store: MediaStore, digest: str) -> bytes:
    """What is in a file of a store."""
    with store.at_hand(digest) as path:
        return path.read_bytes()


def upload(store: MediaStore, *pieces: bytes, token: str = TOKEN) -> None:
    """Begin an upload, and send what is given of it."""
    store.begin(token, 10)
    for piece in pieces:
        store.append(token, store.received(token), piece)


def keep_upload(store: MediaStore, token: str = TOKEN) -> str:
    """Make a file of an upload, and forget that."""
    with store.uploaded(token) as path:
        digest = store.keep(path)
    store.discard(token)
    return digest


def test_an_upload_is_taken_up_elsewhere_and_its_file_seen_by_all(
    store: MediaStore, other: MediaStore
) -> None:
    upload(store, b"hello")
    assert other.received(TOKEN) == 5
    assert other.append(TOKEN, 5, b"world") == 10

    digest = keep_upload(store)

    assert digest == HELLO
    assert kept_bytes(store, digest) == kept_bytes(other, digest) == b"helloworld"


def test_a_piece_at_the_wrong_place_changes_nothing(store: MediaStore) -> None:
    upload(store, b"hello")

    assert store.append(TOKEN, 0, b"hello") == 5
    assert store.append(TOKEN, 7, b"rld") == 5
    assert store.append(TOKEN, 5, b"") == 5
    with store.uploaded(TOKEN) as path:
        assert path.read_bytes() == b"hello"


def test_a_piece_that_two_send_at_once_is_there_once(store: MediaStore, other: MediaStore) -> None:
    store.begin(TOKEN, 10)
    tabs = [
        threading.Thread(target=one.append, args=(TOKEN, 0, b"hello"))
        for one in (store, other, store, other)
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    store.append(TOKEN, store.received(TOKEN), b"world")

    assert keep_upload(other) == HELLO


def test_a_file_is_made_from_another_and_kept_with_its_small_picture(
    store: MediaStore, other: MediaStore
) -> None:
    with store.workplace(5) as made:
        made.write_bytes(b"film")
        digest = store.keep(made)
    with pytest.raises(FileNotFoundError), store.thumbnail_at_hand(digest):
        pass
    with store.workplace(5) as small:
        small.write_bytes(b"small")
        store.keep_thumbnail(digest, small)

    for one in (store, other):
        with one.thumbnail_at_hand(digest) as path:
            assert path.read_bytes() == b"small"


def test_what_is_not_kept_leaves_nothing_behind(store: MediaStore, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), store.workplace(5) as made:
        made.write_bytes(b"half")
        raise RuntimeError

    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_a_file_that_is_not_there_is_not_found(store: MediaStore) -> None:
    store.add(b"another")
    for asked in (store.at_hand(HELLO), store.thumbnail_at_hand(HELLO)):
        with pytest.raises(FileNotFoundError), asked:
            pass


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 31, "/" + "0" * 31, "A" * 32])
def test_nothing_but_a_token_or_a_digest_names_a_file(store: MediaStore, name: str) -> None:
    for asked in (store.uploaded, store.at_hand, store.thumbnail_at_hand):
        with refuses(ValueError, "Not "), asked(name):
            pass


def test_a_file_for_which_the_disk_has_no_room_is_refused_at_once(store: MediaStore) -> None:
    with refuses(NoRoomError, "no room"), store.workplace(2**60):
        pass


def test_what_is_at_hand_is_for_the_owner_of_the_server_alone(store: MediaStore) -> None:
    with store.at_hand(store.add(b"secret")) as path:
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_what_nobody_wants_is_swept_and_what_is_new_stays(
    store: MediaStore, other: MediaStore
) -> None:
    wanted, unwanted = store.add(b"wanted"), store.add(b"unwanted")
    upload(store, b"hello")
    assert store.sweep(set(), datetime.now(UTC) - timedelta(minutes=1)) == 0

    # A second more: a bucket knows no part of one.
    assert store.sweep({wanted}, datetime.now(UTC) + timedelta(seconds=1)) == 2

    assert kept_bytes(other, wanted) == b"wanted"
    with pytest.raises(FileNotFoundError), other.at_hand(unwanted):
        pass
    with pytest.raises(FileNotFoundError), other.uploaded(TOKEN):
        pass


def test_a_store_that_works_has_nothing_to_say(store: MediaStore) -> None:
    store.add(os.urandom(10))

    store.look()
    store.check()


def test_all_files_are_copied_and_a_copy_that_broke_off_goes_on(
    store: MediaStore, tmp_path: Path
) -> None:
    source, told = MediaFiles(tmp_path / "before"), list[str]()
    digests = [source.add(os.urandom(50)) for _ in range(3)]
    with source.workplace(5) as small:
        small.write_bytes(b"small")
        source.keep_thumbnail(digests[0], small)
    damaged = source.add(b"whole")
    source.path_of(damaged).write_bytes(b"wrong")
    upload(source, b"hello")
    with source.at_hand(digests[1]) as path, store.workplace(50) as made:
        made.write_bytes(path.read_bytes())
        store.keep(made)

    first = copy_media(source, store, told.append, [TOKEN])
    again = copy_media(source, store, told.append, [TOKEN])

    assert (first.copied, first.there, first.damaged) == (3, 1, [damaged])
    assert (again.copied, again.there) == (0, 4)
    assert told[0] == ("3 attached files copied (1 KB), 1 there already, 1 damaged and left out.")
    assert [kept_bytes(store, one) for one in digests] == [
        kept_bytes(source, one) for one in digests
    ]
    with store.thumbnail_at_hand(digests[0]) as path:
        assert path.read_bytes() == b"small"
    assert store.received(TOKEN) == 5
    assert set(source.kept()) == {*digests, damaged, f"{digests[0]}.jpg"}, "nothing is removed"
