"""What the token in a calendar's address looks like, so that it can be known and hidden."""

import re

TOKEN_BEGINS = "wcal_"
"""Scanners for secrets that leaked know it by this."""

_SECRET = re.compile(rf"({TOKEN_BEGINS})[\w%-]+|(/calendar/)[^/\s\"'\\]+(?=\.ics)")


def without_tokens(text: str) -> str:
    """The text with each token of a calendar's address made unreadable."""
    if TOKEN_BEGINS not in text and ".ics" not in text:
        return text
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}…", text)
