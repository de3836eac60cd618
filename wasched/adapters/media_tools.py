"""Looking into files and converting them, each kind by the library for it; in bounded processes."""

from pathlib import Path

from wasched.adapters import file_types, photo_marks, picture_heads, pictures
from wasched.domain.media import IMAGES, Shape

_PDF = "application/pdf"


class SystemMediaTools:
    """Fulfils the MediaTools protocol with a library for each kind, loaded when it is needed."""

    def look(self, path: Path) -> Shape:
        """Say what a file is, by what is in it."""
        mimetype = file_types.type_of(path)
        if mimetype.startswith("image/"):
            return _look_at_picture(path, mimetype)
        if mimetype.startswith(("video/", "audio/")):
            from wasched.adapters import film_facts

            return film_facts.read_facts(path, mimetype)
        if mimetype == _PDF:
            from wasched.adapters import pdfs

            return Shape(mimetype, pages=pdfs.page_count(path))
        return Shape(mimetype)

    def thumbnail(self, path: Path, shape: Shape, target: Path) -> bool:
        """Write a small JPEG of a picture or a video; False if there is none to make."""
        if shape.mimetype.startswith("image/") and shape.width:
            return pictures.write_thumbnail(path, shape.mimetype, target)
        if shape.mimetype.startswith("video/"):
            from wasched.adapters import film_facts

            return film_facts.write_frame(path, target)
        return shape.mimetype == _PDF and shape.pages > 0 and _write_first_page(path, target)

    def shrink(self, picture: bytes) -> bytes:
        """A small JPEG of a picture; WrongKindError if it is none."""
        return pictures.small_jpeg(picture)

    def convert(self, source: Path, shape: Shape, kind: str, target: Path) -> None:
        """Write what phones play as this kind; WrongKindError if it cannot be done."""
        if kind == "image":
            pictures.write_jpeg(source, shape.mimetype, target)
        else:
            from wasched.adapters import film_conversion

            film_conversion.convert_media(source, kind, target)

    def stop(self) -> None:
        """Nothing can be ended here; what is to be, is done in a process of its own."""


def _write_first_page(path: Path, target: Path) -> bool:
    from wasched.adapters import pdfs

    page = pdfs.first_page(path, pictures.SIDE)
    if page is not None:
        page.save(target, format="jpeg", quality=70)
    return page is not None


def _look_at_picture(path: Path, mimetype: str) -> Shape:
    if mimetype in pictures.HEIC:
        from wasched.adapters import heic

        width, height = heic.size_of(path)
    else:
        width, height = picture_heads.size_of(path)
    if not width or pictures.is_damaged(path, mimetype):
        return Shape(mimetype, is_damaged=mimetype != "image/svg+xml")
    if mimetype in IMAGES:
        tells_origin = pictures.is_turned(path) or photo_marks.has_marks(path)
    else:
        tells_origin = pictures.has_exif(path, mimetype)
    return Shape(mimetype, width, height, tells_origin=tells_origin)
