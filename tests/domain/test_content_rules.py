"""What WhatsApp takes and what is refused, each with a sentence; contents survive being kept."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import reasons
from wasched.domain import media
from wasched.domain.content import (
    EVERYONE,
    ContactCard,
    Content,
    LinkPreview,
    Location,
    Media,
    Poll,
    Text,
    from_json,
    to_json,
)
from wasched.domain.content_rules import check_content, check_variants, preview_line
from wasched.domain.errors import InputError

DIGEST = "ab" * 32
PHOTO = Media("image", "", "image/jpeg", caption="The *hall*", digest=DIGEST)

words = st.text(max_size=30)
numbers = st.integers(0, 10_000)
mentions = st.lists(words, max_size=3).map(tuple)
previews = st.builds(LinkPreview, words, words, words, words, words, numbers, numbers)
contents: st.SearchStrategy[Content] = st.one_of(
    st.builds(Text, words, mentions, st.none() | previews),
    st.builds(
        Media, words, words, words, words, words, words, mentions, numbers, numbers, numbers, words
    ),
    st.builds(Poll, words, st.lists(words, max_size=12).map(tuple), numbers),
    st.builds(Location, st.floats(-90, 90), st.floats(-180, 180), words, words),
    st.builds(ContactCard, words, words),
)


@given(contents)
def test_a_content_survives_being_kept_as_json(content: Content) -> None:
    assert from_json(json.loads(json.dumps(to_json(content)))) == content


@given(contents)
def test_any_content_is_taken_or_refused_in_a_sentence(content: Content) -> None:
    try:
        check_content(content)
    except InputError as refusal:
        assert str(refusal).endswith((".", "?"))
        assert refusal.field
    assert len(preview_line(content)) <= 160


def test_contents_kept_before_there_were_previews_are_read() -> None:
    assert from_json({"type": "text", "body": "Hi", "mentions": []}) == Text("Hi")


@pytest.mark.parametrize(
    "content",
    [
        Text("x" * 65_536),
        Text("שלום 👩‍👩‍👧 é\u0301"),
        Text("Hi @4915100000012", ("4915100000012@s.whatsapp.net", "12345678@lid")),
        Text("Hi all", (EVERYONE,)),
        PHOTO,
        Media("voice", "", "audio/ogg", digest=DIGEST),
        Poll("When?", ("Friday", "Saturday")),
        Poll("When?", tuple(map(str, range(12))), choices=0),
        Location(-90, 180, "South Pole"),
        ContactCard("Anna", "+4915100000012"),
    ],
)
def test_what_whatsapp_takes_is_taken(content: Content) -> None:
    check_content(content)


@pytest.mark.parametrize(
    ("content", "field", "says"),
    [
        (Text(" \n"), "text", "Write the message first."),
        (Text("x" * 65_537), "text", "65,537 characters; WhatsApp takes 65,536"),
        (Text("half \ud83d"), "text", "half an emoji"),
        (Text("Hi", ("nobody",)), "mentions", "nobody's"),
        (Text("Hi", ("1234567@lid",) * 1025), "mentions", "Mention everyone instead"),
        (Media("image", "", "image/jpeg"), "media", "not uploaded"),
        (Media("sticker", "", "", digest=DIGEST), "media", "no kind of file"),
        (Media("voice", "", "audio/ogg", "Hi", digest=DIGEST), "text", "no text with a voice note"),
        (Poll("", ("a", "b")), "poll", "Write the question"),
        (Poll("?" * 256, ("a", "b")), "poll", "WhatsApp takes 255"),
        (Poll("?", ("a",)), "options", "2 to 12 answers, not 1"),
        (Poll("?", tuple(map(str, range(13)))), "options", "2 to 12 answers, not 13"),
        (Poll("?", ("a", " ")), "options", "is empty"),
        (Poll("?", ("a", " a")), "options", 'The answer "a" is there twice.'),
        (Poll("?", ("a", "b" * 101)), "options", "WhatsApp takes 100"),
        (Poll("?", ("a", "b"), choices=3), "options", "Choose fewer"),
        (Location(91, 0), "place", "from -90 to 90"),
        (Location(math.nan, 0), "place", "from -90 to 90"),
        (Location(0, 181), "place", "from -180 to 180"),
        (ContactCard("", "+4915100000012"), "card", "Write the name"),
        (ContactCard("Anna", "0151"), "card", "needs its country"),
    ],
)
def test_what_whatsapp_does_not_take_is_refused(content: Content, field: str, says: str) -> None:
    with pytest.raises(InputError) as refusal:
        check_content(content)

    assert refusal.value.field == field
    assert says in str(refusal.value)


def test_a_message_has_one_to_five_variants() -> None:
    check_variants([Text("a")] * 5)
    for wrong in ([], [Text("a")] * 6):
        with pytest.raises(InputError):
            check_variants(wrong)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (Text("Dear all,\n\n see you"), "Dear all, see you"),
        (PHOTO, "Photo · The *hall*"),
        (Media("voice", "", "audio/ogg", digest=DIGEST), "Voice note"),
        (Media("document", "", "", filename="a.pdf", digest=DIGEST), "Document · a.pdf"),
        (Poll("When?", ("a", "b")), "Poll · When?"),
        (Location(1, 2, "Parish hall"), "Place · Parish hall"),
        (ContactCard("Anna", "+4915100000012"), "Contact · Anna"),
    ],
)
def test_a_list_shows_the_kind_and_the_first_words(content: Content, line: str) -> None:
    assert preview_line(content) == line


@pytest.mark.parametrize(
    ("shape", "size", "kinds"),
    [
        (media.Shape("image/jpeg", 800, 600), 1000, ("image", "document")),
        (media.Shape("image/jpeg", 800, 600), 17 * media.MB, ("document",)),
        (media.Shape("image/jpeg"), 1000, ("document",)),
        (media.Shape("image/svg+xml", 8, 8), 1000, ("document",)),
        (media.Shape("video/mp4"), 64 * media.MB, ("video", "document")),
        (media.Shape("video/mp4"), 65 * media.MB, ("document",)),
        (media.Shape("audio/ogg", audio_codec="opus"), 9, ("voice", "audio", "document")),
        (media.Shape("audio/mpeg", audio_codec="mp3"), 9, ("audio", "voice", "document")),
        (media.Shape("application/pdf"), 9, ("document",)),
    ],
)
def test_a_file_is_offered_the_ways_whatsapp_has_for_it(
    shape: media.Shape, size: int, kinds: tuple[str, ...]
) -> None:
    assert media.kinds_of_type(shape, size) == kinds


@pytest.mark.parametrize(
    ("shape", "size", "why"),
    [
        (media.Shape("video/mp4"), 81 * media.MB, "A video may have 64 MB; this one goes as a"),
        (media.Shape("image/heic"), 9, "Phones cannot show it as it is"),
        (media.Shape("video/mp4"), 9, ""),
        (media.Shape("application/pdf"), 81 * media.MB, ""),
    ],
)
def test_it_is_said_why_a_film_goes_as_a_document(shape: media.Shape, size: int, why: str) -> None:
    said = reasons.words(media.why_document(shape, size))

    assert said.startswith(why)
    assert bool(said) == bool(why)


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 KB"), (120_000, "117 KB"), (3_565_158, "3.4 MB"), (5 * 2**20, "5 MB")]
)
def test_sizes_are_said_as_people_read_them(size: int, said: str) -> None:
    assert media.megabytes(size) == said
