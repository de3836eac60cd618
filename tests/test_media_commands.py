"""Attached files from a folder into a bucket, by the shell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.media_bucket import Bucket, bucket_server
from tests.new_database import begin_database
from wasched import bootstrap, cli_media, config, db
from wasched.adapters.media_files import MediaFiles
from wasched.domain.errors import WaschedError


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """A bucket on this machine."""
    with bucket_server() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaFiles]:
    """The attached files of a server that has kept them in its folder."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    cached = (config.settings, db.engine, bootstrap.media_store)
    for one in cached:
        one.cache_clear()
    begin_database()
    yield MediaFiles(tmp_path / "media")
    db.engine().dispose()
    for one in cached:
        one.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    """Let this process read these settings as well."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    config.settings.cache_clear()


def test_files_are_copied_and_a_second_time_nothing_is(
    bucket: Bucket,
    folder: MediaFiles,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    digest = folder.add(b"notes")
    use(monkeypatch, bucket.environ)

    cli_media.copy_media()
    cli_media.copy_media()

    first, _, second, where = capsys.readouterr().out.splitlines()
    assert first == "1 attached file copied (1 KB), 0 there already."
    assert second == "0 attached files copied, 1 there already."
    assert where.startswith("They lie in s3://vault/media; those in /")
    with bootstrap.media_store().at_hand(digest) as path:
        assert path.read_bytes() == b"notes"
    assert folder.path_of(digest).is_file(), "nothing is removed"


def test_a_bucket_that_is_away_or_nowhere_is_said(
    bucket: Bucket, folder: MediaFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WaschedError, match="Set it to s3://BUCKET/FOLDER"):
        cli_media.copy_media()

    use(monkeypatch, bucket.environ | {"MEDIA_TO": "s3://nobodys/media"})
    with pytest.raises(WaschedError, match=r"^Not all is copied yet\. .* no such bucket\. Say it"):
        cli_media.copy_media()
