"""What sound and film are by their heads: size as shown, seconds, codecs, a first picture."""

from pathlib import Path

from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from wasched.adapters import av_files, waveforms
from wasched.adapters.mp4_boxes import is_cut
from wasched.domain.media import VOICE, Shape

SIDE = 320
"""The longer side of a small picture, in pixels."""

_EVERY_PHONE = frozenset({"yuv420p", "yuvj420p", "nv12"})
"""How phones take a film's pixels; others are written behind the codec's name."""
_TELLING = ("location", "xyz", "com.apple.quicktime.", "com.android.", "make", "model")


def read_facts(path: Path, mimetype: str) -> Shape:
    """What sound or film is; `is_damaged` where it cannot be played to its end."""
    try:
        with av_files.open_media(path) as container:
            shape = _facts(container, mimetype)
    except MemoryError:
        raise
    except av_files.FAULTS:
        return Shape(mimetype, is_damaged=True)
    if shape.mimetype == VOICE and shape.audio_codec == "opus":
        return waveforms.with_waveform(path, shape)
    return shape


def write_frame(path: Path, target: Path) -> bool:
    """Write a small JPEG of a film's beginning; False if there is none."""
    try:
        with av_files.open_media(path) as container:
            film = av_files.film_of(container)
            frame = first_frame(container, film) if film else None
            if frame is not None:
                _small_picture(frame).save(target, format="jpeg", quality=70)
            return frame is not None
    except MemoryError:
        raise
    except av_files.FAULTS:
        return False


def first_frame(container: InputContainer, film: VideoStream) -> VideoFrame | None:
    """The first picture of a film, None if there is none."""
    return next(container.decode(film), None)


def pixels_of(film: VideoStream) -> str:
    """The name of a film's codec; with how its pixels are kept where phones do not take that."""
    context = film.codec_context
    usual = (context.pix_fmt or "yuv420p") in _EVERY_PHONE
    return context.name if usual else f"{context.name} {context.pix_fmt}"


def _facts(container: InputContainer, mimetype: str) -> Shape:
    is_video = mimetype.startswith("video/")
    film = av_files.film_of(container) if is_video else None
    sound = av_files.sound_of(container)
    (width, height), is_damaged = _size_shown(container, film) if film else ((0, 0), sound is None)
    family = "video" if film or not is_video else "audio"
    return Shape(
        mimetype=f"audio/{mimetype.partition('/')[2]}" if family == "audio" else mimetype,
        width=width,
        height=height,
        seconds=round(av_files.seconds_of(container)),
        video_codec=pixels_of(film) if film else "",
        audio_codec=sound.codec_context.name if sound else "",
        is_damaged=is_damaged or is_cut(Path(container.name.removeprefix("file:"))),
        tells_origin=film is not None and _tells_origin(container),
    )


def _size_shown(container: InputContainer, film: VideoStream) -> tuple[tuple[int, int], bool]:
    """Width and height as phones show it, and whether there is no picture in it."""
    size = (film.codec_context.width, film.codec_context.height)
    try:
        frame = first_frame(container, film)
    except MemoryError:  # so large that only its head is read
        return size, False
    if frame is None:
        return (0, 0), True
    return (size if frame.rotation % 180 == 0 else (size[1], size[0])), False


def _tells_origin(container: InputContainer) -> bool:
    """True if a place or a camera is written beside the film."""
    streams = [stream.metadata for stream in container.streams]
    return any(
        name.lower().startswith(_TELLING)
        for kept in (container.metadata, *streams)
        for name in kept
    )


def _small_picture(frame: VideoFrame) -> Image.Image:
    part = min(1.0, SIDE / max(frame.width, frame.height))
    width, height = (max(2, round(side * part)) for side in (frame.width, frame.height))
    fitted = frame.reformat(width=width, height=height, format="rgb24", threads=1)
    small: Image.Image = fitted.to_image()  # type: ignore[no-untyped-call]
    return small.rotate(frame.rotation, expand=True) if frame.rotation else small
