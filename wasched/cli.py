"""The door for the shell: `python -m wasched run | api | worker`."""

import os
import sys
from dataclasses import replace
from typing import Annotated

import typer

from wasched import commands, launcher
from wasched.config import read, settings
from wasched.domain.errors import WaschedError

app = typer.Typer(
    help="Schedules WhatsApp messages: never late, never twice, never lost.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run a command; what is wrong is said in one sentence."""
    try:
        app()
    except WaschedError as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a shell's user reads stderr, not the log
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
    read(os.environ)
    typer.echo("The settings are fine.")


def _need_pages() -> None:
    if not commands.PAGES.exists():
        raise WaschedError(
            f"The pages are not built: there is no {commands.PAGES} here. Run `make build` first."
        )


def _become(line: list[str], environ: dict[str, str]) -> None:
    # The command takes this process's place: signals and exit codes need no forwarding.
    os.execvpe(line[0], line, environ)
