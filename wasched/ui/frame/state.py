"""What the frame of every page shows: who I am, what needs me, and the mode of the server."""

from contextlib import suppress

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from wasched import bootstrap, self_check
from wasched.config import settings
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.identity import profile, spaces
from wasched.services.messages import dashboard, server_stopping, stopping
from wasched.services.permissions import Action, may
from wasched.services.server import server_settings
from wasched.ui.core import routes, space_text, times
from wasched.ui.core.session import ask_database, do_in_database, session_token, signed_in
from wasched.ui.core.space_text import SpaceChoice
from wasched.ui.frame.needs import count_blocked
from wasched.ui.frame.stop_text import StopLine, stop_lines, whole_line
from wasched.ui.live import subscriptions


class ShellState(rx.State):
    """Counts beside the navigation, and the banner about the server's mode."""

    name: str = ""
    about: str = ""  # what I may do where I am with others, else what I sign in with
    space: str = ""
    spaces: list[SpaceChoice] = []  # where I can go, if I belong to several
    may_write: bool = True
    reads_replies: bool = True
    may_stop: bool = True
    may_approve: bool = False  # where there is somebody whose word it could be about
    may_manage: bool = True
    runs_server: bool = False
    zone: str = ""
    place: str = ""
    as_of: str = ""
    needing: int = 0
    unlinked: int = 0
    accounts: int = 0
    is_all_stopped: bool = False
    is_server_stopped: bool = False
    stops: list[StopLine] = []
    trouble: str = ""
    notice: str = ""
    practice: bool = False
    demo_url: str = ""
    is_failing: bool = False
    _counted_for: tuple[int, int, bool] = (0, 0, False)  # whose the counts are, and where

    @rx.event
    def fail(self) -> None:
        """Say that this page does not show what is so; no secret, and nothing is asked."""
        self.is_failing = True
        self.trouble = self_check.sentence_without_database() or self.trouble
        if tab := subscriptions.followers_of(self):
            tab.is_failing = True

    @rx.event
    async def arrive(self) -> None:
        """Count when a tab comes; from then on the frame follows what changes, page after page."""
        self.is_failing = False  # of the page before; what fails on this one says so after this
        user = await signed_in(self)
        tab = subscriptions.followers_of(self)
        if tab:
            tab.is_failing = False
        await self._note_visit()
        if read_id(self.router.url.query_parameters.get(routes.SPACE, "")):
            await self._stay_in(user)
        if tab and self._counted_for == self._place(user):
            self.as_of = times.clock(bootstrap.clock().now(), self.zone)
            return
        await self._count(user)

    @rx.event
    async def refresh(self) -> None:
        """Count anew what needs the person who is asking."""
        await self._count(await signed_in(self))

    async def _note_visit(self) -> None:
        token = session_token(self)
        with suppress(SQLAlchemyError):  # what cannot be written keeps nobody from reading
            if await ask_database(lambda session, now: profile.is_visit_due(session, token, now)):
                await do_in_database(lambda session, now: profile.note_visit(session, token, now))

    async def _stay_in(self, user: Caller) -> None:
        """Have this browser be in the space that an address named, on every page from here on."""
        token = session_token(self)
        if await ask_database(lambda s, _now: spaces.chosen_space(s, token)) != user.space_id:
            await do_in_database(
                lambda s, now: spaces.choose_space(s, user, token, user.space_id, now)
            )

    async def _show_space(self, user: Caller) -> None:
        self.name, self.zone = user.name, user.zone
        self.may_write, self.may_manage = may(user, Action.WRITE), may(user, Action.MANAGE)
        self.may_stop = may(user, Action.STOP)
        self.reads_replies = may(user, Action.READ_REPLIES)
        self.runs_server = may(user, Action.RUN_SERVER)
        mine = await ask_database(lambda s, _now: spaces.my_spaces(s, user))
        here = next((one for one in mine if one.id == user.space_id), None)
        is_shared = here is not None and here.people > 1
        self.may_approve = is_shared and may(user, Action.APPROVE)
        self.about = space_text.ROLES[user.role] if is_shared else user.email
        self.spaces = space_text.choices(mine, user.space_id, is_all=self._shows_all())
        place = next((one.name for one in self.spaces if one.is_here), "")
        self.space = place if len(mine) > 1 else ""

    def _place(self, user: Caller) -> tuple[int, int, bool]:
        return user.id, user.space_id, self._shows_all()

    def _shows_all(self) -> bool:
        return routes.shows_all(self.router.url.path, self.router.url.query_parameters)

    async def _count(self, user: Caller) -> None:
        await self._show_space(user)
        self.place = times.zone_place(user.zone)
        given = settings()
        self.demo_url = given.demo_url
        (
            (self.trouble, self.notice),
            self.practice,
            self.needing,
            known,
            stops,
            whole,
        ) = await ask_database(
            lambda s, now: (
                self_check.trouble_sentences(s, now),
                server_settings.practice_mode(s, given.practice),
                dashboard.count_needing_me(s, user),
                accounts.account_names(s, user),
                stopping.list_stops(s, user, now),
                server_stopping.whole_stop(s, user),
            )
        )
        now = bootstrap.clock().now()
        self.unlinked, self.accounts = count_blocked(known), len(known)
        self.stops = stop_lines(stops, len(known), user.zone, now, may_go_on=may(user, Action.STOP))
        self.is_server_stopped = whole is not None
        if whole is not None:
            self.stops = [whole_line(whole, user.zone, now), *self.stops]
        self.is_all_stopped = whole is not None or len(stops) == len(known)
        self.as_of = times.clock(now, user.zone)
        self._counted_for = self._place(user)
