"""What people are told when something happens, in English: a title, and a line for each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from wasched.domain import sentences, wall_clock
from wasched.domain.incidents import IncidentKind
from wasched.domain.reasons import Reason
from wasched.text.reasons import reason_sentence

SHOWN = 20
"""So many incidents are told in full in one message."""

KINDS: dict[str, str] = {
    IncidentKind.LINK_ENDED: "An account's link ended",
    IncidentKind.LINK_LOST: "An account has no connection for ten minutes",
    IncidentKind.RESTRICTED: "WhatsApp restricts an account",
    IncidentKind.PHONE_SILENT: "A phone was not heard of for ten days",
    IncidentKind.MISSED: "Messages were missed",
    IncidentKind.FAILED: "Messages failed, or may have been sent",
    IncidentKind.APPROVAL: "Something waits to be approved",
    IncidentKind.WEBHOOK_OFF: "A webhook was switched off",
    IncidentKind.WORKER_SILENT: "Nothing is sent: the worker is silent",
    IncidentKind.SERVER_SILENT: "No pages: the server's api is silent",
    IncidentKind.SENDING: "Messages are overdue without a reason",
    IncidentKind.STORAGE: "Database, folders or links' files do not work",
    IncidentKind.DISK_LOW: "The disk is nearly full",
    IncidentKind.QUEUE: "The queue is away",
    IncidentKind.CLOCK: "The server's clock is wrong",
    IncidentKind.BACK_UP_OLD: "The last back-up is over a week old",
    IncidentKind.SEND_HELD: "A send goes badly and stopped itself",
}
"""What each kind is called where one chooses among them."""

_TITLES: dict[str, str] = {
    IncidentKind.LINK_ENDED: "{account} is not linked any more",
    IncidentKind.LINK_LOST: "{account} has no connection",
    IncidentKind.RESTRICTED: "{account} is restricted by WhatsApp",
    IncidentKind.PHONE_SILENT: "The phone of {account} was not heard of",
    IncidentKind.MISSED: "{account} missed messages",
    IncidentKind.FAILED: "{account}: messages were not sent",
    IncidentKind.APPROVAL: "{space}: something waits to be approved",
    IncidentKind.WEBHOOK_OFF: "{space}: a webhook is off",
    IncidentKind.WORKER_SILENT: "Nothing is sent",
    IncidentKind.SERVER_SILENT: "The pages are away",
    IncidentKind.SENDING: "Messages are overdue",
    IncidentKind.STORAGE: "Storage does not work",
    IncidentKind.DISK_LOW: "The disk is nearly full",
    IncidentKind.QUEUE: "The queue is away",
    IncidentKind.CLOCK: "The clock is wrong",
    IncidentKind.BACK_UP_OLD: "The back-up is old",
    IncidentKind.SEND_HELD: "{account}: a send stopped itself",
}
_PATHS: dict[str, str] = {
    **dict.fromkeys(
        (
            IncidentKind.LINK_ENDED,
            IncidentKind.LINK_LOST,
            IncidentKind.RESTRICTED,
            IncidentKind.PHONE_SILENT,
        ),
        "/accounts",
    ),
    **dict.fromkeys((IncidentKind.MISSED, IncidentKind.FAILED), "/messages?tab=needs"),
    IncidentKind.APPROVAL: "/",
    IncidentKind.SEND_HELD: "/",
    IncidentKind.WEBHOOK_OFF: "/settings/webhooks",
}


class ToldLike(Protocol):
    """An incident, as far as it is worded; `over_at`: when it was last seen."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def what(self) -> Reason: ...
    @property
    def began_at(self) -> datetime: ...
    @property
    def over_at(self) -> datetime | None: ...
    @property
    def space_id(self) -> int | None: ...


class Titled(Protocol):
    """As much of it as a title takes."""

    @property
    def kind(self) -> str: ...
    @property
    def what(self) -> Reason: ...


def alert_title(told: Sequence[ToldLike]) -> str:
    """One line for all of it."""
    over = sum(one.over_at is not None for one in told)
    if len(told) == 1:
        title = incident_title(told[0])
        return f"Over: {title}" if over else title
    if over == len(told):
        return f"{over} things are over"
    more = f", {over} are over" if over else ""
    open_now = len(told) - over
    return f"{open_now} {'thing needs' if open_now == 1 else 'things need'} you{more}"


def alert_text(told: Sequence[ToldLike], site: str, zone: str, now: datetime) -> str:
    """All of it in plain text; `site` is the address people type, or nothing."""
    shown = [_paragraph(one, zone, now) for one in told[:SHOWN]]
    if len(told) > SHOWN:
        shown.append(f"And {len(told) - SHOWN} more.")
    if site:
        shown.append(f"{site}{alert_path(told)}")
    return "\n\n".join(shown)


def incident_title(one: Titled) -> str:
    """What happened, in a few words."""
    return _TITLES[one.kind].format_map({"account": "", "space": ""} | dict(one.what.params))


def alert_path(told: Sequence[ToldLike]) -> str:
    """The page that shows it, in the space that it is about."""
    paths = {_PATHS.get(one.kind, "/health") for one in told}
    spaces = {one.space_id for one in told}
    path = paths.pop() if len(paths) == 1 else "/"
    space_id = spaces.pop() if len(spaces) == 1 else None
    if space_id is None:
        return path
    return f"{path}{'&' if '?' in path else '?'}space={space_id}"


def _paragraph(one: ToldLike, zone: str, now: datetime) -> str:
    title = incident_title(one)
    if one.over_at is None:
        return f"{title}. {reason_sentence(one.what, zone, now)}"
    began, over = (_when(at, zone, now) for at in (one.began_at, one.over_at))
    return f"It is over: {title}. It was so from {began} to {over}."


def _when(at: datetime, zone: str, now: datetime) -> str:
    day = sentences.day_words(at.astimezone(wall_clock.zone(zone)), wall_clock.zone(zone), now)
    clock = f"{at.astimezone(wall_clock.zone(zone)):%H:%M}"
    return clock if day == "Today" else f"{day.lower() if sentences.is_near(day) else day} {clock}"
