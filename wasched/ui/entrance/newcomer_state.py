"""What a form about oneself says while it is filled in: about the zone, and the log's word."""

import asyncio

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import InputError, SignInError
from wasched.services.identity import first_run, users
from wasched.text.refusals import error_sentence
from wasched.ui.core import refusal_text, times
from wasched.ui.core.page_calls import call_page, focus_on
from wasched.ui.core.session import ask_database, caller_address
from wasched.ui.core.strangers import open_to_strangers


@open_to_strangers
class NewcomerState(rx.State):
    """Advice for who is about to sign up."""

    zone: str = ""
    clock: str = ""
    zone_error: str = ""
    word_error: str = ""

    @rx.event
    async def check_word(self, typed: str) -> EventSpec | None:
        """Lead on to the next step with the word in the log, or say what is wrong with another."""
        if await ask_database(lambda session, now: users.is_set_up(session)):
            return None
        right, now = first_run.setup_word(bootstrap.secret_key()), bootstrap.clock().now()
        given = bootstrap.database(), typed, right, caller_address(self), now
        try:
            await asyncio.to_thread(first_run.check_word, *given)
        except (InputError, SignInError) as refusal:
            self.word_error = error_sentence(refusal)
            return focus_on("token")
        self.word_error = ""
        return call_page("nextStep")

    @rx.event
    def look_at_zone(self, typed: str) -> None:
        """Say what time it is in a zone, or that there is no such zone."""
        show_zone(self, typed)

    @rx.event
    def look_at_typed_zone(self, typed: dict[str, str]) -> None:
        """Say the same of a zone that was typed before anybody could be asked."""
        if zone := typed.get("zone", ""):
            show_zone(self, zone)


def admit_newcomer(state: NewcomerState, zone: str, word_error: str = "") -> None:
    """Begin anew for somebody who may sign up; `zone` is what they gave before, if they did."""
    state.word_error = word_error
    state.zone, state.clock, state.zone_error = "", "", ""
    if zone:
        show_zone(state, zone)


def show_zone(state: NewcomerState, typed: str) -> None:
    """Show the time in a zone; nothing typed means the server's own."""
    zone = typed.strip() or settings().zone
    if users.is_zone(zone):
        state.zone, state.clock = zone, times.clock(bootstrap.clock().now(), zone)
        state.zone_error = ""
    else:
        state.zone = state.clock = ""
        state.zone_error = refusal_text.refusal_sentence("zone")[1]


def ask_what_is_typed() -> EventSpec:
    """Have the page say which zone somebody typed before it could listen."""
    return call_page("typed", "zone", callback=NewcomerState.look_at_typed_zone)
