"""The draft on the compose page: taken up, filled from a schedule, kept, and read."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace

import reflex as rx

from wasched import bootstrap
from wasched.domain.content import Content
from wasched.domain.errors import InputError, NotFoundError
from wasched.services import schedules
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts, templates
from wasched.services.schedules.requests import AudienceRequest, ScheduleRequest
from wasched.services.schedules.timing import When
from wasched.text.refusals import error_sentence
from wasched.ui.compose import (
    draft_text,
    editing_state,
    mapping,
    preview_state,
    recipients_state,
    time_fields,
    time_fields_from_schedule,
)
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.draft_text import BrowserDraft, Chip, Options
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.recipients_state import LeftOutState, RecipientsState
from wasched.ui.compose.time_fields import Fields
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core import routes
from wasched.ui.core.facts import lateness
from wasched.ui.core.rows import AccountLine, account_line
from wasched.ui.core.session import ask_database

TEXT_MAX = 4_096
"""Characters of a nudge."""

_OPTIONS = {one.name for one in fields(Options)}


class DraftState(rx.State):
    """What is typed and chosen; the server keeps it until it is sent, scheduled or thrown away."""

    accounts: list[AccountLine] = []
    options: Options = Options()
    # What an earlier version left in this browser; the server takes it over once.
    left: str = rx.LocalStorage("", name="wasched-draft")
    draft_id: int = 0  # 0 while there is nothing to keep
    kept_at: str = ""  # the time of day, once something was kept on this page
    not_kept: str = ""  # why it is not kept
    version: int = 0
    size: int = 0  # of the words that are kept, in UTF-16 units as browsers count them
    writer: int = 0
    _is_kept: bool = True
    _is_dirty: bool = False
    _discarded: str = ""

    @rx.event
    def choose(self, name: str, value: str) -> None:
        """Take an option."""
        if name in _OPTIONS:
            most = TEXT_MAX if name == "nudge_text" else 20
            self.options = replace(self.options, **{name: value[:most]})

    @property
    def is_blank(self) -> bool:
        """True for a new message of which nothing was typed yet."""
        return self._is_kept and not self.draft_id

    @rx.var
    def name(self) -> str:
        """Whose draft it is, and which of them."""
        return f"{self.writer} {self.draft_id}" if self.writer else ""

    @rx.var
    def other_late(self) -> str:
        """Words for a lateness that is none of the usual ones."""
        usual = {str(seconds) for seconds, _ in time_fields.LATE_CHOICES}
        late = self.options.late
        return "" if late in usual else lateness(mapping.number_of_field(late))


async def begin_draft(state: DraftState, user: Caller, given: Mapping[str, str]) -> bool:
    """Fill the page with what the address names; False if it names a draft that is gone."""
    cards = await ask_database(lambda session, now: accounts.list_accounts(session, user, now))
    now = bootstrap.clock().now()
    state.accounts = [account_line(card, user.zone, now) for card in cards]
    edit = await state.get_state(EditState)
    edit.reset()
    schedule_id = routes.number_in(given.get("schedule", ""))
    draft_id = 0 if schedule_id else routes.number_in(given.get("draft", ""))
    state._is_kept = not schedule_id
    await preview_state.begin_preview(await state.get_state(ContentState), user)
    is_there = await take_up(state, user, draft_id)
    if not schedule_id:
        await _begin_with(state, user, routes.number_in(given.get("template", "")))
        await _write_to(state, user, given)
    elif given.get("copy"):
        request = await ask_database(
            lambda s, now: schedules.duplicate_of(s, user, schedule_id, now)
        )
        await _fill(state, user, request, time_fields_from_schedule.fields_of(request.when))
    else:
        request, at = await editing_state.begin_edit(edit, user, schedule_id, given.get("at", ""))
        await _fill(state, user, request, at)
    return is_there


async def take_up(state: DraftState, user: Caller, draft_id: int = 0) -> bool:
    """Show a draft, or an empty one for 0; False if that draft is gone."""
    kept, version = None, 0
    with suppress(NotFoundError):
        if draft_id:
            row = await ask_database(lambda s, now: kept_drafts.fetch_draft(s, user, draft_id))
            kept, version = draft_text.load_draft(row.body, user.id), row.version
    shown = kept or _blank(user)
    state.writer, state._is_dirty, state.kept_at, state.not_kept = user.id, False, "", ""
    note_draft(state, *((draft_id, version) if kept else (0, 0)), shown)
    await show_draft(state, user, shown)
    return kept is not None or not draft_id


def note_draft(state: DraftState, draft_id: int, version: int, kept: BrowserDraft) -> None:
    """Note what of the draft the server keeps."""
    words = kept.written.wordings[0]
    state.draft_id, state.version = draft_id, version
    state.size = len(words.encode("utf-16-le", "surrogatepass")) // 2


def _blank(user: Caller) -> BrowserDraft:
    return BrowserDraft(user.id, (), Fields(zone=user.zone), Options())


async def show_draft(state: DraftState, user: Caller, kept: BrowserDraft) -> None:
    """Put a draft onto the page."""
    await _address(state, list(kept.chips), list(kept.out))
    at = await state.get_state(WhenState)
    at._begin(kept.at)
    state.options = _with_account(state, kept.options)
    await preview_state.show_preview(await state.get_state(ContentState), user, kept.written)


@dataclass(frozen=True)
class Look:
    """The draft as far as it goes, a request for each message, what is wrong with two parts.

    `who` is the name of a single recipient or list.
    """

    requests: list[ScheduleRequest]
    who: str
    wrong_time: str = ""
    wrong_words: str = ""


async def read_draft(state: DraftState, user: Caller) -> list[ScheduleRequest]:
    """What the page asks for, a request for each message; InputError names the field to mend."""
    to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
    account = routes.number_in(state.options.account)
    country = await ask_database(
        lambda session, now: accounts.account_country(session, user, account)
    )
    chosen, at = recipients_state.chosen_chips(to, out, country), await _time(state)
    says = await preview_state.preview_messages(await state.get_state(ContentState), waits=True)
    return [mapping.request_of(state.options, chosen, one).at(at) for one in says]


async def look_at_draft(state: DraftState, zone: str) -> Look:
    """The draft as it stands, whole or not."""
    chips = (await state.get_state(RecipientsState)).chips
    chosen = recipients_state.look_up_chips(chips, (await state.get_state(LeftOutState)).chips)
    who = chips[0].name if len(chips) == 1 else ""
    wrong_words = wrong_time = ""
    says: list[tuple[Content, ...]] = [()]
    try:
        says = await preview_state.preview_messages(await state.get_state(ContentState))
    except InputError as refusal:
        wrong_words = error_sentence(refusal)
    found = [replace(mapping.request_of(state.options, chosen, one), zone=zone) for one in says]
    try:
        at = await _time(state, tells=True)
        found = [one.at(at) for one in found]
    except InputError as refusal:
        wrong_time = error_sentence(refusal)
    return Look(found, who, wrong_time, wrong_words)


async def _time(state: DraftState, *, tells: bool = False) -> When:
    at, read_at = (await state.get_state(WhenState))._means()
    return editing_state.read_edit(await state.get_state(EditState), at, read_at, tells=tells)


async def _begin_with(state: DraftState, user: Caller, template_id: int) -> None:
    if template_id:
        row = await ask_database(lambda s, now: templates.fetch_template(s, user, template_id))
        (await state.get_state(ContentState))._take_words(row.text, row.id)


async def _write_to(state: DraftState, user: Caller, given: Mapping[str, str]) -> None:
    """Add whoever the address names as a recipient."""
    one, listed = (routes.number_in(given.get(name, "")) for name in ("to", "list"))
    if not one and not listed:
        return
    wanted = AudienceRequest((one,) if one else (), (listed,) if listed else ())
    new = await ask_database(lambda s, now: recipients_state.chips_to(s, user, wanted))
    to = await state.get_state(RecipientsState)
    there = {chip.key for chip in to.chips}
    to.chips = [*to.chips, *(chip for chip in new if chip.key not in there)]
    if account := given.get("account", ""):
        state.options = _with_account(state, replace(state.options, account=account[:20]))


async def _fill(state: DraftState, user: Caller, request: ScheduleRequest, fields_: Fields) -> None:
    """Show what a schedule says."""
    chips, out = await ask_database(lambda s, now: recipients_state.chips_of(s, user, request))
    await _address(state, chips, out)
    at = await state.get_state(WhenState)
    at._begin(fields_)
    state.options = _with_account(state, mapping.options_of(request))
    await preview_state.show_contents(await state.get_state(ContentState), user, request.contents)


async def _address(state: DraftState, chips: list[Chip], left_out: list[Chip]) -> None:
    to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
    to.reset()
    out.reset()
    to.chips, out.chips = chips, left_out


def _with_account(state: DraftState, options: Options) -> Options:
    """The options with an account that is there, the first one if need be."""
    there = [one.id for one in state.accounts]
    if options.account in there or not there:
        return options
    return replace(options, account=there[0])
