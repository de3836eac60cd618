"""The files of a message while it is handed over: at hand, gone, or not to be had just now."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.reasons import words
from wasched.adapters.carried_files import files_at_hand
from wasched.adapters.media_files import MediaFiles
from wasched.domain.content import LinkPreview, Media, Text
from wasched.domain.errors import MediaAwayError, SendError
from wasched.domain.reasons import Code, Reason

NOTHING = "0" * 64


def test_a_message_finds_its_files_when_it_is_handed_over(tmp_path: Path) -> None:
    store = MediaFiles(tmp_path)
    digest = store.add(b"file")
    with store.workplace(5) as small:
        small.write_bytes(b"small")
        store.keep_thumbnail(digest, small)
    picture = Media("image", "", "image/png", digest=digest)
    linked = Text("x", preview=LinkPreview("https://x.org", digest=digest))

    with files_at_hand(picture, store) as found, files_at_hand(linked, store) as text:
        assert isinstance(found, Media)
        assert Path(found.path).read_bytes() == b"file"
        assert Path(found.thumbnail).read_bytes() == b"small"
        assert isinstance(text, Text)
        assert text.preview is not None
        assert Path(text.preview.path).read_bytes() == b"file"


def test_a_file_that_is_gone_fails_its_message_for_good(tmp_path: Path) -> None:
    gone = Media("document", "", "", filename="a.pdf", digest=NOTHING)
    store = MediaFiles(tmp_path)
    store.add(b"another")

    with pytest.raises(SendError) as fault, files_at_hand(gone, store):
        pass

    assert fault.value.permanent
    assert words(fault.value.reason) == "a.pdf is no longer on this server."


def test_a_folder_without_any_file_may_be_a_volume_that_is_not_there_yet(tmp_path: Path) -> None:
    there = Media("document", "", "", filename="a.pdf", digest=NOTHING)

    with pytest.raises(SendError) as fault, files_at_hand(there, MediaFiles(tmp_path)):
        pass

    assert not fault.value.permanent
    assert "media folder is empty" in words(fault.value.reason)


def test_a_preview_whose_picture_is_gone_goes_without_it(tmp_path: Path) -> None:
    linked = Text("x", preview=LinkPreview("https://x.org", digest=NOTHING))

    with files_at_hand(linked, MediaFiles(tmp_path)) as text:
        assert isinstance(text, Text)
        assert text.preview is not None
        assert text.preview.path == ""


class Failing(MediaFiles):
    """A store whose files cannot be had."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(Path())
        self._fault = fault

    def at_hand(self, digest: str) -> AbstractContextManager[Path]:
        """Fail."""
        raise self._fault


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (MediaAwayError(Reason(Code.MEDIA_STORE_SILENT), ""), "does not answer"),
        (OSError(5, "Input/output error"), "cannot be read just now"),
    ],
)
def test_what_cannot_be_had_just_now_is_tried_again(fault: Exception, says: str) -> None:
    with (
        pytest.raises(SendError) as refusal,
        files_at_hand(Media("document", "", "", digest=NOTHING), Failing(fault)),
    ):
        pass

    assert (refusal.value.permanent, refusal.value.left) == (False, False)
    assert says in words(refusal.value.reason)
