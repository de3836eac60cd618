"""The door for the shell to the people of a server: `python -m wasched user list | reset`."""

from typing import Annotated

import typer

from wasched.adapters.own_addresses import own_url
from wasched.config import settings
from wasched.domain.errors import WaschedError

user_commands = typer.Typer(name="user", help="The people who sign in here.", no_args_is_help=True)


@user_commands.command("list")
def list_users() -> None:
    """Name everybody who may sign in, who runs the server first."""
    from wasched import bootstrap
    from wasched.services.identity import users

    find_server()
    for one in bootstrap.answer(lambda session, _now: list(users.all_users(session))):
        typer.echo(f"{one.email}  {one.name}{'  (admin)' if one.is_admin else ''}")


@user_commands.command()
def reset(
    email: Annotated[str, typer.Argument(help="Whose: what they sign in with.")],
) -> None:
    """Print a link to a new password; it works once, for an hour.

    All sign-ins end with it, and so does a second step.
    """
    from wasched import bootstrap
    from wasched.services.identity import password_links

    find_server()
    person, token = bootstrap.transaction(
        lambda session, now: password_links.link_for_email(session, email, now)
    )
    _tell(f"{person.name} can choose a new password here, once, within an hour:")
    if person.ends_second_step:
        _tell("It takes their second step off as well.")
    typer.echo(f"{own_url(settings())}/new-password?link={token}")
    if not settings().public_url:
        _tell("If the server is opened by another address, put that in the place of")
        _tell(f"{own_url(settings())}.")


def find_server() -> None:
    """Bring the database up to date; WaschedError where no server has kept anything yet."""
    from wasched import db

    found = settings()
    if not found.is_on_a_server and not found.db_path.exists():
        raise WaschedError(
            f"There is no database at {found.db_path}. Say DB_PATH as the server has it."
        )
    db.upgrade()


def _tell(sentence: str) -> None:
    """Beside the output, which is the link alone."""
    typer.echo(sentence, err=True)
