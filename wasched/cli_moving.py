"""`migrate-database`: the shell's way from SQLite's file to PostgreSQL."""

import os

import typer

from wasched.domain.wording import count_words


def migrate_database() -> None:
    """Move everything from the SQLite file at DB_PATH into the PostgreSQL of DATABASE_URL.

    Stop wasched before. Cut off, it goes on where it was when it is run again.
    """
    from wasched import moving_database  # it brings all tables with it

    moved = moving_database.migrate_database(os.environ, typer.echo)
    typer.echo(
        f"Moved, and compared row by row: {count_words(moved.rows, 'row', 'rows')}, from "
        f"{moved.source} to {moved.target}."
    )
    if moved.cleaned:
        texts = count_words(moved.cleaned, "text", "texts")
        typer.echo(f"{texts} held what PostgreSQL does not keep (NUL, or no UTF-8): left out.")
    typer.echo(
        "Start wasched with the same DATABASE_URL. The SQLite file stays as it is, and starts no "
        "more; delete it once you have a back-up of the new one."
    )
