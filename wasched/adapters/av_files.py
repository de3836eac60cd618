"""Opening sound and film with PyAV: loaded in bounded processes alone, never in api or worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

FAULTS = (av.FFmpegError, ValueError, OverflowError)
"""What damaged files end with."""

# Containers of sound and video only: no playlists, which could name other files or hosts.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mp3,wav,flac,aac,amr"
_SAFE = {"protocol_whitelist": "file", "format_whitelist": f"{_FORMATS},aiff,caf,gif"}

av.logging.set_level(av.logging.PANIC)


@contextmanager
def open_media(path: Path) -> Iterator[InputContainer]:
    """A file of sound or film, to be decoded on one thread; one of FAULTS if it is none."""
    with av.open(f"file:{path}", options=_SAFE, metadata_errors="replace") as container:
        for stream in (*container.streams.video, *container.streams.audio):
            if stream.codec_context is not None:
                stream.codec_context.thread_count = 1
        yield container


def film_of(container: InputContainer) -> VideoStream | None:
    """The first stream of moving pictures, passing over the picture of a song's cover."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic and stream.codec_context is not None:
            return stream
    return None


def sound_of(container: InputContainer) -> AudioStream | None:
    """The first stream of sound that can be decoded."""
    return next((one for one in container.streams.audio if one.codec_context is not None), None)


def seconds_of(container: InputContainer) -> float:
    """How long it plays, by its head; 0 if that does not say."""
    return max(0.0, (container.duration or 0) / av.time_base)
