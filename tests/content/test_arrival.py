"""What the worker makes of a file first arrives as well; all else is written in a browser."""

import base64

import pytest

from tests import files
from tests.content.conftest import ADA, BOB, Correspondence
from wasched.domain.content import Media, Text
from wasched.services.files import media


def test_a_sound_becomes_a_voice_note_in_the_worker_and_arrives(
    post: Correspondence, tmp_path_factory: pytest.TempPathFactory
) -> None:
    song = files.sound(tmp_path_factory.mktemp("song") / "song.wav").read_bytes()
    uploaded = post.upload(song, "song.wav")
    prepared = post.convert(uploaded, "voice")

    with post.books.scope(write=False) as session:
        note: Media = media.media_content(session, post.books.owner, prepared, "voice")
    before = len(post.phones.inbox(phone=BOB))
    post.send(f"+{BOB}", note)

    (arrived,) = post.phones.wait_inbox(phone=BOB, count=before + 1)[before:]
    assert arrived["content"]["PTT"]
    assert arrived["content"]["seconds"] == 1
    bars = base64.b64decode(arrived["content"]["waveform"])
    assert len(bars) == 64 and max(bars) == 100
    assert arrived["content"]["mimetype"] == "audio/ogg; codecs=opus"
    assert post.phones.file(BOB, arrived["id"]).startswith(b"OggS")
    assert arrived["from"] == ADA


def test_files_arrive_as_phones_write_them(post: Correspondence) -> None:
    """A HEIC photo, one that names its place, a film that was held upright, pages of a PDF."""
    heic = post.upload((files.SAMPLES / "media" / "photo.heic").read_bytes(), "IMG_1.HEIC")
    made = post.convert(heic, "image")
    taken = post.upload(files.camera_photo(), "IMG_2.jpg")
    film = post.upload((files.SAMPLES / "media" / "upright.mp4").read_bytes(), "VID_1.mp4")
    paper = post.upload(
        (files.SAMPLES / "media" / "three.pdf").read_bytes(), "Three 👩\u200d👧.pdf"
    )
    with post.books.scope() as session:
        owner = post.books.owner
        kinds = {made: "image", taken: "image", film: "video", paper: "document"}
        sent = [media.media_content(session, owner, one, kind) for one, kind in kinds.items()]
    before = len(post.phones.inbox(phone=BOB))

    post.send(f"+{BOB}", *sent)

    arrived = post.phones.wait_inbox(phone=BOB, count=before + 4)[before:]
    shown = {one["id"]: one["content"] for one in arrived}
    photo, plain, moving, pages = shown.values()
    assert (photo["mimetype"], photo["width"], photo["height"]) == ("image/jpeg", 640, 400)
    assert b"Anna" not in post.phones.file(BOB, arrived[1]["id"]) and plain["width"] == 64
    assert (moving["width"], moving["height"], moving["seconds"]) == (180, 320, 2)
    assert (pages["pageCount"], pages["fileName"]) == (3, "Three 👩\u200d👧.pdf")
    assert all(one["JPEGThumbnail"] for one in shown.values())


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
