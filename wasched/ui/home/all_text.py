"""Home of all spaces that somebody belongs to: what needs them, and what comes next, where."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from wasched.services.messages.all_spaces import SpaceGlance
from wasched.services.messages.dashboard import NEXT_SHOWN
from wasched.services.views import Batch
from wasched.ui.core import routes, rows, times
from wasched.ui.core.rows import DayRows, MessageLine
from wasched.ui.core.space_text import ALL_OF_MINE
from wasched.ui.frame.needs import Need, count_needing, list_needs, only_shown
from wasched.ui.home.text import HomeLines
from wasched.ui.home.what_goes_out import first_sentence

_KINDS = ("link", "held", "webhook", "approval", "unknown", "missed", "failed", "replies")
"""Of needs, the worst first."""


def all_lines(found: Sequence[SpaceGlance], here_id: int, zone: str, now: datetime) -> HomeLines:
    """The lines of all spaces in the reader's zone; each leads into its own.

    Whatever else stands around them is about the space that the reader is in.
    """
    here = next((one.name for one in found if one.id == here_id), "")
    needing = sum(
        count_needing(one.needing, one.accounts) + bool(one.webhooks_off) + one.is_news_of_replies
        for one in found
    )
    needs = [need for one in found for need in _needs(one, zone, now)]
    return HomeLines(
        title=ALL_OF_MINE,
        works=False,
        first=first_sentence(needing, [], zone, now),
        summary=f"What needs you, and what is to come, in your {len(found)} spaces. "
        f"All else here is about \u2068{here}\u2069.",
        needs=sorted(needs, key=lambda need: _KINDS.index(need.kind)),
        needing=needing,
        replies="",
        going=[],
        next_days=_next_days(found, zone, now),
    )


def _needs(one: SpaceGlance, zone: str, now: datetime) -> list[Need]:
    """What is done about it is done in its space."""
    return [
        replace(only_shown(need), space=one.name, href=routes.in_space(need.href, one.id))
        for need in list_needs(one, zone, now)
    ]


def _next_days(found: Sequence[SpaceGlance], zone: str, now: datetime) -> list[DayRows]:
    coming = [(send, one) for one in found for send in one.next_sends]
    first = sorted(coming, key=lambda pair: pair[0].row.due_at)[:NEXT_SHOWN]
    by_day = groupby(first, lambda pair: times.day_heading(pair[0].row.due_at, zone, now))
    return [
        DayRows(day, [_line(send, one, zone, now) for send, one in sends]) for day, sends in by_day
    ]


def _line(send: Batch, one: SpaceGlance, zone: str, now: datetime) -> MessageLine:
    line = rows.message_line(send, rows.held_accounts(one.accounts), zone, now)
    return replace(line, space=one.name, href=routes.in_space(line.href, one.id))
