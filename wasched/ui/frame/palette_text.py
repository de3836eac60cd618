"""What the command palette offers: pages, deeds, and what is found by its name."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wasched.services.messages.find_anything import Found
from wasched.services.permissions import ALL, Action
from wasched.ui.core import routes, rows

KEYS_SHEET, STOP = "#keys", "#stop"
"""Addresses of something on the page itself: a sheet that is shown, a button that is pressed."""


@dataclass(frozen=True)
class Hit:
    """One thing to go to or to do; `kind` chooses its icon, `about` says what it is."""

    key: str
    kind: str
    name: str
    about: str
    href: str


@dataclass(frozen=True)
class _Fixed:
    name: str
    href: str
    words: str = ""  # what else it is looked for by
    needs: Action = Action.LOOK  # it is shown where this is offered


_DEEDS = (
    _Fixed("New message", routes.COMPOSE, "write send schedule compose poll", Action.WRITE),
    _Fixed("See what needs you", f"{routes.MESSAGES}?tab=needs", "missed failed maybe sent"),
    _Fixed("Link a phone", routes.ACCOUNTS, "account number whatsapp add", Action.MANAGE),
    _Fixed("Import people", routes.IMPORT, "contacts spreadsheet csv vcard file add", Action.WRITE),
    _Fixed("Stop everything", STOP, "pause hold halt", Action.STOP),
    _Fixed("Show the keyboard shortcuts", KEYS_SHEET, "keys help"),
)
_PAGES = (
    _Fixed("Home", routes.HOME, "start"),
    _Fixed("Calendar", routes.CALENDAR, "month week day"),
    _Fixed("Messages", routes.MESSAGES, "coming past sent history"),
    _Fixed("Replies", routes.REPLIES, "answers wrote back inbox unanswered"),
    _Fixed("What repeats", f"{routes.MESSAGES}?tab=repeating", "schedules series"),
    _Fixed("Recipients", routes.RECIPIENTS, "people contacts address book"),
    _Fixed("Groups", f"{routes.RECIPIENTS}?tab=groups", "recipients"),
    _Fixed("Lists", f"{routes.RECIPIENTS}?tab=lists", "recipients"),
    _Fixed("Templates", routes.TEMPLATES, "texts"),
    _Fixed("Accounts", routes.ACCOUNTS, "phones numbers whatsapp"),
    _Fixed("Health", routes.HEALTH, "server log worker disk"),
    _Fixed("Settings", routes.SETTINGS, "password zone theme team back-up audit log keys webhooks"),
)


def palette_hits(typed: str, found: Found, offered: Collection[Action] = ALL) -> list[Hit]:
    """Everything that has the words, what one may do and goes to before what one looks up."""
    mine = tuple(one for one in _DEEDS if one.needs in offered)
    deeds = _fixed("deed", "Do", mine, typed)
    return [
        *deeds,
        *_fixed("page", "Page", _PAGES, typed),
        *_found(found),
    ]


def palette_said(typed: str, number: int) -> str:
    """How much there is, for those who hear the page."""
    if number:
        return rows.count_words(number, "found", "found")
    return f"Nothing is called “{typed.strip()}”."


def _fixed(kind: str, about: str, table: tuple[_Fixed, ...], typed: str) -> Iterator[Hit]:
    words = typed.casefold().split()
    for place, one in enumerate(table):
        says = f"{one.name} {one.words}".casefold()
        if all(word in says for word in words):
            yield Hit(f"{kind}-{place}", kind, one.name, about, one.href)


def _found(found: Found) -> Iterator[Hit]:
    for one in found.people:
        about = one.detail or one.kind.capitalize()
        href = routes.recipient(one.id)
        yield Hit(f"{one.kind}-{one.id}", one.kind, one.name, about, href)
    for made in found.lists:
        about = f"List of {rows.count_words(made.members, 'person', 'people')}"
        yield Hit(f"list-{made.id}", "list", made.name, about, routes.list_page(made.id))
    for line in found.schedules:
        others = rows.count_words(line.recipients - 1, "other", "others")
        to = f"{line.recipient} and {others}" if line.recipients > 1 else line.recipient
        yield Hit(f"schedule-{line.id}", "schedule", to, line.sentence, routes.schedule(line.id))
    for kept in found.templates:
        href = routes.template(kept.id)
        yield Hit(f"template-{kept.id}", "template", kept.name, "Template", href)
