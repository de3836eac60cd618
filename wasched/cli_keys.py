"""The door for the shell to the keys of a server: `python -m wasched keys create | list | revoke`.

Who has a shell on the server is asked for no password.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from wasched.cli_users import find_server
from wasched.domain.errors import InputError
from wasched.domain.log_words import visible_text
from wasched.domain.typed import read_day

if TYPE_CHECKING:
    from wasched.services.views import KeyLine

key_commands = typer.Typer(
    name="keys", help="The keys by which programs come in.", no_args_is_help=True
)

_SPACE = typer.Option(help="Of which space, by its name or number; of the only one.")


@key_commands.command()
def create(
    name: Annotated[str, typer.Option(help="What it is for, such as the program that has it.")],
    scope: Annotated[list[str], typer.Option(help="read, send or manage; may be there again.")],
    space: Annotated[str, _SPACE] = "",
    until: Annotated[str, typer.Option(help="The last day it is good for, as 2027-01-31.")] = "",
    confirm: Annotated[
        bool, typer.Option(help="Have an assistant show what it would send before it does.")
    ] = True,
) -> None:
    """Print a new key, and nothing else; it is shown this once.

    It acts for who runs the server, or else has managed the space longest.
    """
    from wasched import bootstrap
    from wasched.services.identity import keys

    find_server()
    ends = _end_of(until)
    typer.echo(
        bootstrap.transaction(
            lambda session, now: keys.add_key(
                session,
                keys.who_manages(session, keys.find_space(session, space)),
                name,
                scope,
                now,
                expires_at=ends,
                confirms=confirm,
            )
        )
    )


@key_commands.command("list")
def list_keys(space: Annotated[str, _SPACE] = "") -> None:
    """Name the keys of a space, with what they may do and when they were last used."""
    from wasched import bootstrap
    from wasched.services.identity import keys

    find_server()
    found = bootstrap.answer(
        lambda session, now: keys.list_keys(
            session, keys.who_manages(session, keys.find_space(session, space)), now
        )
    )
    for one in found:
        typer.echo(_written(one))


@key_commands.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Its name.")],
    space: Annotated[str, _SPACE] = "",
) -> None:
    """Make a key worthless at once."""
    from wasched import bootstrap
    from wasched.services.identity import keys

    find_server()
    bootstrap.transaction(
        lambda session, now: keys.revoke_named(
            session, keys.who_manages(session, keys.find_space(session, space)), key, now
        )
    )
    typer.echo(f"Revoked: {visible_text(key)}")


def _end_of(day: str) -> datetime | None:
    """The end of a day in UTC; None where none is named."""
    if not day:
        return None
    last = read_day(day)
    if last is None:
        raise InputError("until", f"{day!r} is no day. Say it as 2027-01-31.")
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)


def _written(one: "KeyLine") -> str:
    used = (
        f"used {one.used_at:%Y-%m-%d %H:%M} UTC from {one.used_from}" if one.used_at else "unused"
    )
    ends = f"until {one.expires_at:%Y-%m-%d %H:%M} UTC" if one.expires_at else "no end"
    state = "over" if one.is_over else ends
    parts = [visible_text(one.name), " ".join(one.scopes), state, used, f"by {one.by}"]
    return "  ".join(parts if one.confirms else [*parts, "assistants send unasked"])
