"""What goes out today, and what does not and why: one sentence for all that is on Home."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from wasched.domain.link import LinkState
from wasched.services.permissions import ALL, Action
from wasched.services.views import AccountCard, Batch, Dashboard, WholeStop
from wasched.text.reasons import reason_sentence
from wasched.ui.core import audience_text, times
from wasched.ui.core.rows import count_words
from wasched.ui.frame.stop_text import stopped_names

_LITTLE = timedelta(minutes=1)
"""What came due just now is on its way, and waits for nothing."""


def is_sending(card: AccountCard) -> bool:
    """True if what is due goes out through the account."""
    return card.state == LinkState.CONNECTED and not card.is_stopped


def first_sentence(needing: int, cards: Sequence[AccountCard], zone: str, now: datetime) -> str:
    """What a person looks for first: that something needs them, that something is down, or not."""
    if needing:
        return "One thing needs you." if needing == 1 else f"{needing} things need you."
    away = [card for card in cards if _is_away(card)]
    if len(away) == 1:
        return f"{away[0].name}: {reason_sentence(away[0].standing, zone, now)}"
    if away:
        return f"{len(away)} accounts have no connection to WhatsApp; they try again by themselves."
    if any(card.is_stopped for card in cards):
        return "Sending is stopped." if all(card.is_stopped for card in cards) else ""
    return "Nothing needs you."


def going_out_sentence(
    view: Dashboard, zone: str, now: datetime, allowed: Collection[Action] = ALL
) -> str:
    """What goes out today and next, and what waits for whom; the reader is `allowed` this."""
    able = [card for card in view.accounts if is_sending(card)]
    parts = [
        _goes(view, able, zone, now),
        _in_line(view, able, zone, now),
        *_waits(view, [card for card in view.accounts if _is_away(card)], zone, now),
        *_waits(view, [card for card in view.accounts if _is_blocked(card)], zone, now),
        _stopped(view, allowed),
    ]
    return " ".join(part for part in parts if part)


def _is_away(card: AccountCard) -> bool:
    """True while its connection is made, or mends itself."""
    waits = card.state != LinkState.CONNECTED and not LinkState(card.state).needs_a_person
    return waits and not card.is_stopped


def _is_blocked(card: AccountCard) -> bool:
    return LinkState(card.state).needs_a_person and not card.is_stopped


def _goes(view: Dashboard, able: Sequence[AccountCard], zone: str, now: datetime) -> str:
    count, overdue, _ = _sum(view, able)
    coming = view.next_going
    if count - overdue:
        goes = count_words(count - overdue, "goes out today", "go out today")
        return f"{goes}{_next(coming, zone, now)}."
    if coming and not overdue:
        return f"Next: {times.when_words(coming.row.due_at, zone, now)}{_to(coming)}."
    if sum(one.count for one in view.due_today.values()) - overdue:
        return "0 go out today."
    if view.next_sends:
        return "" if overdue else "Nothing goes out today."
    if overdue:
        return ""
    return "Nothing else is scheduled." if view.going else "Nothing is scheduled."


def _next(coming: Batch | None, zone: str, now: datetime) -> str:
    """When the next one goes, unless it is put off."""
    if coming is None or coming.row.reason:
        return ""
    if times.day_name(coming.row.due_at, zone, now) != "Today":
        return ""
    return f", the next at {times.clock(coming.row.due_at, zone)}{_to(coming)}"


def _in_line(view: Dashboard, able: Sequence[AccountCard], zone: str, now: datetime) -> str:
    """What is due at accounts that send: it waits for the pace, a limit or quiet hours."""
    _, overdue, since = _sum(view, able)
    if not overdue or since is None:
        return ""
    if now - since < _LITTLE:
        return count_words(overdue, "goes out now.", "go out now.")
    been = "has been due" if overdue == 1 else "have been due"
    waits = "waits its turn" if overdue == 1 else "wait their turn"
    return f"{overdue:,} {been} since {_at(since, zone, now)} and {waits}."


def _waits(view: Dashboard, cards: Sequence[AccountCard], zone: str, now: datetime) -> list[str]:
    """What does not go out for accounts that are away or need a person."""
    count, overdue, since = _sum(view, cards)
    if not count:
        return []
    mends = not any(LinkState(card.state).needs_a_person for card in cards)
    known = [
        card.name for card in cards if card.id in view.due_today and view.due_today[card.id].count
    ]
    for_what = "the connection" if mends else stopped_names(known)
    said = []
    if overdue and since is not None:
        when = "at" if overdue == 1 else "since"
        waits = "waits" if overdue == 1 else "wait"
        said = [
            f"{overdue:,} should have gone out {when} {_at(since, zone, now)} and {waits} for "
            f"{for_what}."
        ]
    if rest := count - overdue:
        more = " more" if overdue else ""
        said.append(f"{rest:,}{more} {'waits' if rest == 1 else 'wait'} for {for_what} today.")
    return said


def _stopped(view: Dashboard, allowed: Collection[Action]) -> str:
    stopped = [card for card in view.accounts if card.is_stopped]
    count, _, _ = _sum(view, stopped)
    if not count:
        return ""
    waits = f"{count:,} {'waits' if count == 1 else 'wait'}"
    if len(stopped) == len(view.accounts):
        return f"{waits} until {_goes_on(view.whole_stop, allowed)}."
    known = [card.name for card in stopped if view.due_today[card.id].count]
    return (
        f"{waits} for {stopped_names(known)}, which {'is' if len(known) == 1 else 'are'} stopped."
    )


def _goes_on(whole: WholeStop | None, allowed: Collection[Action]) -> str:
    """Who ends the stop."""
    if whole is not None and not whole.may_go_on:
        return f"{whole.admin}, who runs this server, goes on"
    if whole is None and Action.STOP not in allowed:
        return "an editor or manager goes on"
    return "you go on"


def _sum(view: Dashboard, cards: Sequence[AccountCard]) -> tuple[int, int, datetime | None]:
    """How many are due today at these accounts, how many should have gone, and since when."""
    found = [view.due_today[card.id] for card in cards if card.id in view.due_today]
    since = min((one.since for one in found if one.since), default=None)
    return sum(one.count for one in found), sum(one.overdue for one in found), since


def _at(instant: datetime, zone: str, now: datetime) -> str:
    """A time of today by the clock alone."""
    if times.day_name(instant, zone, now) == "Today":
        return times.clock(instant, zone)
    return times.when_words(instant, zone, now)


def _to(send: Batch) -> str:
    """To whom it goes; the marks keep a name of another direction from turning the sentence."""
    return f" to \u2068{audience_text.of_send(send).said}\u2069"
