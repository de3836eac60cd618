"""Each kind of content arrives byte for byte and field for field, at a person and in a group."""

import pytest

from tests import files
from tests.content.conftest import ADA, BOB, CARA, Correspondence
from tests.product import until
from wasched.domain.content import (
    EVERYONE,
    ContactCard,
    LinkPreview,
    Location,
    Media,
    Poll,
    Text,
)
from wasched.services import media

TEXTS = (
    "Quotes \" ' ` \\ {{braces}}",
    "👩‍👩‍👧 e\u0301 שלום العربية नमस्ते",
    "x" * 65_536,
)


@pytest.mark.slow
def test_files_arrive_byte_for_byte_with_each_persons_own_caption(post: Correspondence) -> None:
    bob, cara = post.name(BOB, "Bob Ott", part="Bass"), post.name(CARA, "Cara Lind")
    picture, notes = files.picture("jpeg", (1200, 800)), files.PDF + b"\x00" * 2_500_000
    caption = "{first_name}: {part|any part} {{x}}"
    uploaded = post.upload(picture, "hall.jpg"), post.upload(notes, "Fauré.pdf")
    with post.books.scope(write=False) as session:
        photo = media.content(session, post.books.owner, uploaded[0], "image", caption)
        pdf = media.content(session, post.books.owner, uploaded[1], "document", caption)

    for person in (bob, cara):
        post.send(person, photo, pdf)

    for phone, said in ((BOB, "Bob: Bass {x}"), (CARA, "Cara: any part {x}")):
        arrived = {one["kind"]: one for one in post.phones.wait_inbox(phone=phone, count=2)}
        assert post.phones.file(phone, arrived["image"]["id"]) == picture
        assert post.phones.file(phone, arrived["document"]["id"]) == notes
        assert arrived["image"]["content"]["caption"] == said
        assert arrived["document"]["content"]["caption"] == said
        assert arrived["document"]["content"]["fileName"] == "Fauré.pdf"
        assert arrived["image"]["content"]["width"] == 1200


@pytest.mark.slow
def test_everything_else_arrives_field_for_field_in_a_group(post: Correspondence) -> None:
    until(lambda: post.group_id() is not None, "the group is known")
    to = post.group_id() or 0
    poll = Poll("When, {name}?", ("Friday", "Saturday", "Sunday"), choices=2)
    place = Location(52.5163, 13.3777, "Parish hall", "Kirchplatz 1")
    card = ContactCard("Tomás, Jr; \\ ok", f"+{BOB}")
    preview = LinkPreview("https://example.org/", "The choir", "All of it")
    linked = Text("See https://example.org/", preview=preview)

    post.send(to, *map(Text, TEXTS), poll, place, card, linked, Text("All!", (EVERYONE,)))

    for phone in (BOB, CARA):
        arrived = post.phones.wait_inbox(phone=phone, count=8, timeout=60)
        by_kind = {one["kind"]: one["content"] for one in arrived}
        texts = [one["text"] for one in arrived if one["kind"] == "text"]
        assert [text.replace("{{", "{").replace("}}", "}") for text in TEXTS] == texts[:3]
        assert by_kind["poll"]["name"] == "When, Whole choir?"
        assert [one["optionName"] for one in by_kind["poll"]["options"]] == list(poll.options)
        assert by_kind["poll"]["selectableOptionsCount"] == 2
        assert by_kind["location"]["degreesLatitude"] == pytest.approx(place.latitude)
        assert by_kind["location"]["name"] == "Parish hall"
        assert by_kind["contact"]["displayName"] == card.name
        titled = next(one["content"] for one in arrived if one["text"] == linked.body)
        assert (titled["title"], titled["description"]) == ("The choir", "All of it")
        assert {one["chat"] for one in arrived} == {post.group}


@pytest.mark.slow
@pytest.mark.skipif(not files.HAS_FFMPEG, reason="needs ffmpeg")
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
