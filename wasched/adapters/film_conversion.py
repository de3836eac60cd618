"""Sound and film made into what phones play: MP4 of H.264 and AAC, M4A, voice notes of Opus."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, Colorspace, ColorTrc
from av.video.stream import VideoStream

from wasched.adapters import av_files, film_facts
from wasched.domain.errors import WrongKindError
from wasched.domain.media import VIDEO_MAX
from wasched.domain.reasons import Code, Reason, because

if TYPE_CHECKING:
    AnyPacket = Packet[Any]
else:
    AnyPacket = Packet  # which takes no arguments when it runs

SIDE = 1280
"""The longer side of a film that is made, in pixels."""

_FORMAT = {"video": "mp4", "audio": "ipod", "voice": "ogg"}
_X264 = {"preset": "veryfast", "crf": "26", "threads": "1", "rc-lookahead": "10"}
_WHOLE = 0.9
"""The part of what a film's head promises that must be there, else it is damaged."""
_HDR = frozenset({ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67})
_COPIED_FROM = ("mov", "matroska")
_COPIED_SOUND = frozenset({"aac", "mp3"})


class _Track(Protocol):
    """A stream that is made of another."""

    def take(self, packet: AnyPacket) -> Iterable[AnyPacket]:
        """What is written for a packet of the other one; its last is empty."""


def convert_media(source: Path, kind: str, target: Path) -> None:
    """Write what phones play as this kind; WrongKindError if it cannot be done."""
    try:
        with av_files.open_media(source) as container:
            promised = av_files.seconds_of(container)
            way = {"movflags": "+faststart"} if kind == "video" else {}
            with av.open(str(target), "w", format=_FORMAT[kind], options=way) as made:
                reached = _write(container, _tracks(container, made, kind), made, target, kind)
    except MemoryError:
        raise
    except av_files.FAULTS:
        raise WrongKindError("media", because(Code.NOT_CONVERTED, kind=kind)) from None
    if kind == "video" and reached + 1 < promised * _WHOLE:
        raise WrongKindError("media", Reason(Code.MEDIA_DAMAGED))


def _write(
    container: InputContainer,
    tracks: dict[Any, _Track],
    made: OutputContainer,
    target: Path,
    kind: str,
) -> float:
    """Write all packets; how many seconds of the source there were."""
    reached = 0.0
    for number, packet in enumerate(_packets(container, list(tracks))):
        if packet.pts is not None:
            reached = max(reached, float(packet.pts * packet.time_base))
        for written in tracks[packet.stream].take(packet):
            made.mux(written)
        if number % 100 == 99 and target.stat().st_size > VIDEO_MAX:
            raise WrongKindError("media", because(Code.STILL_TOO_LARGE, kind=kind))
    return reached


def _packets(container: InputContainer, streams: list[Any]) -> Iterator[AnyPacket]:
    """The packets in their order, an empty one for each stream at last; also of a cut file."""
    try:
        yield from (one for one in container.demux(streams) if one.size)
    except MemoryError:
        raise
    except av_files.FAULTS:
        pass
    for stream in streams:
        last: AnyPacket = Packet()
        last.stream = stream
        yield last


def _tracks(container: InputContainer, made: OutputContainer, kind: str) -> dict[Any, _Track]:
    film = av_files.film_of(container) if kind == "video" else None
    sound = av_files.sound_of(container)
    if (film is None) if kind == "video" else (sound is None):
        raise WrongKindError("media", because(Code.NOT_CONVERTED, kind=kind))
    tracks: dict[Any, _Track] = {}
    if film is not None:
        tracks[film] = _film_track(container, film, made)
    if sound is not None:
        tracks[sound] = _sound_track(container, sound, made, kind)
    return tracks


def _film_track(container: InputContainer, film: VideoStream, made: OutputContainer) -> _Track:
    frame = film_facts.first_frame(container, film)
    if frame is None:
        raise WrongKindError("media", Reason(Code.MEDIA_DAMAGED))
    rotation, size = frame.rotation, _size_made(film, frame)
    del frame  # 25 MB of a large film
    container.seek(0)
    if container.format.name.startswith(_COPIED_FROM) and film_facts.pixels_of(film) == "h264":
        track: _CopiedTrack | _FilmTrack = _CopiedTrack(film, made)
    else:
        track = _FilmTrack(film, made, size)
    if rotation:
        track.made.set_display_rotation(rotation)
    return track


def _sound_track(
    container: InputContainer, sound: AudioStream, made: OutputContainer, kind: str
) -> _Track:
    is_copied = sound.codec_context.name in _COPIED_SOUND
    if kind == "video" and is_copied and container.format.name.startswith(_COPIED_FROM):
        return _CopiedTrack(sound, made)
    return _SoundTrack(sound, made, kind)


class _CopiedTrack:
    """A stream that phones play as it is."""

    def __init__(self, stream: Any, made: OutputContainer) -> None:
        self.made: Any = made.add_stream_from_template(stream)
        self.made.metadata.clear()

    def take(self, packet: AnyPacket) -> Iterable[AnyPacket]:
        if packet.size and packet.dts is not None:
            packet.stream = self.made
            yield packet


class _FilmTrack:
    """Moving pictures as H.264 in 8 bits and the colours of every screen."""

    def __init__(self, film: VideoStream, made: OutputContainer, size: tuple[int, int]) -> None:
        self._film, self._last = film, -1
        self.made = made.add_stream("libx264", rate=film.guessed_rate or 30, options=_X264)
        self.made.width, self.made.height = size
        self.made.pix_fmt = "yuv420p"
        self.made.codec_context.thread_count = 1
        if film.time_base is not None:
            self.made.codec_context.time_base = film.time_base

    def take(self, packet: AnyPacket) -> Iterable[AnyPacket]:
        for frame in self._film.decode(packet if packet.size else None):
            if frame.pts is not None and frame.pts > self._last:
                self._last = frame.pts
                yield from self.made.encode(self._fitted(frame))
        if not packet.size:
            yield from self.made.encode(None)

    def _fitted(self, frame: VideoFrame) -> VideoFrame:
        way: dict[str, Any] = {"format": "yuv420p", "threads": 1}
        if frame.color_trc in _HDR:
            way["dst_colorspace"] = Colorspace.ITU709
            way["dst_color_trc"] = ColorTrc.BT709
            way["dst_color_primaries"] = ColorPrimaries.BT709
        fitted = frame.reformat(self.made.width, self.made.height, **way)
        fitted.pts, fitted.time_base = frame.pts, self._film.time_base
        fitted.pict_type = 0
        return fitted


class _SoundTrack:
    """Sound as AAC, or as the mono Opus of voice notes."""

    def __init__(self, sound: AudioStream, made: OutputContainer, kind: str) -> None:
        self._sound = sound
        is_voice = kind == "voice"
        is_mono = is_voice or sound.codec_context.channels == 1
        rate = 48000 if is_voice or sound.codec_context.sample_rate > 44100 else 44100
        self.made = made.add_stream("libopus" if is_voice else "aac", rate=rate)
        self.made.codec_context.layout = "mono" if is_mono else "stereo"
        self.made.codec_context.bit_rate = 32_000 if is_voice else 128_000

    def take(self, packet: AnyPacket) -> Iterable[AnyPacket]:
        for frame in self._frames(packet):
            yield from self.made.encode(frame)
        if not packet.size:
            yield from self.made.encode(None)

    def _frames(self, packet: AnyPacket) -> Iterator[AudioFrame]:
        """What a packet holds; one that is damaged is passed over, as players do."""
        try:
            yield from self._sound.decode(packet if packet.size else None)
        except av.error.InvalidDataError:
            return


def _size_made(film: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Even sides, the longer one within SIDE, with square pixels."""
    aspect = float(film.sample_aspect_ratio or 1)
    width, height = frame.width * aspect, float(frame.height)
    part = min(1.0, SIDE / max(width, height))
    return max(2, round(width * part / 2) * 2), max(2, round(height * part / 2) * 2)
