"""Every kind of content, as it stands on the phones of a person and of a group."""

import base64
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched, to
from tests.reasons import words
from tests.whatsapp_server.client import Simulator
from wasched.adapters.media_files import MediaFiles
from wasched.domain.content import (
    ContactCard,
    Content,
    LinkPreview,
    Location,
    Media,
    Poll,
    Text,
)
from wasched.domain.errors import NotNow, SendError
from wasched.services.ports import Outgoing

CARD = f"""BEGIN:VCARD
VERSION:3.0
N:;Eve\\; her\\, shop;;;
FN:Eve\\; her\\, shop
TEL;type=CELL;type=VOICE;waid={EVE}:+{EVE}
END:VCARD"""

HARD = "👩\u200d👩\u200d👧 e\u0301 שלום \u202eabc\u202c नमस्ते"
"""Joined emoji, a combining accent, both directions, and a script with vowel signs."""


@dataclass(frozen=True)
class Case:
    """A content, the kind and words that the phone shows, and what else its message says."""

    content: Content
    kind: str
    words: str
    fields: dict[str, Any] = field(default_factory=dict)


CASES = [
    Case(Text('"Quotes" \\ and *bold* _marks_'), "text", '"Quotes" \\ and *bold* _marks_'),
    Case(Text(HARD), "text", HARD),
    Case(Text("ä" * 65_536), "text", "ä" * 65_536),
    Case(
        Text("See https://choir.example/may", preview=LinkPreview("https://choir.example/may")),
        "text",
        "See https://choir.example/may",
        {"matchedText": "https://choir.example/may"},
    ),
    Case(
        Poll("When?", ("Now", "Later")),
        "poll",
        "When?",
        {"options": [{"optionName": "Now"}, {"optionName": "Later"}], "selectableOptionsCount": 1},
    ),
    Case(
        Poll("Which?", tuple("ABCDEFGHIJKL"), 0),
        "poll",
        "Which?",
        {"options": [{"optionName": one} for one in "ABCDEFGHIJKL"], "selectableOptionsCount": 0},
    ),
    Case(
        Location(-33.85, 151.21, "Opera", "Bennelong Point"),
        "location",
        "Opera",
        {"degreesLatitude": -33.85, "degreesLongitude": 151.21, "address": "Bennelong Point"},
    ),
    Case(ContactCard("Eve; her, shop", f"+{EVE}"), "contact", "Eve; her, shop", {"vcard": CARD}),
]


@pytest.fixture
def group(whatsapp: Simulator) -> str:
    """A group of all three."""
    choir: str = whatsapp.add_group(subject="Choir", members=[ADA, BOB, EVE])
    return choir


def test_everything_but_files_arrives_field_for_field(
    whatsapp: Simulator, linked: Watched, group: str
) -> None:
    for case in CASES:
        linked.line.send(to(BOB, case.content))
        linked.line.send(Outgoing(group, case.content, b"s" * 32))

    received = whatsapp.wait_inbox(phone=BOB, count=2 * len(CASES))
    for number, shown in enumerate(received):
        case = CASES[number // 2]
        assert (shown["kind"], shown["text"]) == (case.kind, case.words)
        assert case.fields.items() <= shown["content"].items()


def a_file(folder: Path, name: str, body: bytes) -> str:
    """A file on disk."""
    path = folder / name
    path.write_bytes(body)
    return str(path)


def the_files(folder: Path) -> list[tuple[Media, dict[str, Any]]]:
    """A file of every kind, and what its message says of it."""
    small = folder / "small.jpg"
    Image.new("RGB", (32, 24), "orange").save(small)
    looks: dict[str, Any] = {"width": 640, "height": 480, "thumbnail": str(small)}
    drawn = {"width": 640, "height": 480, "JPEGThumbnail": _base64(small.read_bytes())}
    picture = a_file(folder, "a picture.png", b"\x89PNG one")
    film, sound = a_file(folder, "film", b"mp4 two"), a_file(folder, "sound", b"ogg three" * 9999)
    paper = a_file(folder, "3f2a", b"%PDF-1.7 invoice")
    return [
        (
            Media("image", picture, "image/png", caption="Look", **looks),
            {"mimetype": "image/png", "caption": "Look", **drawn},
        ),
        (
            Media("video", film, "video/mp4", caption="Film", seconds=7, **looks),
            {"mimetype": "video/mp4", "caption": "Film", "seconds": 7, **drawn},
        ),
        (
            Media("voice", sound, "audio/ogg; codecs=opus", seconds=3),
            {"mimetype": "audio/ogg; codecs=opus", "PTT": True, "seconds": 3},
        ),
        (Media("audio", sound, "audio/mpeg"), {"mimetype": "audio/mpeg", "PTT": False}),
        (
            Media("document", paper, "application/pdf", caption="Please", filename="Bill é.pdf"),
            {"mimetype": "application/pdf", "caption": "Please", "fileName": "Bill é.pdf"},
        ),
        (Media("document", paper, "text/plain", filename="a.txt"), {"fileName": "a.txt"}),
    ]


def test_every_kind_of_file_arrives_byte_for_byte(
    whatsapp: Simulator, linked: Watched, group: str, tmp_path: Path
) -> None:
    files = the_files(tmp_path)
    for media, _ in files:
        linked.line.send(to(BOB, media))
        linked.line.send(Outgoing(group, media, b"s" * 32))

    received = whatsapp.wait_inbox(phone=BOB, count=2 * len(files))
    for number, shown in enumerate(received):
        media, fields = files[number // 2]
        assert shown["kind"] == media.kind.replace("voice", "audio")
        assert fields.items() <= shown["content"].items()
        assert whatsapp.file(BOB, shown["id"]) == Path(media.path).read_bytes()


def test_a_file_for_many_people_is_uploaded_once(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    media = Media("image", a_file(tmp_path, "one", b"\x89PNG one"), "image/png")

    for phone in (BOB, EVE):
        linked.line.send(to(phone, media))

    (first,), (second,) = whatsapp.wait_inbox(phone=BOB), whatsapp.wait_inbox(phone=EVE)
    assert first["content"]["directPath"] == second["content"]["directPath"]


def test_a_stop_while_a_file_is_on_its_way_up_holds_its_message_and_not_the_next(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    media = Media("image", a_file(tmp_path, "one", b"\x89PNG one"), "image/png")
    whatsapp.slow_media(seconds=0.5)

    with ThreadPoolExecutor(1) as thread:
        send = thread.submit(linked.line.send, to(BOB, media))
        while not send.done():  # as the worker does for as long as the account is stopped
            linked.line.hold()
            time.sleep(0.05)
        assert isinstance(send.exception(), NotNow)
    linked.line.send(to(BOB, "Goes on"))

    assert [one["text"] for one in whatsapp.wait_inbox(phone=BOB)] == ["Goes on"]


def test_a_file_of_the_media_store_is_found_by_its_digest(
    whatsapp: Simulator, linked: Watched, session: Path
) -> None:
    body = b"%PDF-1.7 minutes"
    digest = MediaFiles(session.parent / "media").add(body)

    linked.line.send(to(BOB, Media("document", "", "application/pdf", "", "m.pdf", digest)))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    assert whatsapp.file(BOB, received["id"]) == body


@pytest.mark.parametrize("digest", [hashlib.sha256(b"never stored").hexdigest(), ""])
def test_a_file_that_is_gone_fails_for_good_before_anything_leaves(
    whatsapp: Simulator, linked: Watched, session: Path, tmp_path: Path, digest: str
) -> None:
    MediaFiles(session.parent / "media").add(b"another")
    path = "" if digest else str(tmp_path / "gone")

    with pytest.raises(SendError) as refusal:
        linked.line.send(to(BOB, Media("image", path, "image/png", digest=digest)))

    assert refusal.value.permanent
    assert refusal.value.left is False
    assert "no longer on this server" in words(refusal.value.reason)


def test_a_file_that_whatsapp_does_not_take_may_be_tried_again(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    media = Media("image", a_file(tmp_path, "one", b"\x89PNG one"), "image/png")
    whatsapp.fail_media(status=500, times=9)

    with pytest.raises(SendError) as refusal:
        linked.line.send(to(BOB, media))

    assert (refusal.value.permanent, refusal.value.left) == (False, False)
    assert "could not be brought" in words(refusal.value.reason)
    whatsapp.no_more_faults()
    linked.line.send(to(BOB, media))
    whatsapp.wait_inbox(phone=BOB)


def test_a_link_is_shown_with_its_title_and_picture(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    picture = a_file(tmp_path, "small.jpg", b"\xff\xd8 small")
    url = "https://choir.example/may"
    preview = LinkPreview(url, "May", "What we sing", path=picture)

    linked.line.send(to(BOB, Text(f"See {url}", preview=preview)))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    assert received["content"] == {
        "text": f"See {url}",
        "matchedText": url,
        "title": "May",
        "description": "What we sing",
        "JPEGThumbnail": _base64(b"\xff\xd8 small"),
    }


def _base64(body: bytes) -> str:
    return base64.b64encode(body).decode()
