"""Sessions that got another token while their tabs stayed open.

A live line shows the cookie that it was opened with. The one tab that asked for another token goes
on with it, as what it shows once would be lost; whoever else has the old one has nothing.
"""

from collections import OrderedDict

from wasched.services.identity import users

_MOST = 1_000
"""A tab that loads its page again needs no note any more."""

_newer: OrderedDict[tuple[str, str], str] = OrderedDict()
"""The token that came next, by the hash of the one before and the tab that asked for it."""


def note_renewal(before: str, tab: str, token: str) -> None:
    """Let a tab go on with another token."""
    _newer[users.hash_secret(before), tab] = token
    while len(_newer) > _MOST:
        _newer.popitem(last=False)


def newest_token(token: str, tab: str) -> str:
    """The token that a tab goes on with: the one it came with, unless it asked for others."""
    while newer := _newer.get((users.hash_secret(token), tab)):
        token = newer
    return token


def newest_sign_in(sign_in: str, tab: str) -> str:
    """The same of hashes of tokens."""
    newer = _newer.get((sign_in, tab))
    return users.hash_secret(newest_token(newer, tab)) if newer else sign_in


def is_renewed(sign_in: str) -> bool:
    """True if the token with this hash was given up for another."""
    return any(before == sign_in for before, _tab in _newer)
