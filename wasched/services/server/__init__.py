"""The server as a whole: its health, its settings, and what a restore asks."""
