"""Place and camera of photos and films: taken out unless who runs the server leaves them in."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests import files
from tests.reasons import refuses
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.files.test_media import TOOLS, attach
from wasched.adapters import photo_marks
from wasched.adapters.media_files import MediaFiles
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.media import fits_kind
from wasched.services.caller import Caller
from wasched.services.files import media, origins

ANNA = (b"Anna", b"Exif", b"a film that was taken beside it")


@pytest.fixture
def store(tmp_path: Path) -> MediaFiles:
    """An empty store."""
    return MediaFiles(tmp_path / "media")


def sent_as(scope: Scope, store: MediaFiles, user: Caller, media_id: int, kind: str) -> bytes:
    """The bytes that go out of a file."""
    with scope() as session:
        card = media.send_as(session, user, media_id, kind, NOW)
        assert card.state == "ready"
        return store.path_of(media.media_content(session, user, card.id, kind).digest).read_bytes()


@pytest.mark.parametrize("turned", [False, True])
def test_a_photo_goes_without_its_place_and_camera(
    scope: Scope, store: MediaFiles, alice: Caller, turned: bool
) -> None:
    body = files.camera_photo(turned=turned)
    card = attach(scope, store, alice, body, "IMG_1.jpg")
    assert card.kinds == ("image", "document") and card.tells_origin

    plain = sent_as(scope, store, alice, card.id, "image")

    assert not any(one in plain for one in ANNA)
    with Image.open(io.BytesIO(plain)) as shown, Image.open(io.BytesIO(body)) as taken:
        assert shown.size == ((40, 64) if turned else (64, 40)) and not shown.getexif()
        assert shown.info["icc_profile"] == taken.info["icc_profile"]
        if not turned:
            assert not ImageChops.difference(shown, taken).getbbox(), "every pixel as it was"
    assert sent_as(scope, store, alice, card.id, "document") == body


def test_what_still_names_its_place_cannot_be_scheduled_past_the_choice(
    scope: Scope, store: MediaFiles, alice: Caller, tmp_path: Path
) -> None:
    film = files.film(tmp_path / "a.mp4", location="+52.5000+013.4000/")
    card = attach(scope, store, alice, film.read_bytes(), "a.mp4")
    assert card.kinds == ("video", "document") and card.tells_origin
    with scope() as session:
        with refuses(InputError, "still names its place"):
            media.media_content(session, alice, card.id, "video")
        assert media.send_as(session, alice, card.id, "video", NOW).state == "preparing"


def test_who_runs_the_server_may_leave_them_in(
    scope: Scope, store: MediaFiles, alice: Caller, charlie: Caller
) -> None:
    body = files.camera_photo()
    with scope() as session:
        with pytest.raises(NotFoundError):
            origins.choose_origin(session, charlie, True, NOW)
        origins.choose_origin(session, alice, True, NOW)

    card = attach(scope, store, alice, body, "IMG_1.jpg")

    assert sent_as(scope, store, alice, card.id, "image") == body


def test_a_film_is_packed_anew_without_its_place(tmp_path: Path) -> None:
    path = files.film(tmp_path / "a.mp4", location="+52.5000+013.4000/", title="Berlin")
    shape = TOOLS.look(path)
    assert shape.tells_origin

    TOOLS.convert(path, shape, "video", tmp_path / "made")

    made = TOOLS.look(tmp_path / "made")
    assert fits_kind(made, "video") and not made.tells_origin
    assert b"loci" in path.read_bytes() and b"loci" not in (tmp_path / "made").read_bytes()


def test_what_is_written_into_a_png_is_left_out_as_well() -> None:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Anna"
    Image.new("RGB", (8, 8), "red").save(written, "png", exif=exif)

    plain = photo_marks.without_marks(written.getvalue())

    assert b"Anna" in written.getvalue() and b"Anna" not in plain
    with Image.open(io.BytesIO(plain)) as shown:
        assert shown.getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif"])
def test_a_picture_without_marks_is_left_as_it_is(kind: str) -> None:
    for body in (files.picture(kind), files.picture(kind)[:200]):
        assert photo_marks.without_marks(body) == body
