"""Asking WhatsApp how often posts in channels were viewed, for who waits to know."""

import logging
from itertools import groupby

from wasched.domain.errors import NotNow, SendError
from wasched.services.delivery import post_views
from wasched.services.delivery.post_views import WaitingPost
from wasched.services.ports import Clock, Database, Line, PostSeen

log = logging.getLogger(__name__)


def ask_waiting(database: Database, clock: Clock, account_id: int, line: Line) -> None:
    """Ask once for each channel; without a connection whoever calls comes again by and by."""
    waiting = database.answer(lambda s: post_views.waiting_posts(s, account_id, clock.now()))
    for channel, some in groupby(waiting, lambda one: one.channel):
        seen: list[PostSeen] = []
        try:
            seen = line.posts(channel)
        except NotNow:
            return
        except SendError as fault:
            log.warning("Account %s: a channel's posts could not be read: %s", account_id, fault)
        _keep(database, clock, list(some), seen)


def _keep(
    database: Database, clock: Clock, wanted: list[WaitingPost], seen: list[PostSeen]
) -> None:
    database.transaction(lambda s: post_views.keep_views(s, wanted, seen, clock.now()))
