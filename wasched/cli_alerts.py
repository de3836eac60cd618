"""The door for the shell to alerts: `python -m wasched alerts list | test`."""

import sys

import typer

from wasched.cli_users import find_server
from wasched.config import settings
from wasched.domain.errors import WaschedError
from wasched.domain.log_words import visible_text

alert_commands = typer.Typer(
    name="alerts", help="Who is told when something happens.", no_args_is_help=True
)


@alert_commands.command("list")
def list_alerts() -> None:
    """Name what is wrong now, and what was in the last 90 days, the newest first."""
    from wasched import bootstrap
    from wasched.services.alerts import incidents
    from wasched.text.alert_words import incident_title

    find_server()
    for one in bootstrap.answer(incidents.latest_incidents):
        until = f"until {one.over_at:%Y-%m-%d %H:%M}" if one.over_at else "still so"
        began = f"{one.began_at:%Y-%m-%d %H:%M} UTC"
        typer.echo(visible_text("  ".join((began, until, incident_title(one)))))


@alert_commands.command()
def test(email: str) -> None:
    """Send a test by every way of a person, and say how each went; exit code 1 if any failed."""
    from wasched import alerting, bootstrap
    from wasched.services.alerts import outgoing

    find_server()
    sends_mail = settings().mail_server is not None
    targets = bootstrap.answer(
        lambda session, _now: outgoing.targets_of(session, email, sends_mail=sends_mail)
    )
    if not targets:
        raise WaschedError(f"{email} is told by no way. Each adds theirs in Settings, Alerts.")
    failed = False
    for one in targets:
        fault = alerting.tell_test(one).fault
        failed = failed or bool(fault)
        typer.echo(visible_text(f"{one.label}: {fault or 'taken.'}"))
    sys.exit(1 if failed else 0)
