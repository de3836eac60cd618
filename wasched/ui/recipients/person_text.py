"""What the page of a person or group says, in words."""

from dataclasses import dataclass, field
from datetime import datetime

from wasched.domain.errors import InputError
from wasched.domain.templates import variable_key
from wasched.services.address_book.entries import EntryCard
from wasched.services.recipients.invites import InviteCard
from wasched.text.reasons import reason_sentence
from wasched.ui.core import routes, times
from wasched.ui.core.conflict_text import other_text, other_value
from wasched.ui.core.rows import count_words
from wasched.ui.recipients.state import EntryLine, entry_line, list_line


@dataclass(frozen=True)
class PersonForm:
    """What may be typed over, as of a version; `fields` are lines of name: value."""

    name: str = ""
    phone: str = ""
    notes: str = ""
    fields: str = ""
    version: int = 0


@dataclass(frozen=True)
class PersonPage:
    """What the page shows; `variables` are how texts use what is known of them."""

    id: int = 0
    kind: str = "person"
    name: str = ""
    phone: str = ""
    about: str = ""
    variables: str = ""
    opted_out: str = ""
    left: bool = False
    messages: str = ""
    messages_href: str = ""
    lists: list[EntryLine] = field(default_factory=list)
    doubles: list[EntryLine] = field(default_factory=list)


@dataclass(frozen=True)
class InvitePart:
    """The invite link of a group, for who may have it; `ask` is what the button says, if any."""

    is_there: bool = False
    link: str = ""
    said: str = ""
    ask: str = ""


def invite_part(card: InviteCard | None, zone: str, now: datetime) -> InvitePart:
    """What the page says of a group's invite link."""
    if card is None:
        return InvitePart()
    if card.is_asked:
        return InvitePart(True, said="WhatsApp is being asked.")
    if card.link and card.told_at:
        said = f"As WhatsApp said {times.when_words(card.told_at, zone, now)}. "
        return InvitePart(True, card.link, f"{said}Whoever has it can join.", "Ask again")
    said = reason_sentence(card.refusal, zone, now) or "Whoever has it can join."
    return InvitePart(True, said=said, ask="Show the invite link")


def read_fields(text: str) -> dict[str, str]:
    """Lines of "name: value"; InputError names the line that is none."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise InputError("fields", f'Write "{line[:40]}" as name: value, as in Voice: tenor.')
        found[name.strip()] = value.strip()
    return found


def person_page(card: EntryCard, zone: str, now: datetime) -> PersonPage:
    """What the page says of somebody at an instant."""
    entry = card.entry
    stopped = times.when_words(card.opted_out_at, zone, now) if card.opted_out_at else ""
    known = {True: "On WhatsApp", False: "Not on WhatsApp: messages would fail", None: ""}
    coming = count_words(card.coming, "message waits", "messages wait")
    return PersonPage(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        phone=card.phone,
        about=" · ".join(filter(None, (card.phone or entry.detail, known[entry.on_whatsapp]))),
        variables=" ".join(f"{{{variable_key(name)}}}" for name in card.fields),
        opted_out=f"Asked for no more messages: {stopped}." if stopped else "",
        left=entry.left,
        messages=f"{coming}, {card.gone:,} in the past",
        messages_href=f"{routes.MESSAGES}?tab=all&recipient={entry.id}",
        lists=[list_line(one) for one in card.lists],
        doubles=[entry_line(one) for one in card.doubles],
    )


def person_form(card: EntryCard) -> PersonForm:
    """What may be typed over, as it is kept."""
    fields = "\n".join(f"{name}: {value}" for name, value in card.fields.items())
    return PersonForm(card.name, card.phone, card.notes, fields, card.version)


def person_changes(before: PersonForm, after: PersonForm) -> list[str]:
    """What somebody else changed about them, each in a few words."""
    return [
        *other_value("the name", before.name, after.name),
        *other_value("the number", before.phone, after.phone),
        *other_text("the notes", before.notes, after.notes),
        *other_text("what else is known", before.fields, after.fields),
    ]
