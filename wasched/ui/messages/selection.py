"""Choosing sends in the list, and doing one thing with all that were chosen."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.errors import InputError
from wasched.domain.message import MessageChoice
from wasched.services.caller import Caller
from wasched.services.messages import bulk, filters
from wasched.services.messages.batch_ids import LONGEST, read_batch_ids
from wasched.services.messages.bulk import BulkResult
from wasched.services.messages.filters import Filters
from wasched.services.schedules import landing
from wasched.text.refusals import error_sentence
from wasched.ui.core import date_fields, rows, times, toasts
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.messages.state import MessagesState

_CHOSEN_MAX = 500

_DONE = {"cancel": "Cancelled", "dismiss": "Dismissed", "send_again": "Going out again"}
_GOES = ("send_again", "move")
"""What promises that something goes out."""


class ChoosingState(rx.State):
    """The sends with a tick."""

    kept: str = rx.SessionStorage("", name="wasched-chosen")  # whose choice, of which list, keys
    day: str = ""
    clock: str = ""
    error: str = ""

    @rx.var
    def keys(self) -> list[str]:
        """What is chosen; the tab says it again after the server has started anew."""
        return self.kept.split()[2:]

    @rx.var
    def of(self) -> str:
        """The list that it is chosen from, as MessagesState.query says it."""
        return "".join(self.kept.split()[1:2])

    @rx.event
    async def toggle(self, key: str) -> None:
        """Choose a send, or choose it no longer."""
        user = await signed_in(self)
        chosen = await self._chosen(user)
        others = [one for one in chosen if one != key]
        if key not in chosen and len(chosen) >= _CHOSEN_MAX:
            self.error = f"{_CHOSEN_MAX} are chosen already. Do something with them first."
            return
        await self._choose(user, others if key in chosen else [*chosen, key[:LONGEST]])
        self.error = ""

    @rx.event
    async def choose_all(self) -> None:
        """Choose every send of this page; when all are chosen, none."""
        user = await signed_in(self)
        shown = await self.get_state(MessagesState)
        every = [line.key for day in shown.days for line in day.lines]
        await self._choose(user, [] if set(every) <= set(await self._chosen(user)) else every)

    @rx.event
    def clear(self) -> None:
        """Choose none."""
        self.kept, self.error = "", ""

    @rx.event
    async def decide(self, choice: str) -> EventSpec:
        """Cancel, dismiss or send again whatever is chosen."""
        user = await signed_in(self)
        return await self._decide(user, await self._chosen(user), choice)

    @rx.event
    async def decide_one(self, choice: str, key: str) -> EventSpec:
        """Cancel, dismiss or send again one send, whatever else is chosen."""
        user = await signed_in(self)
        others = [one for one in await self._chosen(user) if one != key]
        told = await self._decide(user, [key], choice)
        await self._choose(user, others)
        return told

    @rx.event
    async def move(self, form: dict[str, str]) -> EventSpec | None:
        """Let the first of the chosen go out at another time, and the others as long after."""
        user = await signed_in(self)
        try:
            day, clock = date_fields.read_date(form.get("day", ""), form.get("clock", ""))
            target = date_fields.instant_of(day, clock, user.zone, bootstrap.clock().now())
            chosen = await self._chosen(user)
            by = target - min(at for _, at in read_batch_ids(chosen))
            ids = await self._ids(user, chosen)
            deed = await do_in_database(
                lambda session, now: bulk.move_messages(session, user, ids, by, now)
            )
        except (InputError, ValueError) as refusal:
            self.error = (
                error_sentence(refusal) if isinstance(refusal, InputError) else "Choose a message."
            )
            return None
        moved = times.when_words(target, user.zone, bootstrap.clock().now())
        gone = await self._say_gone(user, chosen, deed)
        return await self._after(user, deed, "move", f"Moved to {moved}", gone)

    async def _chosen(self, user: Caller) -> list[str]:
        """What this person has chosen from the list that is open."""
        return self.keys if self.kept.split()[:2] == await self._place(user) else []

    async def _choose(self, user: Caller, keys: list[str]) -> None:
        self.kept = " ".join([*await self._place(user), *keys])

    async def _place(self, user: Caller) -> list[str]:
        return [str(user.id), (await self.get_state(MessagesState)).query]

    async def _decide(self, user: Caller, chosen: list[str], choice: str) -> EventSpec:
        ids = await self._ids(user, chosen)
        deed = await do_in_database(
            lambda session, now: bulk.decide_messages(session, user, ids, choice, now)
        )
        catches = choice == MessageChoice.CANCEL
        gone = await self._say_gone(user, chosen, deed) if catches else ""
        return await self._after(user, deed, choice, _DONE.get(choice, "Done"), gone)

    async def _ids(self, user: Caller, chosen: list[str]) -> list[int]:
        """The messages of some sends that the list's own filter shows."""
        wanted, keys = await self._wanted(user), read_batch_ids(chosen)
        return await ask_database(lambda session, now: bulk.ids_of(session, user, keys, wanted))

    async def _wanted(self, user: Caller) -> Filters:
        shown = await self.get_state(MessagesState)
        return filters.read_filters({**shown.given, "at": ""}, user.zone)

    async def _say_gone(self, user: Caller, chosen: list[str], deed: BulkResult) -> str:
        """What of the chosen had gone before it was caught."""
        wanted, keys = await self._wanted(user), read_batch_ids(chosen)
        return await ask_database(lambda s, now: bulk.say_gone(s, user, keys, wanted, deed, now))

    async def _after(
        self, user: Caller, deed: BulkResult, choice: str, did: str, gone: str
    ) -> EventSpec:
        self.clear()
        await (await self.get_state(MessagesState))._show(user)
        said = f"{did}: {rows.count_words(len(deed.done), 'message', 'messages')}."
        if choice in _GOES:
            is_now, done = choice == "send_again", said
            said = await ask_database(
                lambda s, now: landing.say_what_holds(
                    s, deed.accounts, done, deed.held, is_now=is_now, is_paused=deed.is_paused
                )
            )
        return await toasts.tell_toast(self, deed, said, gone)
