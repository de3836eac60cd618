"""More: nothing of its own, but its frame stays current."""

import reflex as rx

from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.ui.core.session import signed_in
from wasched.ui.live import subscriptions


class MoreState(rx.State):
    """A page without rows."""

    @rx.event
    async def load(self) -> None:
        """Keep the frame current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (MESSAGES, ACCOUNTS))
