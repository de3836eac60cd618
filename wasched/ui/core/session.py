"""Who is asking, and how a handler reaches the database without holding up the others."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.api import cookies, doors, renewals
from wasched.domain.errors import WaschedError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.ui.core import routes

Answer = TypeVar("Answer")


class SignedOutError(WaschedError):
    """Nobody is signed in in this browser, or no longer; `path` is where they wanted to go."""

    def __init__(self, path: str) -> None:
        super().__init__("You were signed out. Sign in to go on.")
        self.path = path


class SpaceChangedError(WaschedError):
    """What this tab shows is of a space that the person is in no longer: it begins anew."""

    def __init__(self) -> None:
        super().__init__("You are in another space now.")


async def signed_in(state: rx.State) -> Caller:
    """The person whose browser asks, in the space they are in; SignedOutError if there is none.

    A state that another person used in the same tab, or the same one in another space, is emptied
    first; SpaceChangedError if no address led there: they went there, or had to, in another tab.
    """
    token, came_with = session_token(state), _shown_token(state)
    wished = read_id(state.router.url.query_parameters.get(routes.SPACE, ""))
    tokens = dict.fromkeys((token, came_with))  # both while another takes the place of one
    user = await ask_database(
        lambda session, now: next(
            filter(None, (users.who_is(session, one, now, wished) for one in tokens)), None
        )
    )
    known, who = await state.get_state(WhoState), (user.id, user.space_id) if user else None
    before = known._who
    if before not in (None, who):
        state._get_root_state().reset()
    if user is None:
        raise SignedOutError(_path(state))
    known._who = who
    if before and before[0] == user.id and user.space_id not in (before[1], wished):
        raise SpaceChangedError
    return replace(user, address=caller_address(state))


def caller_address(state: rx.State) -> str:
    """From where the tab of a state asks; a trusted proxy's word counts for who is behind it."""
    session, said = state.router.session, state.router.headers.raw_headers
    return doors.address_behind(session.client_ip, str(said.get("x-forwarded-for", "")))


async def ask_database(question: Callable[[Session, datetime], Answer]) -> Answer:
    """The answer to a reading question, found off the event loop; it never waits for writers."""
    return await asyncio.to_thread(bootstrap.answer, question)


async def do_in_database(deed: Callable[[Session, datetime], Answer]) -> Answer:
    """The result of a writing deed, committed off the event loop; nothing is saved if it raises."""
    return await asyncio.to_thread(bootstrap.transaction, deed)


def session_token(state: rx.State) -> str:
    """The token of the session that a tab is in, empty if it is in none."""
    return renewals.newest_token(_shown_token(state), state.router.session.client_token)


def lead_to_sign_in(path: str) -> EventSpec:
    """Have the browser go to the sign-in page, and from there to where it wanted to go."""
    return rx.redirect(f"{routes.SIGN_IN}?{urlencode({'next': path})}")


class WhoState(rx.State):
    """Whose rows this tab holds."""

    _who: tuple[int, int] | None = None  # the user, and the space


def _shown_token(state: rx.State) -> str:
    """The one in the cookie that the tab's line was opened with."""
    return cookies.read_cookie(state.router.headers.cookie, cookies.SESSION)


def _path(state: rx.State) -> str:
    url = state.router.url
    return f"{url.path}?{url.query}" if url.query else url.path
