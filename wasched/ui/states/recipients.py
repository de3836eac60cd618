"""Whom a new message goes to: chips, and what is offered while typing."""

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched.domain.errors import DraftError
from wasched.services import phones, recipients
from wasched.services.views import RecipientHit, SignedIn
from wasched.ui.drafts import Chip
from wasched.ui.states.session import ask, signed_in

_RECENT = 5


class RecipientsState(rx.State):
    """The "To" field."""

    chips: list[Chip] = []
    offered: list[Chip] = []
    error: str = ""
    _typed: str = ""

    @rx.event
    async def suggest(self, typed: str) -> None:
        """Offer people and groups that match what is typed; the newest while nothing is."""
        user = await signed_in(self)
        self._typed, self.error = typed, ""
        hits = await ask(lambda session, now: recipients.suggest(session, user, typed))
        chosen = {chip.key for chip in self.chips}
        offered = [chip for chip in map(_chip, hits) if chip.key not in chosen]
        self.offered = offered if typed.strip() else [] if self.chips else offered[:_RECENT]

    @rx.event
    async def choose(self, key: str) -> list[EventSpec]:
        """Add one that was offered."""
        await signed_in(self)
        found = next((chip for chip in self.offered if chip.key == key), None)
        if found is not None:
            self._add(found)
        return _emptied()

    @rx.event
    async def enter(self, form: dict[str, str]) -> list[EventSpec]:
        """Add what was typed: a number, or the only one that is offered."""
        await signed_in(self)
        typed = form.get("to", "").strip()
        if len(self.offered) == 1 and self._typed.strip() == typed:
            self._add(self.offered[0])
            return _emptied()
        return _emptied() if not typed or self._take(typed) else []

    @rx.event
    def remove(self, key: str) -> None:
        """Take one away again."""
        self.chips = [chip for chip in self.chips if chip.key != key]

    def _take(self, typed: str) -> bool:
        """Add a typed number; False, with the reason shown, if it is none."""
        try:
            number = phones.read(typed)
        except DraftError as refusal:
            self.error = str(refusal)
            return False
        self._add(Chip(number, "person", phones.pretty(number), ""))
        return True

    def _add(self, chip: Chip) -> None:
        if all(chip.key != there.key for there in self.chips):
            self.chips = [*self.chips, chip]
        self.offered, self.error, self._typed = [], "", ""


def chosen(to: RecipientsState) -> tuple[int | str, ...]:
    """Ids and typed numbers, with what was typed but not yet added; DraftError if it is none."""
    if to._typed.strip() and not to._take(to._typed.strip()):
        raise DraftError("to", to.error)
    return tuple(int(chip.key) if chip.key.isdigit() else chip.key for chip in to.chips)


def chips_of(session: Session, user: SignedIn, ids: list[int]) -> list[Chip]:
    """The chips of recipients that are known by their ids."""
    return [_chip(hit) for hit in recipients.those(session, user, ids)]


def _chip(hit: RecipientHit) -> Chip:
    return Chip(str(hit.id), hit.kind, hit.name, hit.detail, hit.opted_out)


def _emptied() -> list[EventSpec]:
    return [rx.set_value("to", ""), rx.set_focus("to")]
