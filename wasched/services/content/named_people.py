"""People who are named in a text: @Anna as it is typed, and @4915… as WhatsApp carries it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wasched.domain.content import Text


@dataclass(frozen=True)
class Mention:
    """Somebody who is named in the text as @name; without a name everyone, said nowhere."""

    name: str
    jid: str


def named_in(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Those whose name may stand in the words: looked for with few names a text is read fast."""
    return [one for one in mentions if one.name and f"@{one.name}" in words]


def addressed_text(words: str, mentions: Sequence[Mention]) -> str:
    """The words with numbers where names are mentioned, as WhatsApp carries them."""
    users = {one.name: user_of(one.jid) for one in named_in(words, mentions)}
    if not users:
        return words
    return _any_of(users).sub(lambda found: f"@{users[found[1]]}", words)


def jids_named(words: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The JIDs of those whose name stands in the words, and of everyone if that is said nowhere."""
    users = {one.name: one.jid for one in named_in(words, mentions)}
    hidden = [one.jid for one in mentions if not one.name]
    found = [users[one[1]] for one in _any_of(users).finditer(words)] if users else []
    return tuple(dict.fromkeys([*found, *hidden]))


def named_text(text: Text, names: Mapping[str, str]) -> str:
    """The words with names, by JID, where WhatsApp has numbers."""
    body = text.body
    for jid in text.mentions:
        stands = f"@{name_of(jid, names)}".replace("\\", "\\\\")
        body = re.sub(rf"@{re.escape(user_of(jid))}(?!\w)", stands, body)
    return body


def name_of(jid: str, names: Mapping[str, str]) -> str:
    """What somebody is called; the part of the JID before its @ for who is unknown."""
    return names.get(jid) or user_of(jid)


def user_of(jid: str) -> str:
    """What stands behind the @ in a text that WhatsApp carries."""
    return jid.partition("@")[0]


def _any_of(names: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"@({'|'.join(map(re.escape, longest_first))})(?!\\w)")
