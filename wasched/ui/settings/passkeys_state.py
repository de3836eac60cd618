"""Settings: my passkeys, made by the browser and looked at by the server."""

import asyncio
import json
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.api import doors
from wasched.domain.errors import InputError
from wasched.domain.passkey import ANSWER_MAX, PasskeySite, site_of
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.identity import passkeys
from wasched.services.identity.passkeys import NewPasskey, OwnPasskey
from wasched.text.refusals import error_sentence
from wasched.ui.core import times, toasts, user_agents
from wasched.ui.core.page_calls import call_page, focus_on, renew_session
from wasched.ui.core.passkey_words import passkey_sentence
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, session_token, signed_in
from wasched.ui.settings.devices_state import DevicesState
from wasched.ui.settings.second_step_state import SecondStepState

NAME_FIELD, RENAME_FIELD = "passkey-name", "passkey-new-name"
_TYPED_MAX = 200


@dataclass(frozen=True)
class PasskeyLine:
    """One passkey."""

    id: str
    name: str
    about: str


class PasskeysState(rx.State):
    """My passkeys; `error` says why one could not be made, or not be called so."""

    keys: list[PasskeyLine] = []
    suggested: str = ""  # how a new one may be called
    renamed: str = ""  # the id of which, while a name is typed
    field: str = ""
    error: str = ""

    _name: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now, but leave alone what is being typed."""
        user = await signed_in(self)
        found = await ask_database(lambda session, _now: passkeys.list_passkeys(session, user))
        host = self._site().host
        self.keys = [PasskeyLine(str(one.id), one.name, _about(one, user, host)) for one in found]
        self.suggested = user_agents.browser_name(self.router.headers.user_agent)

    @rx.event
    @asks_password
    async def begin(self, form: dict[str, str]) -> EventSpec | None:
        """Have the browser make one."""
        user, site = await signed_in(self), self._site()
        token, key = session_token(self), bootstrap.secret_key()
        self._forget()
        self._name = form.get(NAME_FIELD, "")[:_TYPED_MAX]
        try:
            passkeys.check_name(self._name)
            options = await do_in_database(
                lambda s, now: passkeys.creation_options(s, key, user, token, site, now)
            )
        except InputError as refusal:
            return self._refuse(NAME_FIELD, error_sentence(refusal))
        return call_page("makePasskey", options, site.origin, callback=PasskeysState.take)

    @rx.event
    @asks_password
    async def take(self, answer: str) -> EventSpec | list[EventSpec]:
        """Keep the one that was made, and show recovery codes if they are new."""
        user, site = await signed_in(self), self._site()
        if error := _error_of(answer):
            return self._refuse(NAME_FIELD, passkey_sentence(error, site.origin))
        token = session_token(self)
        new = NewPasskey(answer, site, self._name)
        try:
            codes = await asyncio.to_thread(_add, user, token, new)
        except InputError as refusal:
            return self._refuse(NAME_FIELD, error_sentence(refusal))
        second = await self.get_state(SecondStepState)
        second.codes = codes or second.codes
        await self._show_all(user)
        told = focus_on("recovery-codes") if codes else toasts.toast_told("The passkey is added.")
        return [told, DevicesState.refresh, renew_session()]  # type: ignore[list-item]

    @rx.event
    async def begin_renaming(self, passkey_id: str) -> EventSpec:
        """Ask for another name."""
        await signed_in(self)
        self._forget()
        self.renamed = str(read_id(passkey_id) or "")
        return focus_on(RENAME_FIELD)

    @rx.event
    @asks_password
    async def rename(self, form: dict[str, str]) -> EventSpec:
        """Call it so."""
        user, chosen = await signed_in(self), read_id(self.renamed)
        name = form.get(RENAME_FIELD, "")[:_TYPED_MAX]
        try:
            await do_in_database(lambda s, now: passkeys.rename_passkey(s, user, chosen, name, now))
        except InputError as refusal:
            return self._refuse(RENAME_FIELD, error_sentence(refusal))
        self._forget()
        await self.refresh()
        return toasts.toast_told("The passkey is renamed.")

    @rx.event
    @asks_password
    async def remove(self, passkey_id: str) -> list[EventSpec]:
        """Let one of them open nothing any more."""
        user, chosen = await signed_in(self), read_id(passkey_id)
        token = session_token(self)
        await do_in_database(lambda s, now: passkeys.remove_passkey(s, user, token, chosen, now))
        await self._show_all(user)
        told = "The passkey is removed. Delete it where it is kept, too."
        shown = [toasts.toast_told(told), DevicesState.refresh]
        return [*shown, renew_session()]  # type: ignore[list-item]

    @rx.event
    async def close(self) -> None:
        """Put away what was not finished."""
        await signed_in(self)
        self._forget()

    def _forget(self) -> None:
        self.renamed = self.field = self.error = ""

    def _refuse(self, field: str, sentence: str) -> EventSpec:
        self.field, self.error = field, sentence
        return focus_on(field)

    async def _show_all(self, user: Caller) -> None:
        await self.refresh()
        await (await self.get_state(SecondStepState))._show(user)

    def _site(self) -> PasskeySite:
        peer, headers = self.router.session.client_ip, self.router.headers.raw_headers
        return site_of(doors.line_origin(peer, headers))


def _about(one: OwnPasskey, user: Caller, host: str) -> str:
    now = bootstrap.clock().now()
    if one.host != host:
        return f"for {one.host}: it signs you in there alone"
    if one.used_at:
        return f"used {times.when_words(one.used_at, user.zone, now)}"
    return f"since {times.day_name(one.created_at, user.zone, now).lower()}, not used yet"


def _error_of(answer: str) -> str:
    """What the browser calls what went wrong; empty if it made one."""
    try:
        found = json.loads(answer[:ANSWER_MAX])
    except (ValueError, RecursionError):
        return "other"
    return str(found.get("error", ""))[:_TYPED_MAX] if isinstance(found, dict) else "other"


def _add(user: Caller, token: str, new: NewPasskey) -> list[str]:
    """Off the event loop, like the large library that it needs."""
    tools = bootstrap.database(), bootstrap.passkey_reader()
    return passkeys.add_passkey(*tools, user, token, new, bootstrap.clock().now())
