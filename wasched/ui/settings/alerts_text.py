"""Alerts in words: the ways by which somebody is told, and what of."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from wasched.domain.incidents import IncidentKind, TellResult
from wasched.domain.push_address import LENGTH_MAX
from wasched.models import WayKind
from wasched.services.alerts.incidents import IncidentLine
from wasched.services.alerts.ways import WayLine
from wasched.text.alert_words import KINDS, incident_title
from wasched.ui.core import times

NO_MAIL = (
    "This server sends no e-mails: who runs it sets SMTP_URL. Until then, or beside it, you are "
    "told by what you add here."
)


_PUSH_ERRORS = {
    "insecure": "Notifications take an encrypted page: open this server by https.",
    "none": "This browser takes no notifications here. On an iPhone or iPad, add wasched to the "
    "home screen (Share, Add to Home Screen) and switch them on there.",
    "denied": "Notifications of this page are blocked. Allow them in the browser's settings for "
    "this site, then press again.",
    "default": "The browser was not allowed to. Press again, and allow it there.",
    "AbortError": "The browser did not reach its push service. Look whether it is online, and "
    "whether its settings allow push messages.",
    "other": "That did not work. Try again, or in another browser.",
}
"""What scripts/push.js or the browser itself (Push API) calls it."""


@dataclass(frozen=True)
class KindBox:
    """A kind of incident in the form."""

    name: str
    label: str
    is_taken: bool


@dataclass(frozen=True)
class WayRow:
    """One way by which somebody is told."""

    id: str
    name: str
    about: str
    fault: str
    is_mail: bool


@dataclass(frozen=True)
class IncidentRow:
    """Something that was or is wrong."""

    key: str
    title: str
    when: str
    is_over: bool


def way_row(line: WayLine, email: str) -> WayRow:
    """A way, and what is told by it."""
    is_mail = line.kind == WayKind.MAIL
    name = f"E-mail to {email}" if is_mail else line.label
    if line.kind == WayKind.PUSH:
        name = f"Notifications: {line.label}"
    told = "; ".join(KINDS[one] for one in IncidentKind if one in line.kinds)
    fault = f"The last try came to nothing. {line.fault}" if line.fault else ""
    return WayRow(str(line.id), name, told or "Nothing is told.", fault, is_mail)


def incident_row(line: IncidentLine, zone: str, now: datetime) -> IncidentRow:
    """An incident in the reader's zone."""
    began = times.when_words(line.began_at, zone, now)
    if line.over_at is None:
        return IncidentRow(str(line.id), incident_title(line), f"Since {began}", False)
    over = times.when_words(line.over_at, zone, now)
    return IncidentRow(str(line.id), incident_title(line), f"From {began} to {over}", True)


def kind_boxes(offered: Collection[IncidentKind], taken: Collection[str]) -> list[KindBox]:
    """What somebody may be told of, with what is chosen ticked."""
    return [KindBox(box_of(one), KINDS[one], one in taken) for one in offered]


def box_of(kind: IncidentKind) -> str:
    """What the box of a kind is called in the form."""
    return f"tells-{kind}"


def browser_error(said: str) -> str:
    """What a browser calls what went wrong; empty if it said where it is told."""
    try:
        found = json.loads(said[:LENGTH_MAX])
    except (ValueError, RecursionError):
        return "other"
    return str(found.get("error", "")) if isinstance(found, dict) else "other"


def push_sentence(error: str) -> str:
    """What a person is told of it."""
    return _PUSH_ERRORS.get(error, _PUSH_ERRORS["other"])


def test_sentence(result: TellResult) -> str:
    """How a test went."""
    return result.fault or "Taken. Look there whether it has come."
