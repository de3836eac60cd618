"""Import: a file is chosen, read, looked at, saved, and undone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import reflex as rx
from reflex.event import EventSpec
from reflex_components_sonner.toast import ToastAction
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.media_work import ask_store
from wasched.domain.errors import InputError, NotFoundError, RoleError
from wasched.domain.typed import read_id, read_number
from wasched.services.address_book import lists
from wasched.services.address_book.imports import (
    corrections,
    import_queue,
    pending_imports,
    save_import,
)
from wasched.services.address_book.imports.import_queue import UnreadImport
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.address_book.imports.pending_imports import ImportCard
from wasched.services.caller import Caller
from wasched.services.change_notes import IMPORTS
from wasched.services.permissions import Action, may
from wasched.services.phone_numbers.phones import calling_countries
from wasched.services.server import health
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice, count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.accepted_events import SENTENCE_MAX
from wasched.ui.live.subscriptions import Handler
from wasched.ui.recipients import import_text
from wasched.ui.recipients.import_text import ImportPage, ReadingLine, RowLine

NEW_LIST = "new"
_KEY_MAX = 100
_SHEET_MAX = 255
_NONE = Choice("", "No country")


class ImportState(rx.State):
    """The import that waits, or the last one."""

    is_loaded: bool = False
    page: ImportPage = ImportPage()
    rows: list[RowLine] = []
    verdict: str = ""
    has_more: bool = False
    lists: list[Choice] = []
    into: str = ""
    last: str = ""
    reading: ReadingLine = ReadingLine()
    refused: str = ""
    error: str = ""
    mended_at: int = -1  # the position of the row whose number was refused
    mend_error: str = ""
    _token: str = ""
    _last_id: int = 0
    _after: int = -1
    _mapping: list[str] = []
    _country: str | None = None

    @rx.var
    def countries(self) -> list[Choice]:
        """Where numbers may be from that are written without their country."""
        return _country_choices()

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Show the import that waits, if there is one; who only looks is led back."""
        user = await signed_in(self)
        if not may(user, Action.WRITE):
            return [toasts.toast_told(str(RoleError())), rx.redirect(routes.RECIPIENTS)]
        subscriptions.follow_topics(self, user, (IMPORTS,), ImportState.refresh)
        self.refused = self.error = self.verdict = self.into = ""
        self.page = ImportPage()  # so that all of it is shown anew
        await self._show(user)
        return []

    @rx.event
    async def refresh(self) -> None:
        """Show how far a file is, and what came of it."""
        await self._show(await signed_in(self))

    @rx.event
    async def take(self, token: str) -> None:
        """Have a file read that was just uploaded."""
        await self._request(ImportRequest(token[:_KEY_MAX]))

    @rx.event
    async def refuse(self, sentence: str) -> None:
        """Say why a file was not taken."""
        await signed_in(self)
        self.refused = sentence[:SENTENCE_MAX]

    @rx.event
    async def use(self, column: int, use: str) -> None:
        """Make something else of a column, and have the rows judged anew."""
        if not 0 <= column < len(self.page.columns):
            return
        uses = [one.use for one in self.page.columns]
        # What another column was is this one's now; the other is kept as a field.
        uses = ["field" if one == use and use else one for one in uses]
        uses[column] = use[:_KEY_MAX]
        self._mapping = uses
        await self._ask_anew(tuple(uses))

    @rx.event
    async def turn_to(self, sheet: str) -> None:
        """Read another sheet of the workbook, whose columns are guessed anew."""
        await self._request(ImportRequest(self._token, (), self._country, sheet[:_SHEET_MAX]))

    @rx.event
    async def be_from(self, country: str) -> None:
        """Complete numbers with another country, and have the rows judged anew."""
        self._country = country[:2]
        await self._ask_anew(tuple(self._mapping))

    @rx.event
    async def stop(self) -> None:
        """Put the file aside that is being read, or could not be."""
        user = await signed_in(self)
        await do_in_database(lambda s, now: import_queue.drop_unread(s, user, now))
        self.page = ImportPage()  # what was chosen for its columns is as it was
        await self._show(user)

    @rx.event
    async def mend(self, form: dict[str, str]) -> EventSpec | None:
        """Give a wrong row the number that was typed."""
        user, import_id = await signed_in(self), self.page.id
        position, typed = read_number(form.get("position", "")), form.get("number", "")
        if position is None:
            return None
        self.mended_at, self.mend_error = position, ""
        try:
            await do_in_database(
                lambda s, now: corrections.mend_row(s, user, import_id, position, typed)
            )
        except InputError as refusal:
            self.mend_error = error_sentence(refusal)
            return focus_on(f"row-{position}")
        await self._show(user)
        self.mended_at = -1
        wrong = [one.position for one in self.rows if one.is_mended]
        following = next((one for one in wrong if one > position), wrong[0] if wrong else None)
        return focus_on("into" if following is None else f"row-{following}")

    @rx.event
    async def show(self, verdict: str) -> None:
        """Show the rows of one verdict."""
        self.verdict = verdict[:_KEY_MAX]
        await self._rows(await signed_in(self), anew=True)

    @rx.event
    async def show_more(self) -> None:
        """Show the next rows too."""
        await self._rows(await signed_in(self), anew=False)

    @rx.event
    async def choose_list(self, into: str) -> None:
        """Put everybody into a list, a new one maybe."""
        await signed_in(self)
        self.into, self.error = into[:20], ""

    @rx.event
    async def save(self, form: dict[str, str]) -> list[Handler] | EventSpec:
        """Save all of it."""
        user, import_id = await signed_in(self), self.page.id
        into, name = self.into, form.get("list-name", "")
        if not import_id:
            return []

        def saved(session: Session, now: datetime) -> int:
            list_id = read_id(into) or None
            if into == NEW_LIST:
                list_id = lists.add_list(session, user, name, now)
            return save_import.save_people(session, user, import_id, list_id, now)

        try:
            number = await do_in_database(saved)
        except InputError as refusal:
            self.error = error_sentence(refusal)
            if refusal.field != "import":
                return focus_on("list-name")
            await self._ask_anew(tuple(self._mapping))
            return []
        await self._forget(user)
        self._last_id = import_id
        said = f"{count_words(number, 'person', 'people')} imported."
        take_back = ToastAction(label="Undo", on_click=ImportState.take_back)
        return [rx.redirect(routes.RECIPIENTS), toasts.toast_told(said, take_back)]

    @rx.event
    async def put_away(self) -> EventSpec:
        """Forget the import; nobody was changed."""
        user, import_id = await signed_in(self), self.page.id

        def put_away(session: Session, now: datetime) -> None:
            import_queue.drop_unread(session, user, now)
            pending_imports.put_away(session, user, import_id, now)

        await do_in_database(put_away)
        await self._forget(user)
        await self._show(user)
        return toasts.toast_told("The file is put away. Nobody was changed.")

    @rx.event
    async def take_back(self) -> EventSpec:
        """Take the last import back."""
        user, import_id = await signed_in(self), self._last_id
        if not import_id:
            return toasts.toast_told(toasts.NOTHING_LEFT)
        result = await do_in_database(
            lambda s, now: save_import.undo_import(s, user, import_id, now)
        )
        await self._show(user)
        return toasts.toast_told(import_text.undone_sentence(result))

    async def _ask_anew(self, mapping: tuple[str, ...]) -> None:
        """Have the same sheet read with other columns."""
        await self._request(ImportRequest(self._token, mapping, self._country, self.page.sheet))

    async def _request(self, wished: ImportRequest) -> None:
        """Have a file read as it is wished, in the place of any other that is being read."""
        user = await signed_in(self)
        self.refused = ""
        try:
            await do_in_database(lambda s, now: import_queue.request_import(s, user, wished, now))
        except NotFoundError:
            self.refused = import_text.GONE
        await self._show(user)

    async def _show(self, user: Caller) -> None:
        found = await ask_database(lambda s, now: _standing(s, user, now))
        self.reading = import_text.reading_line(found.unread, found.is_worker_silent)
        self.refused = import_text.refusal_sentence(found.unread) or self.refused
        self.last, card = found.last, found.waiting
        self._last_id = found.last_id
        before, self.page = self.page, import_text.import_view(card) if card else ImportPage()
        if card and self.page != before:
            self._token, self._mapping, self._country = card.token, list(card.uses), card.country
            own = await ask_database(lambda s, now: lists.all_lists(s, user))
            self.lists = [Choice(str(one.id), one.name) for one in own]
            if self.verdict and self.verdict not in [one.key for one in self.page.tabs]:
                self.verdict = ""
            await self._rows(user, anew=True)
        self.is_loaded = True

    async def _rows(self, user: Caller, *, anew: bool) -> None:
        import_id, verdict = self.page.id, self.verdict
        after = -1 if anew else self._after
        found = await ask_database(
            lambda s, now: pending_imports.import_rows(s, user, import_id, verdict, after)
        )
        shown = [import_text.import_line(one) for one in found]
        self.rows = shown if anew else [*self.rows, *shown]
        self._after = found[-1].position if found else after
        self.has_more = len(found) == pending_imports.PAGE

    async def _forget(self, user: Caller) -> None:
        """Remove the file, which is not needed any more."""
        token, self._token = self._token, ""
        try:
            await ask_store(lambda: bootstrap.give_up_upload(user, token))
        except NotFoundError:
            return  # it was cleaned up already


@cache
def _country_choices() -> list[Choice]:
    # One list for all tabs: each would hold 23 KB of its own, whatever its page.
    return [_NONE, *(Choice(code, name) for code, name in calling_countries())]


@dataclass(frozen=True)
class _Standing:
    """The file that is being read, the import that waits to be saved, or the last that was."""

    unread: UnreadImport | None
    is_worker_silent: bool
    waiting: ImportCard | None
    last_id: int
    last: str


def _standing(session: Session, user: Caller, now: datetime) -> _Standing:
    card = pending_imports.latest_import(session, user)
    saved = card if card and card.state == "saved" else None
    return _Standing(
        import_queue.unread_import(session, user),
        health.is_worker_silent(session, now),
        None if saved else card,
        saved.id if saved else 0,
        import_text.last_import(saved, user.zone, now) if saved else "",
    )
