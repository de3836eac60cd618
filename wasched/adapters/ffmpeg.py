"""Sound and video by the ffmpeg programs, where the server has them."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from wasched.domain.errors import WrongKindError
from wasched.domain.media import MB, VIDEO_MAX, Shape
from wasched.domain.reasons import NO_REASON, Code, Reason, because

_LOOK_S = 30.0
_CONVERT_S = 1800.0
_FRAME = "scale='min(320,iw)':'min(320,ih)':force_original_aspect_ratio=decrease"
# Containers of sound and video only: no playlists, which could name other files or hosts.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mp3,wav,flac,aac,amr,"
    "aiff,caf,gif,image2,png_pipe,webp_pipe"
)
_LOOK_KB = 256 * 1024  # a film of 3840 by 2160 keeps within it
_CONVERT_KB = 768 * 1024
_BLOCK = 512  # octets, in which POSIX counts the size of a file
_CORES = 4  # a second on the clock may be so many of processors
# Its own bounds instead of its parent's; what a system cannot bound (memory, macOS) is left out.
_BOUNDED = (
    "ulimit -S -v unlimited 2>/dev/null; "
    'ulimit -S -t "$0" 2>/dev/null; '
    'ulimit -S -d "$1" 2>/dev/null; '
    f"ulimit -S -f {(VIDEO_MAX + MB) // _BLOCK} 2>/dev/null; "
    'shift; exec nice "$@"'
)
_SAFE = ("-protocol_whitelist", "file", "-format_whitelist", _FORMATS)
_WAYS = {
    "video": (
        "-map", "0:v:0", "-map", "0:a:0?", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26",
        "-pix_fmt", "yuv420p", "-vf", "scale='min(1280,iw)':-2", "-c:a", "aac", "-b:a", "128k",
        "-movflags", "+faststart", "-f", "mp4",
    ),
    "audio": ("-map", "0:a:0", "-c:a", "aac", "-b:a", "128k", "-f", "ipod"),
    "voice": ("-map", "0:a:0", "-c:a", "libopus", "-b:a", "32k", "-ac", "1", "-ar", "48000",
              "-f", "ogg"),
}  # fmt: skip


def is_there() -> bool:
    """True if both programs can be started."""
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


def missing_tools(kind: str) -> Reason:
    """Why nothing can be converted to a kind; no reason if it can."""
    return NO_REASON if is_there() else because(Code.NO_FFMPEG, kind=kind)


def probe_media(path: Path, mimetype: str) -> Shape:
    """Size, length and codecs of sound or video; only the type where nothing can be told."""
    if not is_there():
        return Shape(mimetype)
    asked = ("-show_entries", "format=duration:stream=codec_type,codec_name,width,height")
    found = _run("ffprobe", "-v", "error", *_SAFE, *asked, "-of", "json", f"file:{path}")
    return _shape(json.loads(found.stdout or "{}"), mimetype) if found else Shape(mimetype)


def write_frame(path: Path, target: Path) -> bool:
    """Write a small JPEG of a video's beginning; False if there is none."""
    if not is_there():
        return False
    way = ("-threads", "1", "-frames:v", "1", "-vf", _FRAME, "-q:v", "5", "-f", "mjpeg")
    return _run("ffmpeg", *_QUIETLY, *_SAFE, "-i", f"file:{path}", *way, str(target)) is not None


def convert_media(source: Path, kind: str, target: Path) -> None:
    """Write what phones play as this kind; WrongKindError if it cannot be done."""
    made = _run(
        "ffmpeg", *_QUIETLY, *_SAFE, "-i", f"file:{source}", "-map_metadata", "-1", *_WAYS[kind],
        str(target), seconds=_CONVERT_S, memory_kb=_CONVERT_KB,
    )  # fmt: skip
    if made is None:
        raise WrongKindError("media", because(Code.NOT_CONVERTED, kind=kind))


_QUIETLY = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y")


def _run(
    program: str, *words: str, seconds: float = _LOOK_S, memory_kb: int = _LOOK_KB
) -> subprocess.CompletedProcess[bytes] | None:
    """Run it bounded and with low priority; None if it failed, or took too much of anything."""
    try:
        done = subprocess.run(
            ["sh", "-c", _BOUNDED, str(int(seconds) * _CORES), str(memory_kb), program, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done if done.returncode == 0 else None


def _shape(seen: dict[str, Any], mimetype: str) -> Shape:
    streams = seen.get("streams", [])
    video: dict[str, Any] = next((s for s in streams if s.get("codec_type") == "video"), {})
    audio: dict[str, Any] = next((s for s in streams if s.get("codec_type") == "audio"), {})
    try:
        seconds = round(float(seen.get("format", {}).get("duration", 0)))
    except ValueError:
        seconds = 0
    is_video = mimetype.startswith("video/")
    return Shape(
        mimetype=f"audio/{mimetype.partition('/')[2]}" if is_video and not video else mimetype,
        width=int(video.get("width", 0)) if is_video else 0,
        height=int(video.get("height", 0)) if is_video else 0,
        seconds=max(seconds, 0),
        video_codec=str(video.get("codec_name", "")) if is_video else "",
        audio_codec=str(audio.get("codec_name", "")),
    )
