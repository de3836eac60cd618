"""Files that messages carry: which kinds WhatsApp takes, how large, and what must be converted.

Limits: faq.whatsapp.com ("About sharing media") and developers.facebook.com (Cloud API, "Media").
"""

from dataclasses import dataclass

from wasched.domain.reasons import NO_REASON, Code, Reason, because, dump_reason

MB = 1024 * 1024
IMAGE_MAX = 16 * MB
VIDEO_MAX = 64 * MB
AUDIO_MAX = 64 * MB
PIXELS_MAX = 50_000_000
"""A picture with more pixels goes as a document."""
DECODED_MAX = 50 * MB
"""Bytes that decoding a picture may need; a larger one has no small picture beside it."""
CONVERTED_MAX = 140 * MB
"""Bytes that making a picture a JPEG may need."""
VOICE = "audio/ogg"

IMAGES = frozenset({"image/jpeg", "image/png"})
VIDEOS = frozenset({"video/mp4", "video/3gpp"})
_SOUNDS = {"audio/mpeg": "", "audio/mp4": "aac", "audio/aac": "", "audio/amr": "", VOICE: "opus"}
"""What sound phones play, and the codec that must be in it where a container may have several."""
AUDIOS = frozenset(_SOUNDS)
"""What phones show and play by themselves; anything else arrives as a document."""

INLINE = IMAGES | VIDEOS | AUDIOS | {"image/webp", "image/gif", "video/webm"}
"""What a browser may show from this server; anything else is only ever downloaded."""

_WORDS = {
    "image": "Photo",
    "video": "Video",
    "audio": "Audio",
    "voice": "Voice note",
    "document": "Document",
}
KINDS = frozenset(_WORDS)
CAPTIONED = frozenset({"image", "video", "document"})
_ALIASES = {
    "audio/x-m4a": "audio/mp4",
    "video/x-m4v": "video/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/x-hx-aac-adts": "audio/aac",
    "audio/x-aac": "audio/aac",
    "application/ogg": "audio/ogg",
    "image/x-ms-bmp": "image/bmp",
    "audio/vnd.wave": "audio/x-wav",
    "audio/AMR": "audio/amr",
}


@dataclass(frozen=True)
class Shape:
    """What was seen inside a file; pixels, seconds and pages are 0 where there are none or unknown.

    `waveform` is what phones draw of a voice note, 64 bytes in hexadecimal; `tells_origin` that a
    photo or film names its place or camera, or must be turned to be shown.
    """

    mimetype: str
    width: int = 0
    height: int = 0
    seconds: int = 0
    video_codec: str = ""
    audio_codec: str = ""
    pages: int = 0
    waveform: str = ""
    is_damaged: bool = False
    tells_origin: bool = False


def kind_word(kind: str) -> str:
    """What a kind is called in a list: Photo, Voice note."""
    return _WORDS.get(kind, "File")


def canonical_type(mimetype: str) -> str:
    """One name for a type that has several."""
    plain = mimetype.partition(";")[0].strip()
    return _ALIASES.get(plain, plain.lower() or "application/octet-stream")


def kinds_of_type(shape: Shape, size: int) -> tuple[str, ...]:
    """The ways a file may be sent, the likeliest first; `document` is always one."""
    if shape.is_damaged:
        return ("document",)
    family = shape.mimetype.partition("/")[0]
    if family == "image" and _is_picture(shape) and size <= IMAGE_MAX:
        return ("image", "document")
    if family == "video" and size <= VIDEO_MAX:
        return ("video", "document")
    if family == "audio" and size <= AUDIO_MAX:
        first = ("voice", "audio") if shape.audio_codec == "opus" else ("audio", "voice")
        return (*first, "document")
    return ("document",)


def why_document(shape: Shape, size: int) -> Reason:
    """Why a picture, film or sound can only go as a document; no reason if it can go otherwise."""
    if shape.is_damaged:
        return Reason(Code.MEDIA_DAMAGED)
    family = shape.mimetype.partition("/")[0]
    most = {"image": IMAGE_MAX, "video": VIDEO_MAX, "audio": AUDIO_MAX}.get(family)
    if most is None or kinds_of_type(shape, size) != ("document",):
        return NO_REASON
    if size > most:
        return because(Code.DOCUMENT_BY_SIZE, kind=family, bytes=most)
    if reason := too_many_pixels(shape):
        return because(Code.DOCUMENT_BY_PIXELS, held=dump_reason(reason))
    return Reason(Code.DOCUMENT_BY_KIND)


def too_many_pixels(shape: Shape) -> Reason:
    """Why a picture is refused that has more pixels than any may have; no reason if it has not."""
    pixels = shape.width * shape.height
    if not shape.mimetype.startswith("image/") or pixels <= PIXELS_MAX:
        return NO_REASON
    millions, most = pixels // 10**6, PIXELS_MAX // 10**6
    return because(Code.TOO_MANY_PIXELS, millions=millions, most=most)


def fits_kind(shape: Shape, kind: str) -> bool:
    """True if phones take the file as this kind just as it is."""
    match kind:
        case "image":
            return shape.mimetype in IMAGES
        case "video":
            plays = shape.video_codec in ("", "h264") and shape.audio_codec in ("", "aac", "mp3")
            return shape.mimetype in VIDEOS and plays
        case "voice":
            return shape.mimetype == VOICE and shape.audio_codec in ("", "opus")
        case "audio":
            return _SOUNDS.get(shape.mimetype) in ("", shape.audio_codec)
    return kind == "document"


def too_large(size: int, most: int) -> str:
    """The sentence about a file above the limit, empty if it is not; both in bytes."""
    if size <= most:
        return ""
    return f"This file has {megabytes(size)}; this server takes up to {megabytes(most)}."


def megabytes(size: int) -> str:
    """A size as people read it: 3.4 MB, 120 KB."""
    if size < 1000 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MB:.1f}".removesuffix(".0") + " MB"


def _is_picture(shape: Shape) -> bool:
    """SVG is a program rather than a picture, so it goes as a document."""
    return shape.mimetype != "image/svg+xml" and 0 < shape.width * shape.height <= PIXELS_MAX
