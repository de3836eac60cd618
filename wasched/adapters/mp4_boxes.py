"""The boxes of an MP4 (ISO/IEC 14496-12, 4.2), as far as they tell whether the file is whole."""

from pathlib import Path

_TO_THE_END = 0
_LONG = 1


def is_cut(path: Path) -> bool:
    """True if a box of the file would go on behind its end; False for files of other kinds."""
    size = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at + 8 <= size:
            file.seek(at)
            head = file.read(16)
            if at == 0 and head[4:8] != b"ftyp":
                return False
            length = int.from_bytes(head[:4], "big")
            if length == _TO_THE_END:
                return False
            if length == _LONG:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:
                return True
            at += length
    return at > size
