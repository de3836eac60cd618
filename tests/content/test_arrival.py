"""What the worker makes of a file first arrives as well; all else is written in a browser."""

import pytest

from tests import files
from tests.content.conftest import ADA, BOB, Correspondence
from wasched.domain.content import Media
from wasched.services import media


@pytest.mark.slow
def test_a_sound_becomes_a_voice_note_in_the_worker_and_arrives(
    post: Correspondence, tmp_path_factory: pytest.TempPathFactory
) -> None:
    song = files.sound(tmp_path_factory.mktemp("song") / "song.wav").read_bytes()
    uploaded = post.upload(song, "song.wav")
    prepared = post.convert(uploaded, "voice")

    with post.books.scope(write=False) as session:
        note: Media = media.content(session, post.books.owner, prepared, "voice")
    post.send(f"+{BOB}", note)

    (arrived,) = post.phones.wait_inbox(phone=BOB, count=1)
    assert arrived["content"]["PTT"]
    assert arrived["content"]["seconds"] == 1
    assert arrived["content"]["mimetype"] == "audio/ogg; codecs=opus"
    assert post.phones.file(BOB, arrived["id"]).startswith(b"OggS")
    assert arrived["from"] == ADA
