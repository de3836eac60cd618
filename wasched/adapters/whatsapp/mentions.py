"""Who a message to a group names: everyone, or members under the addresses the group uses."""

import re
from collections.abc import Iterable
from dataclasses import replace

from wasched.domain.content import EVERYONE, Content, Media, Text
from wasched.services.ports import MemberSeen


def name_mentions(content: Content) -> tuple[str, ...]:
    """The JIDs (or EVERYONE) that a content names."""
    return content.mentions if isinstance(content, Text | Media) else ()


def in_group(content: Content, members: Iterable[MemberSeen]) -> Content:
    """The content with its mentions as this group's phones know them."""
    if not isinstance(content, Text | Media):
        return content
    present = list(members)
    known = {address: one.jid for one in present for address in _addresses(one)}
    wanted = [known.get(jid, jid) for jid in content.mentions if jid != EVERYONE]
    if EVERYONE in content.mentions:
        wanted += [one.jid for one in present]
    return _worded(replace(content, mentions=tuple(dict.fromkeys(wanted))), known)


def in_chat(content: Content) -> Content:
    """The content for one person, where naming everyone means nothing."""
    if not isinstance(content, Text | Media):
        return content
    kept = tuple(jid for jid in content.mentions if jid != EVERYONE)
    return replace(content, mentions=kept)


def _addresses(member: MemberSeen) -> list[str]:
    """Every address that a member may have been named by."""
    by_phone = f"{member.phone.lstrip('+')}@s.whatsapp.net" if member.phone else None
    return [one for one in (member.jid, member.lid, by_phone) if one]


def _worded(content: Text | Media, known: dict[str, str]) -> Text | Media:
    """The words with `@…` for the address that is mentioned, which phones show as a name."""
    users = {old.partition("@")[0]: new.partition("@")[0] for old, new in known.items()}

    def swap(found: re.Match[str]) -> str:
        return f"@{users.get(found[1], found[1])}"

    if isinstance(content, Text):
        return replace(content, body=re.sub(r"@(\d+)", swap, content.body))
    return replace(content, caption=re.sub(r"@(\d+)", swap, content.caption))
