"""Links and attached files, wherever they are kept: moved to there, backed up, and restored."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from wasched.adapters.backup_faults import BackupError
from wasched.adapters.media_copy import copy_media
from wasched.adapters.media_files import MediaFiles, name_of
from wasched.adapters.media_stores import open_media_store
from wasched.adapters.media_watch import media_fault
from wasched.adapters.whatsapp import session_store
from wasched.adapters.whatsapp.session_place import StoreFaultError
from wasched.adapters.whatsapp.store_faults import AWAY
from wasched.config import Settings
from wasched.domain.typed import read_number

log = logging.getLogger(__name__)

Say = Callable[[str], None]
_SMALL = ".jpg"


def links_in(folder: Path) -> Iterator[tuple[int, Path]]:
    """The accounts whose sessions are files in a folder, and those."""
    for file in sorted(folder.glob("account-*.db")):
        number = read_number(file.stem.removeprefix("account-"))
        if number is not None and session_store.device_in(file):
            yield number, file


def put_links(found: Settings, folder: Path, say: Say) -> None:
    """Keep the links of a folder's files in the database of links; those that cannot be are said.

    BackupError if that database does not answer; what was put is put again the next time.
    """
    from wasched.adapters.whatsapp import session_copies  # with it comes WhatsApp's library

    for account, file in links_in(folder):
        try:
            session_copies.import_link(found.session_database_url, account, file)
            say(f"  The link of account {account} is moved.")
        except StoreFaultError as fault:
            _refuse_away(fault)
            say(f"  The link of account {account} cannot be moved: link its phone again there.")


def replace_links(found: Settings, folder: Path, now: datetime) -> None:
    """Put a folder's links in the place of all that are kept; they agree on new keys."""
    from wasched.adapters.whatsapp import session_copies

    try:
        session_copies.forget_all_links(found.session_database_url)
        put_links(found, folder, log.info)
        session_copies.begin_all_anew(found.session_database_url, now)
    except StoreFaultError as fault:
        _refuse_away(fault)
        raise BackupError(
            f"The links cannot be put back ({fault}). Restore it once more."
        ) from None


def begin_links_anew(found: Settings, now: datetime) -> None:
    """Treat the links in a database as older copies; nothing where they are files."""
    from wasched.adapters.whatsapp import session_copies

    if not found.session_database_url:
        return
    try:
        session_copies.begin_all_anew(found.session_database_url, now)
    except StoreFaultError as fault:
        _refuse_away(fault)
        raise BackupError(f"The links cannot be treated so ({fault}). Say it once more.") from None


def export_links(found: Settings, folder: Path) -> list[Path]:
    """Write each link that is kept in a database as a file, as the library has it."""
    from wasched.adapters.whatsapp import session_copies

    try:
        accounts = session_copies.linked_accounts(found.session_database_url)
        files = [(account, folder / f"account-{account}.db") for account in accounts]
        export = session_copies.export_link
        return [
            file for account, file in files if export(found.session_database_url, account, file)
        ]
    except StoreFaultError as fault:
        _refuse_away(fault)
        raise BackupError(f"No back-up was written: the links cannot be read ({fault}).") from None


def put_files(found: Settings, folder: Path, say: Say, tokens: Iterable[str] = ()) -> None:
    """Copy attached files from a folder to the bucket; BackupError says what keeps them from it."""
    source, target = MediaFiles(folder), open_media_store(found)

    def copy() -> None:
        copy_media(source, target, say, tokens)

    if fault := media_fault(copy):
        raise BackupError(f"Not all attached files are copied yet. {fault} Then try again.")


def stored_files(found: Settings) -> Iterator[tuple[str, Path]]:
    """Each attached file of a bucket by its name in an archive, here while it is asked for."""
    store = open_media_store(found)
    for name in sorted(store.kept()):
        digest = name.removesuffix(_SMALL)
        held = store.at_hand(digest) if name == digest else store.thumbnail_at_hand(digest)
        with held as path:
            yield f"media/{name_of(digest)}{_SMALL if name != digest else ''}", path


def _refuse_away(fault: StoreFaultError) -> None:
    if fault.fault == AWAY:
        raise BackupError(
            "The database with the links does not answer. Look at SESSION_DATABASE_URL and its "
            "server, then try again."
        ) from None
