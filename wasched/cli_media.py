"""The shell's command about attached files."""

import typer
from sqlmodel import Session

from wasched import bootstrap
from wasched.adapters.media_copy import copy_media as copy_all
from wasched.adapters.media_files import MediaFiles
from wasched.adapters.media_stores import open_media_store
from wasched.adapters.media_watch import media_fault
from wasched.config import Settings, settings
from wasched.domain.errors import WaschedError
from wasched.services.files import uploads


def copy_media() -> None:
    """Copy attached files from MEDIA_PATH to MEDIA_TO; what is there already is left alone."""
    found = settings()
    if not found.media_to:
        raise WaschedError("MEDIA_TO does not say where to. Set it to s3://BUCKET/FOLDER.")
    if fault := media_fault(lambda: _copy(found)):
        raise WaschedError(f"Not all is copied yet. {fault} Say it again then: it goes on.")
    typer.echo(f"They lie in {found.media_to}; those in {found.media_path} can be deleted.")


def _copy(found: Settings) -> None:
    source, target = MediaFiles(found.media_path), open_media_store(found)
    copy_all(source, target, typer.echo, bootstrap.answer(_tokens))


def _tokens(session: Session, _now: object) -> list[str]:
    return uploads.open_tokens(session)
