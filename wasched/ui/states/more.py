"""More: nothing of its own, but its frame stays current."""

import reflex as rx

from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.ui import followers
from wasched.ui.states.session import signed_in


class MoreState(rx.State):
    """A page without rows."""

    @rx.event
    async def load(self) -> None:
        """Keep the frame current."""
        user = await signed_in(self)
        followers.follow(self, user, (MESSAGES, ACCOUNTS))
