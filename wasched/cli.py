"""The door for the shell: `python -m wasched run | api | worker`, and to servers elsewhere."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wasched import back_up_keeping, commands, keeping, launcher, process, rolling_back
from wasched import doctor as wasched_doctor
from wasched.cli_alerts import alert_commands
from wasched.cli_client import client_commands
from wasched.cli_keys import key_commands
from wasched.cli_media import copy_media
from wasched.cli_moving import migrate_database
from wasched.cli_node import import_node
from wasched.cli_users import user_commands
from wasched.config import read_settings, settings
from wasched.domain.errors import WaschedError
from wasched.domain.log_words import visible_text

_WHERE = "A file, a folder or s3://BUCKET/FOLDER (its newest); - is the standard input."

app = typer.Typer(
    help="Schedules WhatsApp messages: never late, never twice, never lost.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(user_commands)
app.add_typer(client_commands)
app.add_typer(key_commands)
app.add_typer(alert_commands)
app.command()(import_node)
app.command()(copy_media)
app.command()(migrate_database)


def main() -> None:
    """Run a command; what is wrong is said in one sentence."""
    process.begin_command()
    try:
        app()
    except WaschedError as fault:
        print(visible_text(str(fault)), file=sys.stderr)  # noqa: T201 - a shell's user reads stderr, not the log
        sys.exit(2)


@app.command()
def run(
    any_port: Annotated[
        bool, typer.Option(help="Take the next free port if the one in PORT is taken.")
    ] = True,
) -> None:
    """Start api and worker together, and stop them together."""
    _need_pages()
    found = settings()
    port = launcher.free_port(found.host, found.port) if any_port else found.port
    if port != found.port:
        typer.echo(f"Port {found.port} is taken, so wasched uses {port}.")
    sys.exit(launcher.Launcher(replace(found, port=port)).run())


@app.command()
def api() -> None:
    """Serve the pages and the API."""
    _need_pages()
    _become(*commands.api(settings(), os.environ))


@app.command()
def worker() -> None:
    """Hold the WhatsApp links and send what is due."""
    settings()
    _become(*commands.worker(os.environ))


@app.command()
def check() -> None:
    """Say whether the settings in the environment make sense."""
    read_settings(os.environ)
    typer.echo("The settings are fine.")


@app.command()
def doctor() -> None:
    """Say whether the server's door is closed, and how to mend what is not; exit code 1 then."""
    findings = wasched_doctor.run_checks(os.environ)
    typer.echo(wasched_doctor.written_report(findings))
    sys.exit(1 if any(finding.mend for finding in findings) else 0)


@app.command()
def backup(
    file: Annotated[str, typer.Argument(help="Where to; - is the standard output.")] = "-",
    keep: Annotated[
        bool, typer.Option("--keep", help="Where BACKUP_TO says, as every night.")
    ] = False,
) -> None:
    """Write everything worth keeping into one archive, while wasched runs."""
    if keep:
        name = back_up_keeping.keep_back_up(settings())
        typer.echo(f"Made and checked: {name}, in {settings().back_ups.to}.")
        return
    if file == "-":
        if sys.stdout.isatty():
            raise WaschedError("Say where to: `backup FILE`, or `backup > FILE`.")
        _back_up_to_stdout()
        return
    keeping.back_up_to(settings(), Path(file))


@app.command()
def restore(
    where: Annotated[str, typer.Argument(help=_WHERE)] = "-",
    replace_all: Annotated[
        bool, typer.Option("--replace", help="Lose the data that is here.")
    ] = False,
) -> None:
    """Put an archive in the place of the data; nothing old is sent, a person decides about it."""
    with back_up_keeping.opened_back_up(read_settings(os.environ), where) as source:
        waiting = keeping.restore_archive(os.environ, source, replace=replace_all).waiting
    due = "1 message" if waiting == 1 else f"{waiting} messages"
    typer.echo(f"Restored. Fallen due meanwhile, waiting for your decision: {due}.")


@app.command()
def rehearse_restore(
    where: Annotated[str, typer.Argument(help=f"{_WHERE} Nothing: BACKUP_TO.")] = "",
) -> None:
    """Restore a back-up into a throw-away folder: shows that it can be, and changes nothing."""
    found = back_up_keeping.rehearse_restore(os.environ, where)
    typer.echo(
        f"The back-up of {found.made_at:%d %B %Y, %H:%M} UTC can be restored: "
        f"{found.messages:,} messages, {found.people:,} people and groups, {found.links:,} links "
        f"and {found.files:,} files. It took {found.took_s:.0f} s, and nothing was changed."
    )


@app.command()
def put_back() -> None:
    """Say that the data come from a snapshot of a machine or disk; the next start trusts no key."""
    keeping.say_put_back(os.environ)
    typer.echo(
        "Noted. At the next start the links agree on new keys, and what fell due since the "
        "snapshot waits for your decision."
    )


@app.command()
def roll_back() -> None:
    """Put the database back as it was before the last update, for the older version to use."""
    aside, database = rolling_back.roll_back(os.environ)
    typer.echo(
        f"{database} is as it was before the update; the newer one is kept as {aside.name}. Start "
        "the older version now: this one would update it again."
    )


@app.command()
def forget_secret() -> None:
    """Let the next start decide which SECRET_KEY all machines have; stop them all before."""
    if not settings().is_on_a_server:
        raise WaschedError(
            "This database is a file, and its secret lies beside it: set SECRET_KEY to change it."
        )
    is_gone = keeping.forget_secret(settings())
    typer.echo("Forgotten. The next start decides." if is_gone else "None was settled yet.")


def _back_up_to_stdout() -> None:
    try:
        keeping.back_up(settings(), sys.stdout.buffer)
    except WaschedError:
        # What is still in the buffer finds no room either, and must not be complained of again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _need_pages() -> None:
    if not commands.PAGES.exists():
        raise WaschedError(
            f"The pages are not built: there is no {commands.PAGES} here. Run `make build` first."
        )


def _become(line: list[str], environ: dict[str, str]) -> None:
    # The command takes this process's place: signals and exit codes need no forwarding.
    os.execvpe(line[0], line, environ)
