"""Who is asking, and how a handler reaches the database without holding up the others."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.api import cookies
from wasched.domain.errors import WaschedError
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.ui.core import routes

Answer = TypeVar("Answer")


class SignedOutError(WaschedError):
    """Nobody is signed in in this browser, or no longer; `path` is where they wanted to go."""

    def __init__(self, path: str) -> None:
        super().__init__("You were signed out. Sign in to go on.")
        self.path = path


async def signed_in(state: rx.State) -> Caller:
    """The person whose browser asks; SignedOutError if there is none.

    A state that another person used in the same tab is emptied first.
    """
    token = session_token(state.router.headers.cookie)
    user = await ask_database(lambda session, now: users.who_is(session, token, now))
    known = await state.get_state(WhoState)
    if known._user_id not in (None, user.id if user else None):
        state._get_root_state().reset()
    if user is None:
        raise SignedOutError(_path(state))
    known._user_id = user.id
    return user


async def ask_database(question: Callable[[Session, datetime], Answer]) -> Answer:
    """The answer to a reading question, found off the event loop; it never waits for writers."""
    return await asyncio.to_thread(bootstrap.answer, question)


async def do_in_database(deed: Callable[[Session, datetime], Answer]) -> Answer:
    """The result of a writing deed, committed off the event loop; nothing is saved if it raises."""
    return await asyncio.to_thread(bootstrap.transaction, deed)


def session_token(header: str) -> str:
    """The session's token in a Cookie header, empty if there is none."""
    return cookies.read_cookie(header, cookies.SESSION)


def lead_to_sign_in(path: str) -> EventSpec:
    """Have the browser go to the sign-in page, and from there to where it wanted to go."""
    return rx.redirect(f"{routes.SIGN_IN}?{urlencode({'next': path})}")


class WhoState(rx.State):
    """Whose rows this tab holds."""

    _user_id: int | None = None


def _path(state: rx.State) -> str:
    url = state.router.url
    return f"{url.path}?{url.query}" if url.query else url.path
