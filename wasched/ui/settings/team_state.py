"""The people on this server, as its owner sees them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.identity import password_links, team
from wasched.services.permissions import Action, may
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, times, toasts
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, signed_in

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MemberLine:
    """One person."""

    id: str
    name: str
    about: str
    is_owner: bool


@dataclass(frozen=True)
class InvitedLine:
    """One invitation that waits."""

    id: str
    note: str
    until: str


class TeamState(rx.State):
    """Members and invitations; empty for who is not the owner."""

    is_owner: bool = False
    is_open: bool = False
    members: list[MemberLine] = []
    invitations: list[InvitedLine] = []
    link: str = ""  # shown once
    password_link: str = ""  # the same
    link_for: str = ""  # the member's id
    is_local: bool = False  # links lead to the machine they are opened on
    error: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    @asks_password
    async def invite(self, form: dict[str, str]) -> None:
        """Make a link that lets one person sign up."""
        user = await signed_in(self)
        self.link, self.error = "", ""
        try:
            token = await do_in_database(
                lambda s, now: team.invite_member(s, user, form.get("note", ""), now)
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return
        self.link = f"{self._origin()}{routes.SIGN_UP}?invite={token}"
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
    async def give_password(self, member_id: str) -> None:
        """Make a link by which a member chooses a new password."""
        user = await signed_in(self)
        chosen = read_id(member_id)
        token = await do_in_database(
            lambda s, now: password_links.link_for_member(s, user, chosen, now)
        )
        self.password_link = f"{self._origin()}{routes.NEW_PASSWORD}?link={token}"
        self.link_for = member_id

    @rx.event
    @asks_password
    async def hand_over(self, member_id: str) -> EventSpec:
        """Make somebody else the owner."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: team.hand_over(session, user, read_id(member_id), now)
        )
        await self._show(await signed_in(self))
        return toasts.toast_told("You are a member now.")

    @rx.event
    @asks_password
    async def remove(self, member_id: str) -> EventSpec:
        """Shut somebody out."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: team.remove_member(session, user, read_id(member_id), now)
        )
        await self._show(user)
        return toasts.toast_told("Removed. What they scheduled stays; you find it in Messages.")

    async def _show(self, user: Caller) -> None:
        self.is_owner = may(user, Action.RUN_SERVER)
        self.is_open = settings().allow_registration
        self.members, self.invitations = [], []
        if not self.is_owner:
            self.link = self.password_link = self.link_for = ""
            return
        now = bootstrap.clock().now()
        for one in await ask_database(lambda session, _now: team.list_members(session, user)):
            since = f"since {times.day_name(one.since, user.zone, now).lower()}"
            role = "Owner" if one.role == "owner" else "Member"
            about = f"{one.email} · {role} {since}"
            self.members.append(MemberLine(str(one.id), one.name, about, one.role == "owner"))
        for found in await ask_database(
            lambda session, at: team.list_invitations(session, user, at)
        ):
            until = times.when_words(found.expires_at, user.zone, now)
            note = found.note or "Somebody"
            self.invitations.append(InvitedLine(str(found.id), note, f"good until {until}"))

    def _origin(self) -> str:
        """This server's address as people reach it, and `is_local` if nobody else does."""
        if settings().public_url:
            return settings().public_url
        parts = urlsplit(self.router.headers.origin or str(self.router.url))
        is_here = parts.hostname in _THIS_MACHINE
        network = bootstrap.network_url() if is_here else ""
        self.is_local = is_here and not network
        return network or f"{parts.scheme}://{parts.netloc}"
