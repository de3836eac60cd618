"""Asks for the password where a deed wants it, and then goes on with the deed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import reflex as rx

from wasched import bootstrap
from wasched.domain.errors import InputError, SignInError, UnconfirmedError
from wasched.services.identity.password_confirmation import confirm_password
from wasched.text.refusals import error_sentence
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import session_token, signed_in

PASSWORD_FIELD = "own-password"


@dataclass(frozen=True)
class ConfirmedDeed:
    """A handler that was called with some values."""

    state: type[rx.State]
    handler: str
    values: tuple[Any, ...]
    named: dict[str, Any]

    async def run(self, tab: rx.State) -> Any:
        """Call it in the same tab; it asks anew who is there."""
        state = await tab.get_state(self.state)
        return await self.state.event_handlers[self.handler].fn(state, *self.values, **self.named)


class ConfirmingState(rx.State):
    """The question for the password, and what was about to be done."""

    is_open: bool = False
    error: str = ""

    _deed: ConfirmedDeed | None = None

    @rx.event
    async def give(self, form: dict[str, str]) -> Any:
        """Take the password, and go on; or say what is wrong with it."""
        await signed_in(self)
        token = session_token(self)
        typed, now = form.get(PASSWORD_FIELD, ""), bootstrap.clock().now()
        given = bootstrap.database(), bootstrap.passwords(), token, typed, now
        try:
            await asyncio.to_thread(confirm_password, *given)
        except (InputError, SignInError) as refusal:
            self.error = error_sentence(refusal)
            return focus_on(PASSWORD_FIELD)
        deed, self._deed, self.is_open, self.error = self._deed, None, False, ""
        return await deed.run(self) if deed else None

    @rx.event
    def turn(self, is_open: bool) -> None:
        """Forget what was about to be done when the question is closed."""
        if not is_open:
            self.is_open, self.error, self._deed = False, "", None

    def _ask(self, deed: ConfirmedDeed) -> None:
        """Open the question before a deed."""
        self.is_open, self.error, self._deed = True, "", deed


def asks_password(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Have a handler ask for the password first where the deed behind it wants it."""

    @wraps(handler)
    async def asked(self: rx.State, *values: Any, **named: Any) -> Any:
        try:
            return await handler(self, *values, **named)
        except UnconfirmedError:
            question = await self.get_state(ConfirmingState)
            question._ask(ConfirmedDeed(type(self), handler.__name__, values, named))
            return None

    return asked
