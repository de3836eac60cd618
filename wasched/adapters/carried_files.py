"""The files that a message carries, as files of this machine while it is handed over."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from wasched.domain.content import Content, Media, Text
from wasched.domain.errors import InputError, SendError
from wasched.domain.reasons import Code, Reason, file_gone
from wasched.services.ports import MediaStore


@contextmanager
def files_at_hand(content: Content, store: MediaStore) -> Iterator[Content]:
    """The content with the paths of its files filled in; they hold while the block runs.

    SendError if a file cannot be had: for good if it is gone, and to be tried again if the store
    is away or this machine has no room. A file that is named by path already stays where it is.
    """
    with ExitStack() as held:
        yield _filled_in(content, store, held)


def _filled_in(content: Content, store: MediaStore, held: ExitStack) -> Content:
    try:
        if isinstance(content, Media) and not content.path:
            return _with_file(content, store, held)
        if isinstance(content, Text) and content.preview and content.preview.digest:
            path = _path_or_none(held, store.at_hand(content.preview.digest))
            return replace(content, preview=replace(content.preview, path=path))
    except InputError as fault:
        raise SendError(fault.reason, permanent=False) from fault
    except OSError as fault:
        raise SendError(Reason(Code.FILE_UNREADABLE), permanent=False) from fault
    return content


def _with_file(media: Media, store: MediaStore, held: ExitStack) -> Media:
    try:
        path = held.enter_context(store.at_hand(media.digest))
    except FileNotFoundError:
        raise SendError(file_gone(media.filename), permanent=True) from None
    small = _path_or_none(held, store.thumbnail_at_hand(media.digest))
    return replace(media, path=str(path), thumbnail=small)


def _path_or_none(held: ExitStack, file: AbstractContextManager[Path]) -> str:
    """Where what may be missing lies; empty if it is, or cannot be had: nobody waits for it."""
    try:
        return str(held.enter_context(file))
    except (FileNotFoundError, InputError):
        return ""
