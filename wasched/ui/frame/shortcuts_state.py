"""Keyboard shortcuts: on, or off."""

import reflex as rx


class KeysState(rx.State):
    """Whether the keys do anything in this browser; scripts/keys.js reads the same name."""

    keys: str = rx.LocalStorage("on", name="wasched-keys")

    @rx.event
    def switch(self) -> None:
        """Turn the shortcuts on or off."""
        self.keys = "on" if self.keys == "off" else "off"
