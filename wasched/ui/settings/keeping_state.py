"""Replies in Settings: for how long this space keeps them, and who reads them."""

import reflex as rx

from wasched.domain.errors import InputError
from wasched.services.permissions import Action, may
from wasched.services.replies import keeping
from wasched.text.refusals import error_sentence
from wasched.ui.core.session import ask_database, do_in_database, signed_in


class KeepingState(rx.State):
    """The choices of who manages the space; others read them."""

    days: str = "30"
    for_viewers: bool = False
    may_choose: bool = False
    error: str = ""
    saved: bool = False

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        user = await signed_in(self)
        held = await ask_database(lambda s, now: keeping.reply_settings(s, user))
        self.days, self.for_viewers = str(held.days), held.for_viewers
        self.may_choose = may(user, Action.MANAGE)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """Set for how long replies are kept, and who reads them."""
        user = await signed_in(self)
        typed, for_viewers = form.get("replies_days", ""), bool(form.get("replies_viewers"))
        self.error, self.saved = "", False
        try:
            await do_in_database(
                lambda s, now: keeping.choose_keeping(s, user, typed, for_viewers, now)
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return
        await self.refresh()
        self.saved = True
