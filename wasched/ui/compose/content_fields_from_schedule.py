"""From the contents of a schedule back to what is written on the compose page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wasched.domain import places
from wasched.domain.content import EVERYONE, ContactCard, Content, Location, Media, Poll, Text
from wasched.domain.content_rules import preview_line
from wasched.domain.links import first_link
from wasched.services.content.named_people import Mention, name_of, named_text
from wasched.services.phone_numbers import phones
from wasched.ui.compose.content_fields import CARD, OTHER, PLACE, POLL, File, Written


def written_of(
    contents: Sequence[Content], files: Sequence[File], names: Mapping[str, str]
) -> Written:
    """What shows the variants of a message; `files` are those of its media, `names` of JIDs."""
    texts = _texts(contents)
    if texts:
        return _text(contents[0], texts, files, names)
    if len(contents) > 1:
        return Written(OTHER)
    match contents[0]:
        case Poll(question=question, options=given, choices=choices):
            options = given if len(given) > 1 else (*given, "")
            return Written(POLL, question=question, options=options, choices=f"{choices}")
        case Location(latitude=north, longitude=east, name=name, address=address):
            return Written(
                PLACE, where=places.write_place(north, east), place_name=name, address=address
            )
        case ContactCard(name=name, phone=phone):
            return Written(CARD, card_name=name, card_phone=phones.pretty_number(phone))
    return Written(OTHER)


def jids_of(contents: Sequence[Content]) -> list[str]:
    """Who is mentioned in any of the variants."""
    named = (one.mentions for one in contents if isinstance(one, Text | Media))
    return list(dict.fromkeys(jid for jids in named for jid in jids))


def other_line(contents: Sequence[Content]) -> str:
    """What a message is that the page cannot show: its first words, and how many variants."""
    return f"{preview_line(contents[0])}. {len(contents)} wordings, one is picked for each."


def _texts(contents: Sequence[Content]) -> list[Text]:
    """The variants as texts, if they are texts or captions of one and the same file; else none."""
    if all(isinstance(one, Text) for one in contents):
        return [one for one in contents if isinstance(one, Text)]
    media = [one for one in contents if isinstance(one, Media)]
    bare = {replace(one, caption="", mentions=()) for one in media}
    if len(media) < len(contents) or len(bare) > 1:
        return []
    return [Text(one.caption, one.mentions) for one in media]


def _text(
    first: Content, texts: Sequence[Text], files: Sequence[File], names: Mapping[str, str]
) -> Written:
    shown = not isinstance(first, Text) or first.preview is not None or not first_link(first.body)
    return Written(
        wordings=tuple(named_text(one, names) for one in texts),
        files=tuple(files),
        mentions=_mentions(texts, names),
        preview="yes" if shown else "",
    )


def _mentions(texts: Sequence[Text], names: Mapping[str, str]) -> tuple[Mention, ...]:
    said = any(f"@{EVERYONE}" in one.body for one in texts)
    return tuple(
        Mention("" if jid == EVERYONE and not said else name_of(jid, names), jid)
        for jid in jids_of(texts)
    )
