"""The people of the space that somebody is in, and what each of them may do there."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.identity import spaces, team
from wasched.services.permissions import Action, may
from wasched.services.schedules.of_person import pause_schedules_of
from wasched.services.views import Member
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, times, toasts
from wasched.ui.core.page_calls import renew_session
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.core.space_text import ROLES
from wasched.ui.settings.invitation_links import server_origin


@dataclass(frozen=True)
class MemberLine:
    """One person; nothing can be decided about oneself."""

    id: str
    name: str
    about: str
    role: str
    is_me: bool


@dataclass(frozen=True)
class InvitedLine:
    """One invitation that waits."""

    id: str
    note: str
    until: str


class TeamState(rx.State):
    """Who belongs here; invitations are empty for who may not manage."""

    may_manage: bool = False
    is_admin: bool = False
    is_open: bool = False
    space: str = ""
    is_named: bool = False  # others belong here too, or I belong elsewhere too
    may_leave: bool = False
    members: list[MemberLine] = []
    invitations: list[InvitedLine] = []
    link: str = ""  # shown once
    is_local: bool = False  # links lead to the machine they are opened on
    field: str = ""
    error: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    @asks_password
    async def invite(self, form: dict[str, str]) -> None:
        """Make a link that lets one person in."""
        user = await signed_in(self)
        self.link, self.field, self.error = "", "", ""
        note, role = form.get("note", ""), form.get("role", "")
        try:
            token = await do_in_database(
                lambda s, now: team.invite_member(s, user, note, role, now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return
        origin, self.is_local = server_origin(self)
        self.link = f"{origin}{routes.SIGN_UP}?invite={token}"
        await self._show(user)

    @rx.event
    @asks_password
    async def take_back(self, invitation_id: str) -> EventSpec:
        """Make an invitation worthless."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: team.take_back(session, user, read_id(invitation_id), now)
        )
        self.link = ""
        await self._show(user)
        return toasts.toast_told("The invitation is taken back.")

    @rx.event
    @asks_password
    async def change_role(self, member_id: str, role: str) -> list[EventSpec]:
        """Let somebody do more, or less."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: team.change_role(session, user, read_id(member_id), role, now)
        )
        await self._show(await signed_in(self))
        is_me = read_id(member_id) == user.id
        return [toasts.toast_told("Changed."), *([renew_session()] if is_me else [])]

    @rx.event
    @asks_password
    async def remove(self, member_id: str, pauses: bool) -> EventSpec:
        """Shut somebody out, and pause what they scheduled or let it go on."""
        user, chosen = await signed_in(self), read_id(member_id)

        def remove(session: Session, now: datetime) -> None:
            team.remove_member(session, user, chosen, now)
            if pauses:
                pause_schedules_of(session, user, chosen, now)

        await do_in_database(remove)
        await self._show(user)
        goes = "is paused" if pauses else "goes on"
        return toasts.toast_told(f"Removed. What they scheduled {goes}; you find it in Messages.")

    @rx.event
    async def leave(self) -> EventSpec:
        """Belong here no longer."""
        user = await signed_in(self)
        await do_in_database(lambda session, now: team.leave_space(session, user, now))
        return rx.redirect(routes.HOME)

    @rx.event
    async def rename(self, form: dict[str, str]) -> EventSpec | None:
        """Call the space something else."""
        user = await signed_in(self)
        self.field, self.error = "", ""
        try:
            await do_in_database(
                lambda session, now: spaces.rename_space(session, user, form.get("space", ""), now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return None
        await self._show(user)
        return toasts.toast_told("Saved.")

    async def _show(self, user: Caller) -> None:
        self.may_manage, self.is_admin = may(user, Action.MANAGE), may(user, Action.RUN_SERVER)
        self.is_open = settings().allow_registration
        self.invitations = []
        members, mine = await ask_database(
            lambda session, _now: (
                team.list_members(session, user),
                spaces.my_spaces(session, user),
            )
        )
        now = bootstrap.clock().now()
        self.members = [_member_line(one, user, now) for one in members]
        self.space = next((one.name for one in mine if one.id == user.space_id), "")
        self.may_leave = len(mine) > 1
        self.is_named = len(members) > 1 or self.may_leave
        if not self.may_manage:
            self.link = ""
            return
        for found in await ask_database(
            lambda session, at: team.list_invitations(session, user, at)
        ):
            until = times.when_words(found.expires_at, user.zone, now)
            role = ROLES.get(found.role, "On their own")
            about = f"{role} · good until {until}"
            self.invitations.append(InvitedLine(str(found.id), found.note or "Somebody", about))


def _member_line(one: Member, user: Caller, now: datetime) -> MemberLine:
    since = f"since {times.day_name(one.since, user.zone, now).lower()}"
    about = f"{one.email} · {ROLES[one.role]} {since}"
    return MemberLine(str(one.id), one.name, about, one.role, one.id == user.id)
