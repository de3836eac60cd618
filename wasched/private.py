"""Files are for the server's own user alone, whoever else has an account on the machine."""

import os

UMASK = 0o077


def be_private() -> None:
    """Let whatever this process and its children make be readable by their own user only."""
    os.umask(UMASK)
