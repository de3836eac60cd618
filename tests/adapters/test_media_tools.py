"""What a file is by its content, its small picture, and what phones need it to become."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests import files
from tests.reasons import refuses, words
from wasched.adapters import bounded_media_tools, waveforms
from wasched.adapters.media_tools import SystemMediaTools
from wasched.domain import media
from wasched.domain.errors import WrongKindError
from wasched.domain.media import Shape

TOOLS = SystemMediaTools()
SAMPLES = files.SAMPLES / "media"


@pytest.mark.parametrize(
    ("body", "mimetype"),
    [
        (files.picture("jpeg"), "image/jpeg"),
        (files.picture("png"), "image/png"),
        (files.picture("webp"), "image/webp"),
        (files.PDF, "application/pdf"),
        (files.SVG, "image/svg+xml"),
        (files.HTML, "text/html"),
        (b"just words\n", "text/plain"),
        (b"\x00\xff\x01\xfe" * 60, "application/octet-stream"),
    ],
)
def test_the_content_says_what_a_file_is_whatever_its_name(
    tmp_path: Path, body: bytes, mimetype: str
) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(body)

    assert TOOLS.look(path).mimetype == mimetype


def test_a_picture_has_its_size_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "turned"
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright
    Image.new("RGB", (40, 20)).save(path, format="jpeg", exif=turned)

    assert TOOLS.look(path) == Shape("image/jpeg", 20, 40, tells_origin=True)


def test_a_damaged_picture_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(files.picture("png")[:30])

    assert media.kinds_of_type(TOOLS.look(path), 60) == ("document",)


def test_a_picture_with_far_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    path, target = tmp_path / "bomb", tmp_path / "small"
    Image.new("1", (30_000, 30_000)).save(path, format="png")
    shape = TOOLS.look(path)

    assert media.kinds_of_type(shape, path.stat().st_size) == ("document",)
    assert not TOOLS.thumbnail(path, shape, target)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "bmp", "tiff"])
def test_pictures_have_a_small_one(tmp_path: Path, kind: str) -> None:
    path, target = tmp_path / "picture", tmp_path / "small"
    path.write_bytes(files.picture(kind))

    assert TOOLS.thumbnail(path, TOOLS.look(path), target)
    with Image.open(target) as small:
        assert (small.format, small.size) == ("JPEG", (320, 200))


def test_a_picture_that_phones_do_not_show_becomes_a_jpeg(tmp_path: Path) -> None:
    path, target = tmp_path / "picture", tmp_path / "made"
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(path, format="webp")
    shape = TOOLS.look(path)
    assert not media.fits_kind(shape, "image")

    TOOLS.convert(path, shape, "image", target)

    assert media.fits_kind(TOOLS.look(target), "image")
    with Image.open(target) as made:
        assert made.getpixel((0, 0)) == (255, 255, 255)  # clear becomes white, not black


def test_what_is_no_picture_cannot_be_made_one() -> None:
    with refuses(WrongKindError, "no picture"):
        TOOLS.shrink(files.PDF)


def test_a_preview_picture_is_shrunk() -> None:
    with Image.open(io.BytesIO(TOOLS.shrink(files.picture("png", (1200, 630))))) as small:
        assert small.size == (320, 168)


def test_a_film_has_its_size_length_and_first_picture(tmp_path: Path) -> None:
    path = files.film(tmp_path / "film.mp4")
    shape = TOOLS.look(path)

    assert shape == Shape("video/mp4", 320, 180, 1, "h264", "aac")
    assert media.fits_kind(shape, "video")
    assert TOOLS.thumbnail(path, shape, tmp_path / "small.jpg")
    assert TOOLS.look(tmp_path / "small.jpg").mimetype == "image/jpeg"


def test_a_film_that_phones_do_not_play_is_made_one_they_do(tmp_path: Path) -> None:
    path, target = files.film(tmp_path / "film.mkv", "mpeg4"), tmp_path / "made"
    shape = TOOLS.look(path)
    assert not media.fits_kind(shape, "video")

    TOOLS.convert(path, shape, "video", target)

    assert media.fits_kind(TOOLS.look(target), "video")


@pytest.mark.parametrize("kind", ["voice", "audio"])
def test_sound_becomes_a_voice_note_or_audio(tmp_path: Path, kind: str) -> None:
    path, target = files.sound(tmp_path / "sound.wav"), tmp_path / "made"
    shape = TOOLS.look(path)
    assert not media.fits_kind(shape, kind)

    TOOLS.convert(path, shape, kind, target)

    made = TOOLS.look(target)
    assert media.fits_kind(made, kind)
    assert made.seconds == 1


def test_what_is_no_film_cannot_be_made_one(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 200)

    with refuses(WrongKindError, "Send it as a document"):
        TOOLS.convert(path, Shape("video/mp4"), "video", tmp_path / "made")


def test_a_playlist_cannot_make_the_server_read_other_files(tmp_path: Path) -> None:
    secret = files.sound(tmp_path / "secret.wav")
    playlist = tmp_path / "film.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n")

    with pytest.raises(WrongKindError):
        TOOLS.convert(playlist, Shape("video/mp4"), "audio", tmp_path / "made")


@pytest.mark.parametrize("tile", [0, 256])
def test_a_photo_of_a_phone_becomes_a_jpeg_of_its_size(tmp_path: Path, tile: int) -> None:
    path, target = tmp_path / "photo.heic", tmp_path / "made"
    path.write_bytes(
        files.heic((600, 400), tile) if tile else (SAMPLES / "photo.heic").read_bytes()
    )
    shape = TOOLS.look(path)
    assert media.kinds_of_type(shape, 2_000) == ("image", "document")
    assert TOOLS.thumbnail(path, shape, tmp_path / "small")

    TOOLS.convert(path, shape, "image", target)

    made = TOOLS.look(target)
    assert made == Shape("image/jpeg", shape.width, shape.height)
    with Image.open(target) as picture, Image.open(tmp_path / "small") as small:
        whole = picture.convert("L").resize((32, 20))
        assert max(whole.getdata()) - min(whole.getdata()) > 100, "it shows something"
        assert small.size[0] == 320


def test_a_scan_of_16_bits_shows_what_is_on_it(tmp_path: Path) -> None:
    path, target = SAMPLES / "scan_of_16_bits.tiff", tmp_path / "made"

    TOOLS.convert(path, TOOLS.look(path), "image", target)
    assert TOOLS.thumbnail(path, TOOLS.look(path), tmp_path / "small")

    for made in (target, tmp_path / "small"):
        with Image.open(made) as picture:
            grey = picture.convert("L")
            assert 100 < sum(grey.getdata()) / grey.width / grey.height < 156, "from black to white"


def test_an_upright_film_is_upright(tmp_path: Path) -> None:
    path, target = SAMPLES / "upright.mp4", tmp_path / "made"
    shape = TOOLS.look(path)
    assert (shape.width, shape.height, shape.seconds) == (180, 320, 2)
    assert TOOLS.thumbnail(path, shape, tmp_path / "small")
    with Image.open(tmp_path / "small") as small:
        assert small.size == (180, 320)

    TOOLS.convert(path, shape, "video", target)

    made = TOOLS.look(target)
    assert (made.width, made.height) == (180, 320)


def test_a_film_of_ten_bits_is_made_one_of_eight(tmp_path: Path) -> None:
    path, target = SAMPLES / "ten_bits.mp4", tmp_path / "made"
    shape = TOOLS.look(path)
    assert not media.fits_kind(shape, "video")

    TOOLS.convert(path, shape, "video", target)

    assert media.fits_kind(TOOLS.look(target), "video")


def test_a_voice_note_says_how_it_sounds() -> None:
    shape = TOOLS.look(SAMPLES / "voice.ogg")

    assert media.kinds_of_type(shape, 8_000)[0] == "voice" and media.fits_kind(shape, "voice")
    assert shape.seconds == 2
    bars = bytes.fromhex(shape.waveform)
    assert len(bars) == 64 and max(bars) == 100


def test_silence_and_then_a_tone_are_seen_in_the_bars() -> None:
    bars = waveforms.bars_of([0.0] * 50 + [900.0] * 50)

    assert bars[:31] == [0] * 31 and bars[33:] == [100] * 31
    assert waveforms.bars_of([7.0]) == [100] * 64


def test_vorbis_is_made_what_phones_play(tmp_path: Path) -> None:
    path, target = SAMPLES / "vorbis.ogg", tmp_path / "made"
    shape = TOOLS.look(path)
    assert not media.fits_kind(shape, "audio") and not media.fits_kind(shape, "voice")

    TOOLS.convert(path, shape, "audio", target)

    assert media.fits_kind(TOOLS.look(target), "audio")


def test_half_a_file_is_a_document_that_says_so(tmp_path: Path) -> None:
    film = files.film(tmp_path / "film.mp4").read_bytes()
    early = (SAMPLES / "upright.mp4").read_bytes()  # its head comes first
    for body in (files.noise("jpeg"), files.noise("png"), film, early):
        path = tmp_path / "half"
        path.write_bytes(body[: len(body) // 2])
        shape = TOOLS.look(path)

        assert media.kinds_of_type(shape, len(body)) == ("document",)
        assert "damaged" in words(media.why_document(shape, len(body)))


def test_what_takes_too_much_memory_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_media_tools, "MEMORY", 8 * media.MB)
    path, tools = SAMPLES / "ten_bits.mp4", bounded_media_tools.BoundedMediaTools()

    with refuses(WrongKindError, "longer, or more memory.*Send it as a document"):
        tools.convert(path, Shape("video/mp4"), "video", tmp_path / "made")

    assert bounded_media_tools.conversion_bounds(25 * media.MB).cpu_s == 180


def test_a_pdf_has_its_pages_and_a_picture_of_the_first(tmp_path: Path) -> None:
    path, target = SAMPLES / "three.pdf", tmp_path / "small"
    shape = TOOLS.look(path)

    assert shape == Shape("application/pdf", pages=3)
    assert TOOLS.thumbnail(path, shape, target)
    with Image.open(target) as small:
        assert max(small.size) == 320
    path = tmp_path / "damaged.pdf"
    path.write_bytes(files.PDF[:40])
    assert TOOLS.look(path) == Shape("application/pdf")
