"""The names of files as they are kept: without folders, and without what cannot be seen."""

import re
import unicodedata
from itertools import chain

_NAME_MAX = 240
_JOINERS = frozenset(chain("\u200c\u200d", map(chr, range(0xE0020, 0xE0080))))
"""What holds a family, a flag or a Persian word together; they show nothing by themselves."""


def clean_file_name(name: str) -> str:
    """A file's name without folders and control characters, not too long, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(one for one in last if not _is_kept_out(one)).strip(" .")
    if len(kept) > _NAME_MAX:
        stem, dot, ending = kept.rpartition(".")
        kept = stem[: _NAME_MAX - 20] + dot + ending[:19] if dot else kept[:_NAME_MAX]
    return kept or "file"


def _is_kept_out(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter not in _JOINERS and (category[0] == "C" or category in ("Zl", "Zp"))
