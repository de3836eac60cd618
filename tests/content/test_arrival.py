"""What the worker makes of a file first arrives as well; all else is written in a browser."""

import base64

import pytest

from tests import files
from tests.content.conftest import ADA, BOB, Correspondence
from wasched.domain.content import Media, Text
from wasched.services.files import media


@pytest.mark.slow
def test_a_sound_becomes_a_voice_note_in_the_worker_and_arrives(
    post: Correspondence, tmp_path_factory: pytest.TempPathFactory
) -> None:
    song = files.sound(tmp_path_factory.mktemp("song") / "song.wav").read_bytes()
    uploaded = post.upload(song, "song.wav")
    prepared = post.convert(uploaded, "voice")

    with post.books.scope(write=False) as session:
        note: Media = media.media_content(session, post.books.owner, prepared, "voice")
    post.send(f"+{BOB}", note)

    (arrived,) = post.phones.wait_inbox(phone=BOB, count=1)
    assert arrived["content"]["PTT"]
    assert arrived["content"]["seconds"] == 1
    bars = base64.b64decode(arrived["content"]["waveform"])
    assert len(bars) == 64 and max(bars) == 100
    assert arrived["content"]["mimetype"] == "audio/ogg; codecs=opus"
    assert post.phones.file(BOB, arrived["id"]).startswith(b"OggS")
    assert arrived["from"] == ADA


@pytest.mark.slow
def test_numbers_registered_in_another_form_are_reached_at_once(post: Correspondence) -> None:
    """Due before anybody looked them up: Brazil without its 9, Argentina and Mexico as of old."""
    typed = {"+5575988251234": "557588251234", "+541143219876": "5491143219876"}
    typed["+525512345678"] = "5215512345678"
    for number in typed.values():
        post.phones.add_person(phone=number, name=number)

    for phone in typed:
        post.send(phone, Text(f"To {phone}"))

    for phone, registered in typed.items():
        post.phones.wait_inbox(phone=registered, count=1, timeout=90)
        assert post.phones.texts(registered) == [f"To {phone}"]
