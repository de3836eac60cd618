"""Everybody on this server and the spaces of others, for who runs it."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.typed import read_id
from wasched.domain.wording import count_words
from wasched.services.caller import Caller
from wasched.services.identity import password_links, server_people
from wasched.services.permissions import Action, may
from wasched.ui.core import routes, times, toasts
from wasched.ui.core.page_calls import renew_session
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.settings.invitation_links import server_origin


@dataclass(frozen=True)
class UserLine:
    """Somebody else who may sign in."""

    id: str
    name: str
    about: str


@dataclass(frozen=True)
class SpaceLine:
    """A space that the admin does not belong to."""

    id: str
    name: str
    about: str


class ServerPeopleState(rx.State):
    """The others on this server; empty for who does not run it."""

    is_admin: bool = False
    is_peopled: bool = False
    users: list[UserLine] = []
    spaces: list[SpaceLine] = []
    password_link: str = ""  # shown once
    link_for: str = ""  # the user's id
    is_local: bool = False  # links lead to the machine they are opened on

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    @asks_password
    async def give_password(self, user_id: str) -> None:
        """Make a link by which somebody chooses a new password."""
        user, chosen = await signed_in(self), read_id(user_id)
        token = await do_in_database(
            lambda s, now: password_links.link_for_user(s, user, chosen, now)
        )
        origin, self.is_local = server_origin(self)
        self.password_link = f"{origin}{routes.NEW_PASSWORD}?link={token}"
        self.link_for = user_id

    @rx.event
    @asks_password
    async def hand_over(self, user_id: str) -> list[EventSpec]:
        """Let somebody else run the server."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: server_people.hand_over(session, user, read_id(user_id), now)
        )
        await self._show(await signed_in(self))
        return [toasts.toast_told("You do not run this server any more."), renew_session()]

    @rx.event
    @asks_password
    async def remove(self, user_id: str) -> EventSpec:
        """Shut somebody out of the server."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: server_people.remove_user(session, user, read_id(user_id), now)
        )
        await self._show(user)
        return toasts.toast_told("Removed. What they scheduled stays.")

    @rx.event
    @asks_password
    async def join(self, space_id: str) -> list[EventSpec]:
        """Become a manager of a space."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: server_people.join_space(session, user, read_id(space_id), now)
        )
        await self._show(user)
        told = toasts.toast_told("Joined. Go there under wasched's name, at the top.")
        return [told, renew_session()]

    async def _show(self, user: Caller) -> None:
        self.is_admin = may(user, Action.RUN_SERVER)
        self.users, self.spaces = [], []
        if not self.is_admin:
            self.is_peopled, self.password_link, self.link_for = False, "", ""
            return
        everybody, spaces = await ask_database(
            lambda session, _now: (
                server_people.list_users(session, user),
                server_people.list_spaces(session, user),
            )
        )
        now = bootstrap.clock().now()
        for one in everybody:
            since = f"since {times.day_name(one.since, user.zone, now).lower()}"
            if one.id != user.id:
                self.users.append(UserLine(str(one.id), one.name, f"{one.email} · {since}"))
        for space in spaces:
            people = count_words(space.people, "person", "people")
            self.spaces.append(SpaceLine(str(space.id), space.name, people))
        self.is_peopled = bool(self.users or self.spaces)
