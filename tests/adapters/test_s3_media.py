"""Attached files in a bucket: faults in sentences, nothing by halves, and a bounded cache."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.media_bucket import Bucket, bucket_server, refusing_server, silent_server
from tests.reasons import words
from wasched.adapters.media_watch import MediaWatch, media_fault
from wasched.adapters.s3_media import S3Media
from wasched.domain.errors import InputError, MediaAwayError, NoRoomError
from wasched.domain.media import MB

TOKEN = "0123456789abcdef" * 2
NOTHING = "0" * 64
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def server() -> Iterator[Bucket]:
    """A bucket on this machine."""
    with bucket_server() as made:
        yield made


@pytest.fixture
def bucket(server: Bucket) -> Bucket:
    """An empty one."""
    server.begin_anew()
    return server


def deeds(store: S3Media) -> dict[str, Callable[[], object]]:
    """All that a store is asked for by those who can be told that it does not work."""

    def fetch() -> None:
        with store.at_hand(NOTHING):
            pass

    return {
        "received": lambda: store.received(TOKEN),
        "append": lambda: store.append(TOKEN, 0, b"hello"),
        "add": lambda: store.add(b"hello"),
        "fetch": fetch,
        "check": store.check,
        "look": store.look,
    }


def refusals(store: S3Media) -> dict[str, str]:
    """What each deed is refused with, as who asked for it reads it."""
    told = {}
    for name, deed in deeds(store).items():
        with pytest.raises(InputError) as refusal:
            deed()
        told[name] = words(refusal.value.reason)
    return told


def test_a_store_that_is_away_or_silent_is_said_to_be(bucket: Bucket, tmp_path: Path) -> None:
    with silent_server() as silent:
        for address in (NOWHERE, silent):
            store = bucket.store_at(address, tmp_path, 0.2)

            told = set(refusals(store).values())

            assert told == {
                "The store of attached files does not answer. Try again a little later."
            }
            assert media_fault(store.look) == (
                "The store of attached files does not answer at s3://vault/media. Look at "
                "AWS_ENDPOINT_URL, AWS_REGION and the network."
            )
    assert not [one for one in tmp_path.rglob("*") if one.is_file()], "nothing is left half-made"


def test_what_keys_may_not_do_is_said_without_the_keys(bucket: Bucket, tmp_path: Path) -> None:
    with refusing_server(403, "AccessDenied") as address:
        store = bucket.store_at(address, tmp_path)

        told = refusals(store)

        assert set(told.values()) == {
            "The store of attached files refuses what it is asked (AccessDenied). Who runs the "
            "server sees on Health what is wrong."
        }
        assert media_fault(store.check) == (
            "The store of attached files refuses s3://vault/media: the keys may not do that."
        )


def test_a_bucket_that_is_not_there_is_no_file_that_is_gone(bucket: Bucket, tmp_path: Path) -> None:
    store = bucket.store(tmp_path, url="s3://nobodys/media")

    with pytest.raises(MediaAwayError), store.at_hand(NOTHING):
        pass

    assert media_fault(store.look).endswith("there is no such bucket.")


def test_a_full_store_has_no_room(bucket: Bucket, tmp_path: Path) -> None:
    with refusing_server(507, "XMinioStorageFull") as address:
        store = bucket.store_at(address, tmp_path)
        with pytest.raises(NoRoomError) as refusal:
            store.add(b"hello")

    assert words(refusal.value.reason).startswith("The store of attached files is full.")


def test_giving_up_an_upload_never_fails(bucket: Bucket, tmp_path: Path) -> None:
    bucket.store_at(NOWHERE, tmp_path, 0.2).discard(TOKEN)


def test_that_the_store_is_away_and_back_is_noticed_once(
    bucket: Bucket, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = bucket.store(tmp_path)
    asks: list[Callable[[], None]] = [bucket.store_at(NOWHERE, tmp_path, 0.2).look]
    watch = MediaWatch(lambda: asks[-1]())

    watch.look()
    watch.look()
    away = watch.fault
    asks.append(store.look)
    watch.look()

    said = [one.message for one in caplog.records if one.name.endswith("media_watch")]
    assert away.endswith("messages with files wait; texts go out.")
    assert watch.fault == ""
    assert [one.partition(" at ")[0] for one in said] == [
        "The store of attached files does not answer",
        "It is over: the store of attached files answers again",
    ]


def test_nobody_waits_for_a_silent_store_before_a_look_finds_it_back(
    bucket: Bucket, tmp_path: Path
) -> None:
    store = bucket.store_at(bucket.address, tmp_path, 3)
    with bucket.stopped(), pytest.raises(MediaAwayError):
        store.add(b"hello")

    with pytest.raises(MediaAwayError):  # although it answers again
        store.add(b"hello")
    store.look()

    assert store.add(b"hello") == hashlib.sha256(b"hello").hexdigest()


def test_a_film_is_sent_and_fetched_in_parts(bucket: Bucket, tmp_path: Path) -> None:
    film = os.urandom(17 * MB)
    one, other = bucket.store(tmp_path / "one"), bucket.store(tmp_path / "other")
    with one.workplace(len(film)) as made:
        made.write_bytes(film)
        digest = one.keep(made)

    with other.at_hand(digest) as path:
        assert path.read_bytes() == film


def test_what_came_to_harm_in_the_store_is_not_taken_for_the_file(
    bucket: Bucket, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    digest = hashlib.sha256(b"hello").hexdigest()
    bucket.put(f"{digest[:2]}/{digest}", b"hullo")

    with pytest.raises(FileNotFoundError), bucket.store(tmp_path).at_hand(digest):
        pass

    assert "is not what was put there" in caplog.text


def test_the_cache_keeps_to_its_bound_and_what_is_in_use_stays(
    bucket: Bucket, tmp_path: Path
) -> None:
    store, same_folder = (bucket.store(tmp_path, most=250) for _ in range(2))
    digests = [store.add(os.urandom(100)) for _ in range(2)]
    with store.at_hand(digests[0]) as in_use, same_folder.at_hand(digests[1]):
        digests += [store.add(os.urandom(100)) for _ in range(3)]

        assert in_use.is_file()
    store.add(os.urandom(100))

    here = list((tmp_path / ".cache").iterdir())
    assert sum(one.stat().st_size for one in here) <= 250
    for digest in digests:  # what went is fetched anew
        with same_folder.at_hand(digest) as path:
            assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


def test_a_file_larger_than_the_cache_is_had_all_the_same(bucket: Bucket, tmp_path: Path) -> None:
    store = bucket.store(tmp_path, most=10)
    digests = [store.add(os.urandom(100)) for _ in range(2)]

    with store.at_hand(digests[0]) as one, store.at_hand(digests[1]) as other:
        assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in (one, other)] == digests


def test_a_file_that_many_want_at_once_is_fetched_once(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = bucket.store(tmp_path / "one").add(b"hello")
    fetched: list[str] = []
    read_part = S3Media._read_part

    def note(self: S3Media, name: str, start: int) -> tuple[bytes, int]:
        fetched.append(name)
        return read_part(self, name, start)

    monkeypatch.setattr(S3Media, "_read_part", note)
    seen: list[bytes] = []

    def read() -> None:
        with bucket.store(tmp_path / "other").at_hand(digest) as path:
            seen.append(path.read_bytes())

    threads = [threading.Thread(target=read) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert seen == [b"hello"] * 8
    assert len(fetched) == 1


def test_what_others_keep_in_the_bucket_is_not_swept(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("wasched-20261130-031700.tar.gz", b"a back-up")
    store = bucket.store(tmp_path)
    store.add(b"unwanted")

    assert store.sweep(set(), datetime.now(UTC) + timedelta(seconds=1)) == 1

    assert bucket.names() == {"wasched-20261130-031700.tar.gz"}


def test_an_upload_whose_middle_is_missing_ends_there(bucket: Bucket, tmp_path: Path) -> None:
    store = bucket.store(tmp_path)
    for start in (0, 5, 10):
        store.append(TOKEN, start, b"hello")
    bucket.remove(f"incoming/{TOKEN}/{5:012d}")

    assert store.received(TOKEN) == 5
    assert store.append(TOKEN, 5, b"hello") == 10
    assert store.received(TOKEN) == 15
