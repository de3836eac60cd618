"""What came over from the Node.js version, or would, in English."""

from collections.abc import Iterator
from datetime import datetime

from wasched.domain import wall_clock
from wasched.domain.node_server import Behind, LeftBehind, NodeReport
from wasched.domain.wording import count_words, day_and_month, join_words

_KINDS = (
    ("groups", "group", "groups"),
    ("lists", "list", "lists"),
    ("daily", "daily message", "daily messages"),
    ("waiting", "waiting message", "waiting messages"),
    ("past", "message of the past", "messages of the past"),
    ("people", "person", "people"),
)
_COUNTED = {
    Behind.TIME_PASSED: ("more waiting message", "more waiting messages"),
    Behind.STOPPED: ("daily message that was stopped", "daily messages that were stopped"),
    Behind.DELETED: ("message that was deleted", "messages that were deleted"),
    Behind.UNREADABLE: (
        "message whose time cannot be read",
        "messages whose times cannot be read",
    ),
}


def report_sentences(report: NodeReport, *, is_done: bool) -> list[str]:
    """What comes along, and what was here before."""
    new, known = (
        [
            count_words(number, one, many)
            for name, one, many in _KINDS
            if (number := getattr(getattr(report, name), which))
        ]
        for which in ("new", "known")
    )
    said = [_coming(new, is_done)]
    if known:
        said.append(f"Here already, and not brought again: {join_words(known)}.")
    if report.daily.new or report.waiting.new:
        said.append("Nothing goes out at once: daily messages begin with their next time.")
    return said


def left_sentences(report: NodeReport, zone: str) -> list[str]:
    """What cannot come along, each with why; times in the zone of the reader."""
    return [*(_left(one, zone) for one in report.left), *_never(report)]


def _coming(new: list[str], is_done: bool) -> str:
    if not new:
        return "Nothing new comes along." if not is_done else "Nothing new came along."
    return f"{join_words(new)} {'came' if is_done else 'would come'} along."


def _left(one: LeftBehind, zone: str) -> str:
    named = f"“{one.words}”"
    match one.why:
        case Behind.TIME_PASSED if one.words or one.about:
            at = wall_clock.local(datetime.fromisoformat(one.about), wall_clock.zone(zone))
            when = f"{day_and_month(at.date())}, {at:%H:%M}"
            return f"{named} waited for {when}, which has passed: it is not sent."
        case Behind.NO_GROUPS:
            return f"{named} goes to no group. Schedule it anew if it is wanted."
        case Behind.REFUSED:
            return f"{named} cannot come along: {one.about}"
    stay = "stays" if one.count == 1 else "stay"
    return f"{count_words(one.count, *_COUNTED[one.why])} {stay} behind."


def _never(report: NodeReport) -> Iterator[str]:
    if report.people.new:
        yield "Passwords stay behind: who is new here chooses one by a link."
    yield "The link to WhatsApp stays behind: link the phone here, under Accounts."
