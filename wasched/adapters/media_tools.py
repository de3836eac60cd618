"""Looking into files and converting them, each kind by the tool for it."""

from pathlib import Path

from wasched.adapters import ffmpeg, file_types, picture_heads, pictures
from wasched.domain.media import Shape
from wasched.domain.reasons import NO_REASON, Reason


class SystemMediaTools:
    """Fulfils the MediaTools protocol with libmagic, Pillow and, where it is there, ffmpeg."""

    def look(self, path: Path) -> Shape:
        """Say what a file is, by what is in it."""
        mimetype = file_types.type_of(path)
        if mimetype.startswith("image/"):
            width, height = picture_heads.size_of(path)
            return Shape(mimetype, width, height)
        if mimetype.startswith(("video/", "audio/")):
            return ffmpeg.probe_media(path, mimetype)
        return Shape(mimetype)

    def thumbnail(self, path: Path, shape: Shape, target: Path) -> bool:
        """Write a small JPEG of a picture or a video; False if there is none to make."""
        if shape.mimetype.startswith("image/") and shape.width:
            return pictures.write_thumbnail(path, target)
        if shape.mimetype.startswith("video/"):
            return ffmpeg.write_frame(path, target)
        return False

    def shrink(self, picture: bytes) -> bytes:
        """A small JPEG of a picture; WrongKindError if it is none."""
        return pictures.small_jpeg(picture)

    def lacks(self, shape: Shape, kind: str) -> Reason:
        """What is missing to convert such a file to a kind; no reason if nothing."""
        return NO_REASON if kind == "image" else ffmpeg.missing_tools(kind)

    def convert(self, source: Path, shape: Shape, kind: str, target: Path) -> None:
        """Write what phones play as this kind; WrongKindError if it cannot be done."""
        if kind == "image":
            pictures.write_jpeg(source, target)
        else:
            ffmpeg.convert_media(source, kind, target)

    def stop(self) -> None:
        """Nothing can be ended here; what is to be, is done in a process of its own."""
