"""Alerts in words: the ways by which somebody is told, and what of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from wasched.domain.incidents import IncidentKind, TellResult
from wasched.models import WayKind
from wasched.services.alerts.incidents import IncidentLine
from wasched.services.alerts.ways import WayLine
from wasched.text.alert_words import KINDS, incident_title
from wasched.ui.core import times

NO_MAIL = (
    "This server sends no e-mails: who runs it sets SMTP_URL. Until then, or beside it, you are "
    "told by what you add here."
)


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


def test_sentence(result: TellResult) -> str:
    """How a test went."""
    return result.fault or "Taken. Look there whether it has come."
