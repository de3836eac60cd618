"""Whether the emoji picker was asked for: it weighs more than the rest of Compose."""

import reflex as rx


class EmojiState(rx.State):
    """The panel of emoji on this page."""

    is_wanted: bool = False

    @rx.event
    def want(self) -> None:
        """Load the picker."""
        self.is_wanted = True
