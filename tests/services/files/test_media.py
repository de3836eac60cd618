"""Files that people attach: theirs alone, offered as what they are, gone when not needed."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import files
from tests.reasons import refuses, words
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock
from wasched import bootstrap, tasks
from wasched.adapters.media_files import MediaFiles
from wasched.adapters.media_tools import SystemMediaTools
from wasched.domain.content import LinkPreview, Media, Text, to_json
from wasched.domain.errors import (
    InputError,
    NoRoomError,
    NotFoundError,
    TooLargeError,
    WrongKindError,
)
from wasched.domain.media import MB, Shape
from wasched.models import MediaFile, MediaState, Schedule, ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.services.content.kept_drafts import DraftBody
from wasched.services.files import cleanup, conversion, examination, file_names, media, uploads
from wasched.services.files.media import MediaCard
from wasched.services.schedules import create
from wasched.services.schedules.create import ScheduleRequest

TOOLS = SystemMediaTools()
LATER = NOW.replace(year=2100)
"""Long after the files of this test were written, whatever the date is."""


@pytest.fixture
def store(tmp_path: Path) -> MediaFiles:
    """An empty store."""
    return MediaFiles(tmp_path / "media")


def attach(
    scope: Scope, store: MediaFiles, user: Caller, body: bytes, name: str = "a", wanted: str = ""
) -> MediaCard:
    """Upload a file as a browser does, in two pieces."""
    with scope() as session:
        token = uploads.begin_upload(session, user, store, name, len(body), 100 * MB, NOW)
    with scope(write=False) as session:
        incoming = uploads.find_upload(session, user, token)
    half = len(body) // 2
    uploads.append_bytes(store, incoming, 0, body[:half])
    uploads.append_bytes(store, incoming, half, body[half:])
    arrived = examination.examine_upload(store, TOOLS, incoming, wanted)
    with scope() as session:
        return media.card_of(uploads.keep_upload(session, user, incoming, arrived, NOW))


def test_a_picture_is_offered_as_a_photo(scope: Scope, store: MediaFiles, alice: Caller) -> None:
    card = attach(scope, store, alice, files.picture(), "../holiday\x00.jpg")

    assert (card.name, card.kinds, card.state) == ("holiday.jpg", ("image", "document"), "ready")
    assert (card.width, card.height) == (640, 400)
    with scope(write=False) as session:
        made = media.media_content(session, alice, card.id, "image", "The hall")
    assert made == Media(
        "image",
        "",
        "image/jpeg",
        "The hall",
        "holiday.jpg",
        made.digest,
        width=640,
        height=400,
    )
    assert store.path_of(made.digest).read_bytes() == files.picture()
    assert store.thumbnail_of(made.digest).is_file()


def test_charlie_sees_nothing_of_alices_file(
    scope: Scope, store: MediaFiles, alice: Caller, charlie: Caller
) -> None:
    card = attach(scope, store, alice, files.PDF)

    with scope(write=False) as session:
        for ask in (media.media_card, media.stored_file):
            with pytest.raises(NotFoundError):
                ask(session, charlie, card.id)
        with refuses(InputError, "Attach it again"):
            media.media_content(session, charlie, card.id, "document")


def test_charlie_cannot_send_alices_file_by_its_digest(
    scope: Scope, store: MediaFiles, alice: Caller, charlie: Caller
) -> None:
    card = attach(scope, store, alice, files.PDF)
    with scope() as session:
        own = media.media_content(session, alice, card.id, "document")
        media.check_use(session, alice.space_id, [own], NOW)
        with refuses(InputError, "Attach it again"):
            media.check_use(session, charlie.space_id, [own], NOW)


def test_charlie_cannot_go_on_with_alices_upload(
    scope: Scope, store: MediaFiles, alice: Caller, charlie: Caller
) -> None:
    with scope() as session:
        token = uploads.begin_upload(session, alice, store, "a", 5, MB, NOW)
        with pytest.raises(NotFoundError):
            uploads.find_upload(session, charlie, token)
    with pytest.raises(NotFoundError):
        uploads.give_up(scope, charlie, store, token)


def test_a_file_that_is_too_large_is_refused_before_a_byte_comes(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    with scope() as session, refuses(TooLargeError, r"has 3 MB; .* up to 2 MB"):
        uploads.begin_upload(session, alice, store, "a", 3 * MB, 2 * MB, NOW)
    with scope() as session, refuses(WrongKindError, "empty"):
        uploads.begin_upload(session, alice, store, "a", 0, 2 * MB, NOW)


def test_the_files_of_one_person_do_not_take_the_whole_disk(
    scope: Scope, alice: Caller, charlie: Caller, store: MediaFiles
) -> None:
    def begin(user: Caller, size: int) -> str:
        with scope() as session:
            return uploads.begin_upload(session, user, store, "a", size, MB, NOW, kept_most=2 * MB)

    first = begin(charlie, MB)
    begin(charlie, MB)
    with refuses(InputError, "may take 2 MB of this server's disk, and take 2 MB"):
        begin(charlie, 1)

    begin(alice, MB)
    uploads.give_up(scope, charlie, store, first)
    begin(charlie, MB)


def test_more_than_was_announced_is_refused(scope: Scope, store: MediaFiles, alice: Caller) -> None:
    with scope() as session:
        token = uploads.begin_upload(session, alice, store, "a", 5, MB, NOW)
        incoming = uploads.find_upload(session, alice, token)

    with pytest.raises(TooLargeError):
        uploads.append_bytes(store, incoming, 0, b"sixsix")


def test_half_a_file_is_not_taken_for_a_whole_one(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    with scope() as session:
        token = uploads.begin_upload(session, alice, store, "a", 5, MB, NOW)
        incoming = uploads.find_upload(session, alice, token)
    uploads.append_bytes(store, incoming, 0, b"hal")

    with refuses(InputError, "not here as a whole"):
        examination.examine_upload(store, TOOLS, incoming)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (files.PDF, "This is no photo: what is in it is application/pdf."),
        (files.picture("png")[:40], "The picture is damaged"),
        (files.SVG, "cannot be shown"),
    ],
)
def test_what_is_no_photo_is_refused_as_one(
    scope: Scope, store: MediaFiles, alice: Caller, body: bytes, says: str
) -> None:
    with refuses(WrongKindError, says):
        attach(scope, store, alice, body, "photo.jpg", wanted="image")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\Anna\\Noten.pdf", "Noten.pdf"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("a\nb\u202e.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 220 + ".pdf"),
        ("شعر.txt", "شعر.txt"),
        ("Rechnung 👩\u200d👩\u200d👧.pdf", "Rechnung 👩\u200d👩\u200d👧.pdf"),
        ("می\u200cرویم.pdf", "می\u200cرویم.pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert file_names.clean_file_name(given) == kept


def test_a_picture_that_phones_do_not_show_is_converted_once(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    card = attach(scope, store, alice, files.picture("webp"), "hall.webp")
    with scope() as session:
        first = media.send_as(session, alice, card.id, "image", NOW)
        second = media.send_as(session, alice, card.id, "image", NOW)
        assert first.id == second.id != card.id
        assert first.state == "preparing"
        with refuses(InputError, "Being made ready"):
            media.media_content(session, alice, first.id, "image")

    conversion.convert_file(scope, store, TOOLS, first.id, NOW)
    conversion.convert_file(scope, store, TOOLS, first.id, NOW)

    with scope(write=False) as session:
        made = media.media_content(session, alice, first.id, "image")
    assert made.mimetype == "image/jpeg"
    assert store.path_of(made.digest).read_bytes().startswith(b"\xff\xd8")


def test_a_jpeg_goes_as_it_is(scope: Scope, store: MediaFiles, alice: Caller) -> None:
    card = attach(scope, store, alice, files.picture())

    with scope() as session:
        assert media.send_as(session, alice, card.id, "image", NOW) == card
        assert media.send_as(session, alice, card.id, "document", NOW) == card
        with refuses(WrongKindError, "cannot be sent as a video"):
            media.send_as(session, alice, card.id, "video", NOW)


class Failing:
    """Tools that fail in some way."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def look(self, path: Path) -> Shape:
        """Sound, whatever it is."""
        return Shape("audio/x-wav")

    def thumbnail(self, path: Path, shape: Shape, target: Path) -> bool:
        """None."""
        return False

    def shrink(self, picture: bytes) -> bytes:
        """The same."""
        return picture

    def convert(self, source: Path, shape: Shape, kind: str, target: Path) -> None:
        """Fail."""
        raise self._fault


def waiting(scope: Scope, store: MediaFiles, user: Caller, tools: Failing) -> int:
    """The id of a sound that waits to become a voice note."""
    with scope() as session:
        token = uploads.begin_upload(session, user, store, "song.wav", 4, MB, NOW)
        incoming = uploads.find_upload(session, user, token)
        uploads.append_bytes(store, incoming, 0, b"RIFF")
        kept = uploads.keep_upload(
            session, user, incoming, examination.examine_upload(store, tools, incoming), NOW
        )
        return media.send_as(session, user, kept.id or 0, "voice", NOW).id


@pytest.mark.parametrize(
    "fault",
    [
        WrongKindError("media", "It cannot be done."),
        NoRoomError("media", "Disk full."),
        OSError(28, "No space left on device"),
    ],
)
def test_a_conversion_that_fails_is_told_and_may_be_tried_again(
    scope: Scope, store: MediaFiles, alice: Caller, fault: Exception
) -> None:
    tools = Failing(fault)
    media_id = waiting(scope, store, alice, tools)

    conversion.convert_file(scope, store, tools, media_id, NOW)

    with scope() as session:
        card = media.media_card(session, alice, media_id)
        said = "The server's disk is full, or fails" if isinstance(fault, OSError) else str(fault)
        assert card.state == MediaState.REFUSED
        assert words(card.reason).startswith(said)
        original = media.fetch_media(session, alice, media_id).made_from or 0
        assert media.send_as(session, alice, original, "voice", NOW).id != media_id


def test_a_conversion_whose_task_was_lost_is_found_again_and_runs_once(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    tools = Failing(WrongKindError("media", "It cannot be done."))
    media_id = waiting(scope, store, alice, tools)
    later = NOW + timedelta(minutes=2)
    with scope(write=False) as session:
        assert conversion.forgotten_files(session, NOW) == []
        assert conversion.forgotten_files(session, later) == [media_id]

    conversion.convert_file(scope, store, tools, media_id, later)

    with scope(write=False) as session:
        assert conversion.forgotten_files(session, later) == []


def test_one_task_converts_all_that_wait_and_the_newest_first(
    scope: Scope, store: MediaFiles, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = Failing(WrongKindError("media", "It cannot be done."))
    older = [waiting(scope, store, alice, tools) for _ in range(3)]
    with scope() as session:
        newest = session.get_one(MediaFile, waiting(scope, store, alice, tools))
        newest.created_at = newest.used_at = NOW + timedelta(minutes=1)
    done: list[int] = []
    convert = conversion.convert_file

    def note(*given: Any) -> None:
        done.append(given[3])
        convert(*given)

    monkeypatch.setattr(conversion, "convert_file", note)
    monkeypatch.setattr(bootstrap, "database", lambda: scope)
    monkeypatch.setattr(bootstrap, "media_store", lambda: store)
    monkeypatch.setattr(bootstrap, "media_tools", lambda: tools)
    monkeypatch.setattr(bootstrap, "clock", lambda: FakeClock(NOW))

    tasks.convert.call_local(older[0])

    assert done == [newest.id, *reversed(older)]


def test_a_conversion_that_was_interrupted_is_not_waited_for_forever(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    media_id = waiting(scope, store, alice, Failing(WrongKindError("media", "")))

    with scope() as session:
        cleanup.clean_up(session, NOW + timedelta(hours=2))
        assert "interrupted" in words(media.media_card(session, alice, media_id).reason)


def schedule(scope: Scope, user: Caller, account_id: int, one: Media | Text) -> int:
    """Schedule a content for tomorrow; returns the schedule's id."""
    tomorrow = NOW + timedelta(days=1)
    request = ScheduleRequest(
        account_id, ("+4915100000012",), (one,), tomorrow.date(), tomorrow.time(), "UTC"
    )
    with scope() as session:
        return create.create_schedule(session, user, request, NOW).schedule_id


def sweep(scope: Scope, store: MediaFiles, now: datetime) -> None:
    """What the hourly task does."""
    with scope() as session:
        wanted = cleanup.clean_up(session, now)
    store.sweep(wanted, now)


def test_a_file_is_kept_as_long_as_a_draft_names_it(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    named, other = (attach(scope, store, alice, body, "a.pdf") for body in (files.PDF, b"%PDF-1.4"))
    with scope() as session:
        draft = kept_drafts.keep_draft(session, alice, DraftBody("{}", "", "", (named.id,)), NOW)

    with scope() as session:
        cleanup.clean_up(session, LATER)
        assert media.media_card(session, alice, named.id).name == "a.pdf"
        with pytest.raises(NotFoundError):
            media.media_card(session, alice, other.id)
        kept_drafts.throw_away(session, alice, draft.id, NOW)
        session.flush()
        cleanup.clean_up(session, LATER)
        with pytest.raises(NotFoundError):
            media.media_card(session, alice, named.id)


def test_a_file_is_kept_as_long_as_a_schedule_names_it(
    scope: Scope, store: MediaFiles, alice: Caller, account_id: int
) -> None:
    card = attach(scope, store, alice, files.PDF, "notes.pdf")
    with scope(write=False) as session:
        content = media.media_content(session, alice, card.id, "document")
    made = schedule(scope, alice, account_id, content)

    sweep(scope, store, LATER)
    assert store.path_of(content.digest).is_file()

    with scope() as session:
        row = session.get_one(Schedule, made)
        row.contents, row.status = [to_json(Text("Without"))], ScheduleStatus.CANCELLED
        session.add(row)
    sweep(scope, store, LATER)
    assert not store.path_of(content.digest).exists()
    with scope(write=False) as session, pytest.raises(NotFoundError):
        media.media_card(session, alice, card.id)


def test_a_file_that_was_just_attached_is_kept_for_the_draft(
    scope: Scope, store: MediaFiles, alice: Caller
) -> None:
    card = attach(scope, store, alice, files.PDF)

    sweep(scope, store, NOW + timedelta(hours=1))

    with scope(write=False) as session:
        assert media.media_card(session, alice, card.id) == card


def test_the_picture_of_a_link_is_kept_with_its_schedule(
    scope: Scope, store: MediaFiles, alice: Caller, account_id: int
) -> None:
    digest, unused = store.add(b"picture"), store.add(b"another")
    preview = LinkPreview("https://x.org", "X", digest=digest)
    schedule(scope, alice, account_id, Text("https://x.org", preview=preview))

    sweep(scope, store, LATER)

    assert store.path_of(digest).is_file()
    assert not store.path_of(unused).exists()


def test_a_schedule_cannot_name_a_file_that_is_not_there(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    gone = Media("document", "", "application/pdf", digest="0" * 64)

    with refuses(InputError, "Attach it again"):
        schedule(scope, alice, account_id, gone)
