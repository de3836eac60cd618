"""What phones will show of the first link of a message."""

import asyncio
from functools import cache

import reflex as rx

from wasched import bootstrap
from wasched.api.long_work import LongWork
from wasched.domain.content import LinkPreview
from wasched.domain.content_rules import TEXT_MAX
from wasched.domain.errors import WorkEndedError
from wasched.domain.links import first_link
from wasched.services.caller import Caller
from wasched.services.content import link_previews
from wasched.ui.core.session import signed_in

_AT_ONCE = 4
_PAUSE_S = 0.6
"""How long typing rests before a link is looked at."""


class LinkLookState(rx.State):
    """The link's title and line; `url` is empty while the text has no link."""

    url: str = ""
    seen: LinkPreview = LinkPreview("")
    is_looking: bool = False
    _found: LinkPreview | None = None

    @rx.event(background=True)
    async def look(self, text: str) -> None:
        """Find out what there is to show, once typing rests."""
        url = first_link(text[:TEXT_MAX])
        async with self:
            if url == self.url:
                return
            user = await signed_in(self)
            show_preview(self, None, url)
            self.is_looking = bool(url)
        await asyncio.sleep(_PAUSE_S if url else 0)
        async with self:
            if not url or url != self.url:
                return
        found = await _read(user, url)
        async with self:
            if url == self.url:
                show_preview(self, found, url)


def show_preview(state: LinkLookState, found: LinkPreview | None, url: str = "") -> None:
    """Show what is known of a link."""
    state.url, state._found, state.is_looking = url, found, False
    state.seen = found or LinkPreview(url)


async def known_previews(state: LinkLookState, text: str) -> LinkPreview | None:
    """What is shown of the text's first link; waits for it if nobody looked at it yet."""
    url = first_link(text)
    if url and (url != state.url or state.is_looking):
        show_preview(state, await _read(await signed_in(state), url), url)
    return state._found if url else None


async def _read(user: Caller, url: str) -> LinkPreview | None:
    """What a page says of itself; nothing if the person asks for another one meanwhile."""
    tools = bootstrap.media_tools()

    def look() -> LinkPreview | None:
        return link_previews.fetch_preview(
            url, bootstrap.link_source(), bootstrap.media_store(), tools
        )

    try:
        return await _looks().run_newest(user.id, look, tools.stop)
    except WorkEndedError:
        return None


@cache
def _looks() -> LongWork:
    return LongWork("previews", _AT_ONCE)
