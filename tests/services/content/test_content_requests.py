"""What is asked for about a message: read into contents, or refused where it can be mended."""

from dataclasses import replace

import pytest

from wasched.domain.content import (
    EVERYONE,
    ContactCard,
    LinkPreview,
    Location,
    Media,
    Poll,
    Text,
)
from wasched.domain.errors import InputError
from wasched.services.content.content_requests import (
    CardRequest,
    ContentRequest,
    FileRequest,
    Material,
    PlaceRequest,
    PollRequest,
    SameAgain,
    TextRequest,
    read_content,
)
from wasched.services.content.named_people import Mention, named_text
from wasched.text.refusals import error_sentence

ANNA = Mention("Anna", "4915123456789@s.whatsapp.net")
ANNA_B = Mention("Anna B", "4915123456790@s.whatsapp.net")
EVERYBODY = Mention("", EVERYONE)
PHOTO = Media("image", "", "image/jpeg", digest="p")
VOICE = Media("voice", "", "audio/ogg; codecs=opus", digest="v")
FILES = Material(media={1: PHOTO, 2: VOICE}, waiting={3: "Being made ready for phones."})
PREVIEW = LinkPreview("https://choir.example/", "The choir")


@pytest.mark.parametrize(
    ("request_", "contents"),
    [
        (PollRequest(" When? ", ("Mon", " ", "Tue "), 2), Poll("When?", ("Mon", "Tue"), 2)),
        (PlaceRequest("52.5, 13.4", " Hall "), Location(52.5, 13.4, "Hall")),
        (CardRequest(" Anna ", "0151 23456789"), ContactCard("Anna", "+4915123456789")),
        (SameAgain((Text("a"), Poll("b", ("c", "d")))), (Text("a"), Poll("b", ("c", "d")))),
        (TextRequest(("Rehearsal ",)), Text("Rehearsal")),
        (TextRequest(("", "One", " ", "Two")), (Text("One"), Text("Two"))),
    ],
)
def test_each_kind_becomes_what_whatsapp_has_for_it(
    request_: ContentRequest, contents: object
) -> None:
    expected = contents if isinstance(contents, tuple) else (contents,)

    assert read_content(request_, Material(country="DE")) == [expected]


def test_names_become_numbers_the_longest_first_and_names_again() -> None:
    words = "@Anna B and @Anna, not @Annabel"
    request_ = TextRequest((words,), mentions=(ANNA, ANNA_B, EVERYBODY))

    [(text,)] = read_content(request_, Material())

    assert isinstance(text, Text)
    assert text.body == "@4915123456790 and @4915123456789, not @Annabel"
    assert text.mentions == (ANNA_B.jid, ANNA.jid, EVERYONE)
    assert named_text(text, {one.jid: one.name for one in (ANNA, ANNA_B)}) == words


def test_a_link_shows_only_in_the_wording_that_has_it() -> None:
    request_ = TextRequest(("See https://choir.example/", "See the board"))
    material = Material(preview=PREVIEW)

    [(first, second)] = read_content(request_, material)

    assert (first, second) == (
        Text("See https://choir.example/", (), PREVIEW),
        Text("See the board"),
    )
    [(bare, _)] = read_content(replace(request_, has_preview=False), material)
    assert bare == Text("See https://choir.example/")


@pytest.mark.parametrize(
    ("words", "files", "messages"),
    [
        ("", (1, 2), [(PHOTO,), (VOICE,)]),
        ("Hi", (1, 2), [(replace(PHOTO, caption="Hi"),), (VOICE,)]),
        ("Hi", (2, 1), [(Text("Hi"),), (VOICE,), (PHOTO,)]),
    ],
)
def test_words_go_under_the_first_file_or_ahead_of_it(
    words: str, files: tuple[int, ...], messages: object
) -> None:
    request_ = TextRequest((words,), tuple(FileRequest(one) for one in files))

    assert read_content(request_, FILES) == messages


@pytest.mark.parametrize(
    ("request_", "field", "sentence"),
    [
        (
            TextRequest(("",), (FileRequest(3, "a.mov"),)),
            "media",
            "a.mov: Being made ready for phones.",
        ),
        (
            TextRequest(("",), (FileRequest(4, "b.mov"),)),
            "media",
            "b.mov: it is gone. Attach it again.",
        ),
        (CardRequest("Anna", " "), "card", "Write the number on the contact card."),
        (CardRequest("Anna", "abc"), "card", ""),
        (PlaceRequest("nowhere"), "place", "This is no place"),
    ],
)
def test_what_is_missing_is_named(request_: ContentRequest, field: str, sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_content(request_, FILES)

    assert refusal.value.field == field
    assert error_sentence(refusal.value).startswith(sentence)
