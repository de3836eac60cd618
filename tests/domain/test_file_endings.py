"""A file's name says what its content leaves open, and never makes it one that is shown."""

import pytest

from tests import files
from wasched.adapters import file_types
from wasched.domain.file_endings import type_by_name
from wasched.domain.media import INLINE


@pytest.mark.parametrize(
    ("content", "name", "mimetype"),
    [
        ("text/plain", "list.csv", "text/csv"),
        ("text/plain", "Termin.ICS", "text/calendar"),
        ("application/zip", "pass.pkpass", "application/vnd.apple.pkpass"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "macro.docm",
            "application/vnd.ms-word.document.macroenabled.12",
        ),
        ("application/cdfv2", "Mail.msg", "application/vnd.ms-outlook"),
        ("application/octet-stream", "book.mobi", "application/x-mobipocket-ebook"),
        ("text/plain", "notes", "text/plain"),
        ("application/pdf", "photo.csv", "application/pdf"),
        ("text/plain", "photo.jpg", "text/plain"),
        ("image/png", "table.csv", "image/png"),
    ],
)
def test_the_ending_says_what_the_content_leaves_open(
    content: str, name: str, mimetype: str
) -> None:
    assert type_by_name(content, name) == mimetype


def test_no_name_has_a_browser_show_a_file() -> None:
    for content in ("text/plain", "application/zip", "application/octet-stream"):
        for ending in ("mp4", "jpg", "ogg", "csv", "html", "key"):
            assert type_by_name(content, f"a.{ending}") not in INLINE


def test_real_files_of_these_kinds_are_known_by_both() -> None:
    for name, mimetype in (
        ("pass.pkpass", "application/vnd.apple.pkpass"),
        ("macro.docm", "application/vnd.ms-word.document.macroenabled.12"),
    ):
        content = file_types.type_of(files.SAMPLES / "media" / name)
        assert type_by_name(content, name) == mimetype
