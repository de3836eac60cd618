"""What Health asks about, each thing by the name of its line."""

import shutil
from datetime import datetime

from sqlmodel import Session

from wasched import bootstrap, self_check
from wasched.config import settings
from wasched.domain.version import VERSION
from wasched.services.accounts import accounts
from wasched.services.alerts import ways
from wasched.services.caller import Caller
from wasched.services.messages import message_actions
from wasched.services.permissions import Action, may
from wasched.services.server import health, kept_back_ups, log_tail, punctuality
from wasched.services.server.health_views import HealthLine, HealthTrouble
from wasched.ui.core.ask_all import Group
from wasched.ui.health import figures_text
from wasched.ui.health import text as health_text
from wasched.ui.health.log_text import LogLine, log_line
from wasched.ui.health.text import PartLine

PARTS = ("Server", "Database", "Storage", "Worker", "Queue", "Sending", "Accounts")
FIGURES = ("On time", "Waiting", "Version", "Disk", "Back-up")
WEEK, LOG, TOLD = "Last 7 days", "Log", "Alerts"
ADMINS = ("Disk", "Back-up", LOG)
_OTHER_FOLDERS = ("media", "log")


def question_groups(user: Caller) -> list[Group]:
    """Parts as lists of lines, figures in words; some of it is only for who runs the server."""
    found: list[Group] = [
        {
            "Server": lambda: [_own(health.server_line(bootstrap.started_at()), user)],
            "Version": lambda: VERSION,
        },
        {
            "Database": lambda: [_own(_database(), user)],
            "Worker": lambda: [_own(bootstrap.answer(health.worker_line), user)],
            "Accounts": lambda: _accounts(user),
            "Back-up": lambda: bootstrap.answer(_backed_up),
            TOLD: lambda: bootstrap.answer(lambda s, _now: _hint(s, user)),
        },
        {
            WEEK: lambda: bootstrap.answer(
                lambda s, now: message_actions.status_counts(s, user, now)
            ),
            "Waiting": lambda: bootstrap.answer(lambda s, now: _waiting(s, user, now)),
            "On time": lambda: bootstrap.answer(lambda s, now: _punctual(s, user, now)),
        },
        {
            "Storage": lambda: _stored(user),
            "Sending": lambda: [_own(bootstrap.answer(_sending), user)],
        },
        {"Queue": lambda: [_own(health.queue_line(bootstrap.queue_fault()), user)]},
        {"Disk": _room},
        {LOG: lambda: _log(user)},
    ]
    hidden = () if may(user, Action.RUN_SERVER) else ADMINS
    return [{name: ask for name, ask in one.items() if name not in hidden} for one in found]


def _own(line: HealthLine, user: Caller) -> PartLine:
    return health_text.own_lines(line, user.zone, bootstrap.clock().now())


def _database() -> HealthLine:
    if damage := bootstrap.damage():
        return health.damaged_line(damage)

    def found(session: Session, now: datetime) -> HealthLine:
        line = health.database_line(session)
        return _as_found(line, self_check.troubles_of_sending(session, now))

    return bootstrap.answer(found)


def _stored(user: Caller) -> list[PartLine]:
    """The data folder, and what is wrong with links, attached files or the log if anything is."""

    def found(session: Session, now: datetime) -> list[HealthLine]:
        wrong = self_check.troubles_of_sending(session, now)
        storage = health.storage_line(health.folder_fault(settings().data_path))
        links = _as_found(health.links_line(bootstrap.link_damage()), wrong)
        others = [
            HealthLine(one.part, False, one.sentence) for one in wrong if one.part in _OTHER_FOLDERS
        ]
        return [_as_found(storage, wrong), *([] if links.ok else [links]), *others]

    return [_own(line, user) for line in bootstrap.answer(found)]


def _sending(session: Session, now: datetime) -> HealthLine:
    return health.sending_line(self_check.troubles_of_sending(session, now))


def _as_found(line: HealthLine, found: list[HealthTrouble]) -> HealthLine:
    """The line, unless its part is in trouble."""
    return health.with_troubles([line], [one for one in found if one.part == line.name])[0]


def _accounts(user: Caller) -> list[PartLine]:
    def found(session: Session, now: datetime) -> list[PartLine]:
        cards = accounts.list_accounts(session, user, now)
        return health_text.linked_lines(health.account_lines(session), cards, user.zone, now)

    return bootstrap.answer(found)


def _backed_up(session: Session, now: datetime) -> str:
    said = figures_text.backed_up(kept_back_ups.last_good_backup(session), now)
    wrong = kept_back_ups.back_up_trouble(session, now) if settings().back_ups.to else ""
    return f"{said} {wrong}".strip()


def _hint(session: Session, user: Caller) -> str:
    """That nobody would be told of trouble, for who can do something about it."""
    sends_mail, runs_server = settings().mail_server is not None, may(user, Action.RUN_SERVER)
    if not (runs_server or may(user, Action.MANAGE)):
        return ""
    if runs_server:
        is_told = ways.is_server_watched(session, sends_mail=sends_mail)
    else:
        is_told = ways.is_told(session, user, sends_mail=sends_mail)
    pings = bool(settings().ping_url)
    return health_text.alerts_hint(is_told=is_told, pings=pings, runs_server=runs_server)


def _waiting(session: Session, user: Caller, now: datetime) -> str:
    return figures_text.waiting_words(punctuality.waiting_counts(session, user, now))


def _punctual(session: Session, user: Caller, now: datetime) -> str:
    return figures_text.punctual_words(punctuality.lateness(session, user, now))


def _room() -> str:
    disk = shutil.disk_usage(settings().data_path)
    return figures_text.room_words(disk.free, disk.total)


def _log(user: Caller) -> list[LogLine]:
    now = bootstrap.clock().now()
    return [
        log_line(said, user.zone, now) for said in log_tail.newest_lines(user, settings().data_path)
    ]
