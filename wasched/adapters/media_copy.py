"""All attached files from one store to another, such as from a folder to a bucket."""

import logging
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wasched.domain.media import MB, megabytes
from wasched.domain.wording import count_words
from wasched.services.ports import MediaStore

log = logging.getLogger(__name__)

_PIECE = 8 * MB
_SAID_EVERY = 100
_SMALL = ".jpg"


@dataclass
class MediaCopy:
    """What was copied, and what was there already; `damaged` are no longer what was kept once."""

    copied: int = 0
    size: int = 0  # bytes of those
    there: int = 0
    damaged: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """It in words."""
        left = f", {len(self.damaged)} damaged and left out" if self.damaged else ""
        size = f" ({megabytes(self.size)})" if self.size else ""
        done = count_words(self.copied, "attached file", "attached files")
        return f"{done} copied{size}, {self.there:,} there already{left}."


def copy_media(
    source: MediaStore,
    target: MediaStore,
    said: Callable[[str], None],
    tokens: Iterable[str] = (),
) -> MediaCopy:
    """Copy every file with its small picture, and the uploads of these tokens; nothing is removed.

    What is there already is left alone, so a copy that was interrupted is simply made again. Each
    file is looked at on the way: what is damaged is left out, and named in the answer. Raises what
    the stores raise (MediaAwayError, NoRoomError, OSError).
    """
    found, done = target.kept(), MediaCopy()
    for name, size in sorted(source.kept().items()):
        if found.get(name) == size:
            done.there += 1
            continue
        if _copy(name, source, target, done) and done.copied % _SAID_EVERY == 0:
            said(done.sentence)
    for token in tokens:
        with suppress(FileNotFoundError):
            _copy_upload(token, source, target)
    said(done.sentence)
    return done


def _copy(name: str, source: MediaStore, target: MediaStore, done: MediaCopy) -> bool:
    """Copy one file or small picture; False if it was not, for it is damaged or gone."""
    digest = name.removesuffix(_SMALL)
    is_small = name != digest
    held = source.thumbnail_at_hand(digest) if is_small else source.at_hand(digest)
    try:
        with held as path, target.workplace(path.stat().st_size) as made:
            size = shutil.copyfile(path, made).stat().st_size
            if is_small:
                target.keep_thumbnail(digest, made)
            elif target.keep(made) != digest:
                done.damaged.append(name)  # it lies under another name, which nobody asks for
                log.warning("The attached file %s is damaged, and left out", name)
                return False
    except FileNotFoundError:
        return False  # removed meanwhile: nobody wants it any more
    done.copied, done.size = done.copied + 1, done.size + size
    return True


def _copy_upload(token: str, source: MediaStore, target: MediaStore) -> None:
    """The pieces of an upload that have come, from where the target has them."""
    with source.uploaded(token) as path:
        with suppress(FileExistsError):
            target.begin(token, path.stat().st_size)
        _send_rest(path, target, token)


def _send_rest(path: Path, target: MediaStore, token: str) -> None:
    with path.open("rb") as file:
        here = target.received(token)
        file.seek(here)
        while piece := file.read(_PIECE):
            here = target.append(token, here, piece)
