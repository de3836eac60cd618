"""The pace of one account: its knobs on the account's own page."""

import reflex as rx
from reflex.event import EventSpec

from wasched.domain.errors import InputError, NotFoundError
from wasched.services.accounts import pacing
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database, do_in_database, signed_in


class PaceState(rx.State):
    """What the fields show; `field` and `error` say what cannot stand so."""

    account_id: int = 0
    values: dict[str, str] = {}
    typing: bool = False
    field: str = ""
    error: str = ""
    saved: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the pace of the account that the address names."""
        user = await signed_in(self)
        self.account_id = routes.number_in(self.router.url.path)
        self.field, self.error, self.saved = "", "", False
        try:
            found = await ask_database(
                lambda session, now: pacing.pace_of_account(session, user, self.account_id)
            )
        except NotFoundError:
            self.values, self.account_id = {}, 0
            return
        self.values = {
            "gap_min_s": f"{found.gap_min.total_seconds():.0f}",
            "gap_max_s": f"{found.gap_max.total_seconds():.0f}",
            "daily_cap": str(found.daily_cap),
            "stranger_cap": str(found.stranger_cap),
            "quiet_from": f"{found.quiet_from:%H:%M}" if found.quiet_from else "",
            "quiet_to": f"{found.quiet_to:%H:%M}" if found.quiet_to else "",
        }
        self.typing = found.typing

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec | None:
        """Save the pace; the account's next message keeps to it."""
        user = await signed_in(self)
        account_id = routes.number_in(self.router.url.path)
        self.field, self.error, self.saved = "", "", False
        try:
            wanted = pacing.read_pace(form)
            await do_in_database(
                lambda session, now: pacing.change_pace(session, user, account_id, wanted, now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        self.saved = True
        return None
