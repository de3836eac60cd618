"""The shell's way over from the Node.js version: `python -m wasched import-node app.db`."""

from pathlib import Path
from typing import Annotated

import typer

from wasched.adapters.own_addresses import own_url
from wasched.cli_users import find_server
from wasched.config import settings
from wasched.domain.log_words import visible_text
from wasched.domain.node_server import NodeReport
from wasched.text.node_words import left_sentences, report_sentences

_ONLY = "by its name or number; the only one if there is one."


def import_node(
    file: Annotated[Path, typer.Argument(help="The app.db of the Node.js version.")],
    space: Annotated[str, typer.Option(help=f"Into which space, {_ONLY}")] = "",
    account: Annotated[str, typer.Option(help=f"Through which account, {_ONLY}")] = "",
    zone: Annotated[
        str, typer.Option(help="APP_TIMEZONE of the old server; the account's if it is not said.")
    ] = "",
    dry_run: Annotated[bool, typer.Option(help="Only say what would come along.")] = False,
) -> None:
    """Bring over groups, lists, schedules, history and people of the Node.js version.

    Its file is read and left as it is. Doing it again brings what is new, and nothing twice.
    """
    from wasched import bootstrap
    from wasched.services.identity import keys
    from wasched.services.node_import import bring_over
    from wasched.services.node_import.target import choose_target

    find_server()
    user = bootstrap.answer(
        lambda session, _now: keys.who_manages(session, keys.find_space(session, space))
    )
    target = bootstrap.answer(lambda session, _now: choose_target(session, user, account, zone))
    do = bring_over.look_at if dry_run else bring_over.bring_over
    with bootstrap.node_database(file) as book:
        report = do(bootstrap.database(), bootstrap.clock(), book, user, target)
    _tell(report, target.zone, is_done=not dry_run)


def _tell(report: NodeReport, zone: str, *, is_done: bool) -> None:
    for sentence in (*report_sentences(report, is_done=is_done), *left_sentences(report, zone)):
        typer.echo(visible_text(sentence))
    if is_done and report.invited:
        typer.echo("Hand each of them their link; it is good once, for a week:")
        for one in report.invited:
            link = f"{own_url(settings())}/new-password?link={one.token}"
            typer.echo(f"{visible_text(one.name)} <{one.email}>  {link}")
