"""Live lines: each tab's websocket, and the sign-in that its State belongs to.

Reflex keeps a tab's State under a token that the tab says, and sends all of it to whoever says
that token. Here a State belongs to the sign-in it was made for as well (or to strangers, who have
no more than the entrance). A line that has another sign-in gets a new token, and with it an empty
State; a line whose sign-in ends, too. What handlers still at work say goes by the old token, which
no line has any more.
"""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import reflex as rx
from reflex.app import EventNamespace
from reflex.event import EventSpec
from reflex.state import StateUpdate
from reflex_base.constants.event import SocketEvent
from reflex_base.event import Event
from reflex_base.event.processor.future import EventFuture
from sqlalchemy.exc import SQLAlchemyError

from wasched.api import renewals
from wasched.services.identity import users
from wasched.ui.build import presses, token_apart
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.session import ask_database, lead_to_sign_in
from wasched.ui.live import accepted_events, subscriptions
from wasched.ui.live.visitors import OVER, Visitor, visitor_of

log = logging.getLogger(__name__)

_NEW_TOKEN = "new_token"  # Reflex's word for it; the page keeps what comes
_TOKEN_MAX = 64
_OPENED_BY = "wasched.line"

_UNFINISHED_MAX = 16
"""Events of one tab that may wait for their handlers; more are not read from its line."""

_UNSENT_MAX = 64
"""Answers that may wait for one line to take them; until it does, nothing is read from it."""

_STEP_S = 0.005


@dataclass
class LiveConnection:
    """An open line: whose it is, the token of its State, and the address of its page."""

    visitor: Visitor
    token: str
    path: str = "/"


class LiveConnections(EventNamespace):
    """Reflex's live lines, each of them with the State of its own sign-in."""

    def __init__(self, namespace: str, app: rx.App) -> None:
        super().__init__(namespace, app)
        self._lines: dict[str, LiveConnection] = {}
        self.owners: dict[str, Visitor] = {}  # by token: whom the State was made for
        self._answers: set[asyncio.Task[None]] = set()  # of presses that are being done

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Open a line on the State of its token if that is the visitor's, else on a new one."""
        if environ.setdefault(_OPENED_BY, sid) != sid:
            raise ConnectionRefusedError  # a websocket is one line, or its bounds are none
        environ.pop("wsgi.input", None)  # a class of its own for each line, which nobody reads
        seen, wished = await visitor_of(environ["asgi.scope"]), _token_in(environ, auth)
        token = wished if self._may_have(wished, seen) else _new_token()
        line = self._lines[sid] = LiveConnection(seen, token)
        self.owners[token] = seen
        if token != wished:
            await self.emit(_NEW_TOKEN, token, to=sid)
        asked = {**environ, "QUERY_STRING": urlencode({"token": token})}
        try:
            await super().on_connect(sid, asked, auth)
        except BaseException:
            self._lines.pop(sid, None)  # a refused line is never closed
            raise
        line.token = self.sid_to_token.get(sid, token)  # another tab may have been faster
        self.owners[line.token] = seen

    def on_disconnect(self, sid: str) -> asyncio.Task[None] | None:
        """Let a line go."""
        task: asyncio.Task[None] | None = super().on_disconnect(sid)
        self._lines.pop(sid, None)
        return task

    async def on_event(self, sid: str, data: Any) -> None:
        """Hand on what a line may say; whoever may not is led to sign in."""
        line = self._lines.get(sid)
        if line is None or not isinstance(data, dict) or not isinstance(data.get("name"), str):
            return  # no page says so
        self._follow_renewal(line)
        event = accepted_events.clean_event(data)
        line.path = event["router_data"].get("asPath") or line.path
        if event["name"] in accepted_events.snapshot_events() and not await self._stands(line):
            await self._part(sid, line)
            return
        taken = accepted_events.from_stranger(event) if line.visitor.is_stranger else event
        if taken is not None:
            await self._until_calm(sid, line)
            await super().on_event(sid, taken)
        elif accepted_events.is_ours(event["name"]):
            await self._lead_to_sign_in(sid, line)
        if isinstance(press := event.get(presses.PRESS), int):
            self._answer_when_done(sid, press, event["name"], taken is not None)

    async def part_ended(self) -> None:
        """Take their State from the lines whose sign-in has ended, and lead them to sign in."""
        for token, owner in self.owners.items():
            self.owners[token] = _renewed(owner, token)
        for line in self._lines.values():
            self._follow_renewal(line)
        made_for = {one.visitor.sign_in for one in self._lines.values()}
        made_for |= {one.sign_in for one in self.owners.values()}
        known = made_for - {"", OVER}
        ended = known - await ask_database(
            lambda session, now: users.standing_user(session, known, now)
        )
        for token, owner in self.owners.items():
            if owner.sign_in in ended:
                self.owners[token] = replace(owner, sign_in=OVER)
        for sid, line in list(self._lines.items()):
            if line.visitor.sign_in in ended:
                await self._part(sid, line)

    def forget(self, kept: Mapping[str, Any]) -> None:
        """Forget whose the States were that are not kept any more."""
        for token in [one for one in self.owners if one not in kept]:
            if token not in self._token_manager.token_to_socket:
                del self.owners[token]

    def _may_have(self, token: str, seen: Visitor) -> bool:
        """True if a line of this visitor may have the State under a token."""
        if not 0 < len(token) <= _TOKEN_MAX or token in self._token_manager.token_to_socket:
            return False  # another line has it: a tab that was duplicated
        owner = self.owners.get(token)
        # One that is not known here was made by the page, or by another api, to which the tab may
        # go back: the State that it left there is old by then, and its token must not find it.
        return owner is not None and owner.sign_in == seen.sign_in

    async def _stands(self, line: LiveConnection) -> bool:
        """True if the line's sign-in has not ended; also while the database cannot tell."""
        if line.visitor.is_stranger:
            return True
        mine = {line.visitor.sign_in}
        try:
            return mine == await ask_database(
                lambda session, now: users.standing_user(session, mine, now)
            )
        except SQLAlchemyError:
            return True

    async def _part(self, sid: str, line: LiveConnection) -> None:
        """Give a line whose sign-in has ended a new and empty State, as a stranger's."""
        is_renewed = renewals.is_renewed(line.visitor.sign_in)
        old, line.token = line.token, _new_token()
        line.visitor = replace(line.visitor, sign_in="")
        self.owners[line.token] = line.visitor
        if old in self.owners:
            self.owners[old] = replace(self.owners[old], sign_in=OVER)
        subscriptions.followers.pop(old, None)
        await self._token_manager.disconnect_token(old, sid)
        await self._token_manager.link_token_to_sid(line.token, sid)
        await self.emit(_NEW_TOKEN, line.token, to=sid)
        if is_renewed:  # its browser may have the other token, as another tab asked for it
            await self._have(sid, call_page("loadAnew"))
        else:
            await self._lead_to_sign_in(sid, line)

    def _follow_renewal(self, line: LiveConnection) -> None:
        """Let a line be of the token that its tab has asked for."""
        seen = _renewed(line.visitor, line.token)
        if seen != line.visitor:
            line.visitor = self.owners[line.token] = seen

    async def _lead_to_sign_in(self, sid: str, line: LiveConnection) -> None:
        await self._have(sid, lead_to_sign_in(line.path))

    async def _have(self, sid: str, spec: EventSpec) -> None:
        """Have the page of a line do something."""
        events = Event.from_event_type(spec)
        await self.emit(str(SocketEvent.EVENT), StateUpdate(events=events), to=sid)

    def _answer_when_done(self, sid: str, press: int, name: str, is_taken: bool) -> None:
        """Tell the page once what it asked is done, after what that shows."""
        # The framework tells nobody; nothing has run since it queued the event.
        queued = self.app.event_processor._futures if is_taken else {}
        asked = next(reversed(queued.values()), None)
        task = asyncio.create_task(
            self._answer(sid, press, asked, name in accepted_events.page_loads())
        )
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(self, sid: str, press: int, asked: EventFuture | None, is_load: bool) -> None:
        if asked is not None:
            await asyncio.wait({asked})
            if is_load and asked.children:  # what loads a page is called by what was asked
                await asyncio.wait(set(asked.children))
        await self.emit(presses.ANSWERED, press, to=sid)

    async def _until_calm(self, sid: str, line: LiveConnection) -> None:
        """Wait until a line has not too much unfinished, so that nobody's events pile up."""
        # Neither Reflex's queue of a tab nor Engine.IO's of a line tells when it is shorter.
        while sid in self._lines and self._is_full(sid, line.token):  # noqa: ASYNC110
            await asyncio.sleep(_STEP_S)

    def _is_full(self, sid: str, token: str) -> bool:
        waiting = self.app.event_processor._token_queues.get(token, ())
        return len(waiting) >= _UNFINISHED_MAX or self._unsent(sid) >= _UNSENT_MAX

    def _unsent(self, sid: str) -> int:
        assert self.app.sio is not None
        engine = self.app.sio.manager.eio_sid_from_sid(sid, self.namespace)
        socket = self.app.sio.eio.sockets.get(engine)
        return socket.queue.qsize() if socket else 0


def install_connections(app: rx.App) -> None:
    """Put these lines into the place of Reflex's own."""
    assert app.sio is not None and app.event_namespace is not None
    app.sio.eio.max_http_buffer_size = accepted_events.MESSAGE_MAX
    app._event_namespace = LiveConnections(app.event_namespace.namespace, app)
    app.sio.register_namespace(app._event_namespace)


def _token_in(environ: Mapping[str, Any], auth: Any) -> str:
    """The token that a tab says first; programs may say it in the address."""
    named = auth.get(token_apart.TOKEN) if isinstance(auth, dict) else None
    in_address = parse_qs(environ.get("QUERY_STRING", "")).get("token", [""])
    return named if isinstance(named, str) else in_address[0]


def _renewed(visitor: Visitor, tab: str) -> Visitor:
    return replace(visitor, sign_in=renewals.newest_sign_in(visitor.sign_in, tab))


def _new_token() -> str:
    return str(uuid.uuid4())
