"""The waveform that phones draw of a voice note: 64 numbers from 0 to 100."""

from array import array
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from av.audio.resampler import AudioResampler

from wasched.adapters import av_files
from wasched.domain.media import Shape

BARS = 64
_RATE = 8000  # samples of a second, of which speech has enough
_BLOCK = 400  # samples whose loudness is one number
_LONGEST_S = 3600  # of more no phone shows anything, and decoding it would take minutes


def with_waveform(path: Path, shape: Shape) -> Shape:
    """The shape of a voice note with its waveform, in hexadecimal; damaged if it has no sound."""
    if shape.seconds > _LONGEST_S:
        return shape
    loudness = _loudness(path)
    if not loudness:
        return replace(shape, is_damaged=True)
    seconds = shape.seconds or max(1, round(len(loudness) * _BLOCK / _RATE))
    return replace(shape, seconds=seconds, waveform=bytes(bars_of(loudness)).hex())


def bars_of(loudness: list[float]) -> list[int]:
    """As many bars as phones draw, the loudest of which is 100."""
    edges = pairwise(at * len(loudness) // BARS for at in range(BARS + 1))
    parts = (loudness[begin : max(end, begin + 1)] for begin, end in edges)
    means = [sum(part) / len(part) for part in parts]
    most = max(means) or 1.0
    return [round(100 * mean / most) for mean in means]


def _loudness(path: Path) -> list[float]:
    """The mean height of each twentieth of a second; as far as the file can be decoded."""
    resampler = AudioResampler(format="s16", layout="mono", rate=_RATE, frame_size=_BLOCK)
    heights = []
    with av_files.open_media(path) as container:
        sound = av_files.sound_of(container)
        try:
            for frame in container.decode(sound) if sound else ():
                heights += [_height(bytes(one.planes[0])) for one in resampler.resample(frame)]
        except MemoryError:
            raise
        except av_files.FAULTS:
            pass
    return heights


def _height(octets: bytes) -> float:
    samples = array("h", octets[: len(octets) // 2 * 2])
    return sum(map(abs, samples)) / max(1, len(samples))
