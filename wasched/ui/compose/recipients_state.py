"""Whom a message goes to and whom it leaves out: chips, and what is offered while typing."""

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched.domain import wording
from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.address_book import lists
from wasched.services.address_book.entries import NAME_MAX
from wasched.services.address_book.lists import ListCard
from wasched.services.caller import Caller
from wasched.services.phone_numbers import phones, typed_numbers
from wasched.services.phone_numbers.typed_numbers import TypedNumber
from wasched.services.recipients import recipients
from wasched.services.schedules.requests import AudienceRequest, ScheduleRequest
from wasched.services.views import ContactHit, RecipientHit
from wasched.text.refusals import error_sentence
from wasched.ui.compose.draft_text import Chip
from wasched.ui.core import routes
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import count_words
from wasched.ui.core.session import ask_database, signed_in
from wasched.ui.live.accepted_events import LISTED_MAX, SEARCH_MAX

_RECENT = 5
_CHIPS_MAX = 500  # to choose one by one; a schedule that was made otherwise may have more
_LIST = "list"
_REASONS, _NAMED = 3, 10
"""How many refusals of a list of numbers are told in full, and how many more pieces are named."""


class Chosen(rx.State, mixin=True):
    """A field that takes people, groups and lists."""

    _field: ClassVar[str] = "to"
    _takes_numbers: ClassVar[bool] = True

    chips: list[Chip] = []
    offered: list[Chip] = []
    is_asked: bool = False  # until then the server's first words stand there
    error: str = ""
    said: str = ""  # to who hears the page: how many are offered, or what became of a chip
    taken: int = 0  # how often the field was emptied, for what was typed became a chip
    _typed: str = ""

    @rx.event
    async def suggest(self, typed: str, taken: int) -> None:
        """Offer who matches what is typed; the newest while nothing is.

        What was typed before the field was emptied may come late: it means nothing any more. Nor
        does what was refused meanwhile take its refusal back.
        """
        user = await signed_in(self)
        if taken != self.taken:
            return
        if typed[:LISTED_MAX].strip() != self._typed.strip():
            self.error = ""
        self._typed, self.is_asked = typed[:LISTED_MAX], True
        found = await ask_database(lambda session, now: _offers(session, user, typed[:SEARCH_MAX]))
        chosen = {chip.key for chip in self.chips}
        offered = [chip for chip in found if chip.key not in chosen]
        self.offered = offered if typed.strip() else [] if self.chips else offered[:_RECENT]
        self.said = _counted(self.offered) if self.offered or typed.strip() else ""

    @rx.event
    async def choose(self, key: str) -> list[EventSpec]:
        """Add one that was offered."""
        await signed_in(self)
        found = next((chip for chip in self.offered if chip.key == key), None)
        if found is not None:
            self._add(found)
        return self._emptied()

    @rx.event
    async def enter(self, form: dict[str, str]) -> list[EventSpec]:
        """Add what was typed: somebody of that name, the only one that matches, or a number."""
        user = await signed_in(self)
        typed = form.get(self._field, "").strip()[:LISTED_MAX]
        if not typed:
            return self._emptied()
        # Whoever types fast presses Enter before anything is offered.
        self._typed = typed
        self.offered = await ask_database(
            lambda session, now: _offers(session, user, typed[:SEARCH_MAX])
        )
        if (meant := _meant(self.offered, typed)) is not None:
            self._add(meant)
            return self._emptied()
        if not self._takes_numbers or _is_name(typed, self.offered):
            self.error = _nobody(typed, self.offered, self._takes_numbers)
            return []
        account = routes.number_in(form.get("account", ""))
        country = await ask_database(
            lambda session, now: accounts.account_country(session, user, account)
        )
        if self._take(typed, country):
            return self._emptied()
        return [rx.set_value(self._field, self._typed)]

    @rx.event
    def remove(self, key: str) -> None:
        """Take one away again."""
        gone = next((chip.name for chip in self.chips if chip.key == key), "")
        self.chips = [chip for chip in self.chips if chip.key != key]
        self.said = f"{gone} is removed." if gone else ""

    def _mark(self, absent: Set[int | str]) -> None:
        """Show which of the chips are not on WhatsApp."""
        now = [replace(chip, absent=_address(chip) in absent) for chip in self.chips]
        if now != self.chips:
            self.chips = now

    def _take(self, typed: str, country: str = "") -> bool:
        """Add the numbers typed; False if some are none, which are left with the reasons shown."""
        refused: dict[str, str] = {}
        for piece in typed_numbers.split_numbers(typed):
            try:
                chip = _numbered(typed_numbers.read_typed(piece, country))
            except InputError as refusal:
                refused[piece] = error_sentence(refusal)
                continue
            self._add(chip)
            if self.error:  # there are too many
                refused[piece] = self.error
        self._typed, self.error = ", ".join(refused), _told(refused)
        return not refused

    def _add(self, chip: Chip) -> None:
        self.offered, self.error, self._typed = [], "", ""
        self.taken += 1
        if any(chip.key == there.key for there in self.chips):
            return
        if len(self.chips) >= _CHIPS_MAX:
            self.error = f"{_CHIPS_MAX} are chosen already. Put them into a list, and choose that."
            return
        self.chips = [*self.chips, chip]
        self.said = f"{chip.name} is added."

    def _emptied(self) -> list[EventSpec]:
        return [rx.set_value(self._field, ""), focus_on(self._field)]


class RecipientsState(Chosen, rx.State):
    """The "To" field."""

    @rx.var
    def has_lists(self) -> bool:
        """True if there is a list to leave somebody out of."""
        return any(chip.kind == _LIST for chip in self.chips)


class LeftOutState(Chosen, rx.State):
    """The "But not" field, which lists have."""

    _field: ClassVar[str] = "but"
    _takes_numbers: ClassVar[bool] = False


def chosen_chips(to: RecipientsState, out: LeftOutState, country: str = "") -> AudienceRequest:
    """What both fields say, with what was typed but not yet added; InputError if it is none.

    `country` is an ISO 3166 code that completes a number typed without one.
    """
    typed = to._typed.strip()
    if typed and _is_name(typed, to.offered):
        raise InputError("to", _nobody(typed, to.offered, takes_numbers=True))
    if typed and not to._take(typed, country):
        raise InputError("to", to.error)
    found = look_up_chips(to.chips, out.chips)
    if not found.to and not found.lists:
        raise InputError("to", "Say whom it goes to.")
    return found


def look_up_chips(chips: list[Chip], out: list[Chip]) -> AudienceRequest:
    """What the chips say."""
    return AudienceRequest(
        tuple(_address(chip) for chip in chips if chip.kind != _LIST),
        tuple(_list_id(chip) for chip in chips if chip.kind == _LIST),
        tuple(_list_id(chip) for chip in out if chip.kind == _LIST),
        tuple(read_id(chip.key) for chip in out if chip.kind != _LIST and read_id(chip.key)),
        {chip.key: chip.name[:NAME_MAX] for chip in chips if _is_contact(chip)},
    )


def chips_of(
    session: Session, user: Caller, request: ScheduleRequest
) -> tuple[list[Chip], list[Chip]]:
    """The chips of a schedule: whom it goes to, and whom it leaves out."""
    out = AudienceRequest(request.but_not_people, request.but_not)
    return chips_to(session, user, AudienceRequest(request.to, request.lists)), chips_to(
        session, user, out
    )


def chips_to(session: Session, user: Caller, wanted: AudienceRequest) -> list[Chip]:
    """A chip for each list and each recipient that the user may see."""
    ids = [one for one in wanted.to if isinstance(one, int)]
    return [
        *(_list(card) for card in lists.list_cards(session, user, wanted.lists)),
        *(_chip(hit) for hit in recipients.those_recipients(session, user, ids)),
    ]


def newest_recipients(session: Session, user: Caller) -> list[Chip]:
    """Who is offered before anything is typed."""
    return _offers(session, user, "")[:_RECENT]


def _offers(session: Session, user: Caller, typed: str) -> list[Chip]:
    found = [_list(card) for card in lists.suggest_lists(session, user, typed)]
    found += [_chip(hit) for hit in recipients.suggest_recipients(session, user, typed)]
    if typed.strip() and len(found) < recipients.HITS:
        known = recipients.suggest_contacts(session, user, typed)
        found += [_contact(one) for one in known[: recipients.HITS - len(found)]]
    return found


def _meant(offered: list[Chip], typed: str) -> Chip | None:
    """Who is meant by a name: the only one who matches, or the only one who is called so."""
    called = [chip for chip in offered if chip.name.casefold() == typed.casefold()]
    return next((some[0] for some in (offered, called) if len(some) == 1), None)


def _is_name(typed: str, offered: list[Chip]) -> bool:
    """True if no number is meant: "person 2" while somebody is called so, or no digit at all."""
    has_letters, has_digits = any(map(str.isalpha, typed)), any(map(str.isdigit, typed))
    return not has_digits or (has_letters and bool(offered))


def _counted(offered: list[Chip]) -> str:
    if not offered:
        return "No suggestions."
    return (
        f"{count_words(len(offered), 'suggestion', 'suggestions')}. Go through them by arrow keys."
    )


def _nobody(typed: str, offered: list[Chip], takes_numbers: bool) -> str:
    if offered:
        return f'Several match "{typed}". Choose one of them below.'
    if takes_numbers:
        return f'Nobody is called "{typed}". Write a number, as in +49 151 0000 0012.'
    return f'"{typed}" is nobody you have. Write another name.'


def _told(refused: Mapping[str, str]) -> str:
    """Why pieces of what was typed are no numbers: the first few reasons, and the other pieces."""
    reasons = list(dict.fromkeys(refused.values()))
    said, rest = reasons[:_REASONS], list(refused)[_REASONS:]
    if len(reasons) > _REASONS:
        named = wording.join_words([f'"{one[:20]}"' for one in rest[:_NAMED]])
        more = f" and {len(rest) - _NAMED:,} more" if len(rest) > _NAMED else ""
        said.append(f"Nor can {named}{more} be read.")
    return " ".join(said)


def _numbered(typed: TypedNumber) -> Chip:
    name = phones.pretty_number(typed.number)
    return Chip(typed.number, "person", name, "", left_out=typed.left_out)


def _address(chip: Chip) -> int | str:
    """The id of a recipient, the number of somebody who is none yet, the key of a list."""
    return read_id(chip.key) or chip.key


def _is_contact(chip: Chip) -> bool:
    """True if the number has a name already, by which the linked phone knows it."""
    return chip.key.startswith("+") and chip.name != phones.pretty_number(chip.key)


def _list_id(chip: Chip) -> int:
    return read_id(chip.key.removeprefix(f"{_LIST}-"))


def _chip(hit: RecipientHit) -> Chip:
    return Chip(str(hit.id), hit.kind, hit.name, hit.detail, hit.opted_out)


def _contact(one: ContactHit) -> Chip:
    return Chip(one.phone, "person", one.name, f"{phones.pretty_number(one.phone)} · on your phone")


def _list(card: ListCard) -> Chip:
    detail = count_words(card.members, "recipient", "recipients")
    return Chip(f"{_LIST}-{card.id}", _LIST, card.name, detail)
