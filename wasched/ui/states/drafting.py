"""The draft on the compose page: taken up, filled from a schedule, kept, and read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import reflex as rx

from wasched import bootstrap
from wasched.domain.content import Content
from wasched.domain.errors import DraftError
from wasched.services import accounts, schedules, templates
from wasched.services.drafting import Draft, To
from wasched.services.timing import When
from wasched.services.views import SignedIn
from wasched.ui import composing, drafts, routes, stories, times, when, when_again
from wasched.ui.drafts import Chip, Kept, Options
from wasched.ui.rows import AccountLine, account_line
from wasched.ui.states import editing, recipients, saying
from wasched.ui.states.content import ContentState
from wasched.ui.states.editing import EditState
from wasched.ui.states.recipients import LeftOutState, RecipientsState
from wasched.ui.states.session import ask
from wasched.ui.states.when import WhenState
from wasched.ui.when import Fields

_OPTIONS = {one.name for one in fields(Options)}


class DraftState(rx.State):
    """What is typed and chosen; this browser keeps it until it is scheduled."""

    accounts: list[AccountLine] = []
    options: Options = Options()
    kept: str = rx.LocalStorage("", name="wasched-draft")
    kept_at: str = ""  # the time of day, once something was kept on this page
    _is_kept: bool = True
    _discarded: str = ""

    @rx.event
    def choose(self, name: str, value: str) -> None:
        """Take an option."""
        if name in _OPTIONS:
            self.options = replace(self.options, **{name: value[:20]})

    @property
    def is_blank(self) -> bool:
        """True for a new message of which nothing was typed yet."""
        return self._is_kept and not self.kept

    @rx.var
    def other_late(self) -> str:
        """Words for a lateness that is none of the usual ones."""
        usual = {str(seconds) for seconds, _ in when.LATE_CHOICES}
        late = self.options.late
        return "" if late in usual else stories.late(composing.number(late))


async def begin(state: DraftState, user: SignedIn, given: Mapping[str, str]) -> None:
    """Fill the page with what the address names, else with what this browser keeps."""
    cards = await ask(lambda session, now: accounts.listed(session, user, now))
    state.accounts = [account_line(card) for card in cards]
    edit = await state.get_state(EditState)
    edit.reset()
    schedule_id = routes.number_in(given.get("schedule", ""))
    state._is_kept = not schedule_id
    await saying.begin(await state.get_state(ContentState), user)
    if not schedule_id:
        await take_up(state, user)
        await _begin_with(state, user, routes.number_in(given.get("template", "")))
        await _write_to(state, user, given)
    elif given.get("copy"):
        draft = await ask(lambda s, now: schedules.duplicate_of(s, user, schedule_id, now))
        await _fill(state, user, draft, when_again.fields_of(draft.when))
    else:
        draft, at = await editing.begin(edit, user, schedule_id, given.get("at", ""))
        await _fill(state, user, draft, at)


async def take_up(state: DraftState, user: SignedIn) -> None:
    """Show the draft that this browser keeps for the user, or an empty one."""
    kept = drafts.load(state.kept, user.id)
    if kept is None:
        state.kept = ""
        kept = Kept(user.id, (), Fields(zone=user.zone), Options())
    await _address(state, list(kept.chips), list(kept.out))
    at = await state.get_state(WhenState)
    at._begin(kept.at)
    state.options = _with_account(state, kept.options)
    await saying.show(await state.get_state(ContentState), user, kept.written)


async def keep(state: DraftState, user: SignedIn) -> None:
    """Let the browser keep the draft; a schedule that is edited stays as it is till saved."""
    if state._is_kept:
        to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
        at = await state.get_state(WhenState)
        chips, left_out = tuple(to.chips), tuple(out.chips)
        written = (await state.get_state(ContentState)).written
        kept = Kept(user.id, chips, at.at, state.options, left_out, written)
        dumped = drafts.dump(kept)
        fits = drafts.fits(dumped)
        state.kept = dumped if fits else state.kept
        state.kept_at = times.clock(bootstrap.clock().now(), user.zone) if fits else ""


async def discard(state: DraftState, user: SignedIn) -> None:
    """Put the draft away, for `bring_back`."""
    state._discarded = state.kept
    await empty(state, user)


async def bring_back(state: DraftState, user: SignedIn) -> None:
    """Take up again what was put away."""
    state.kept = state._discarded
    await take_up(state, user)


async def empty(state: DraftState, user: SignedIn) -> None:
    """Forget the draft; nothing is forgotten of it after a schedule was edited."""
    if state._is_kept:
        state.kept = state.kept_at = ""
        await take_up(state, user)


@dataclass(frozen=True)
class Look:
    """The draft as far as it goes, a draft for each message, and what is wrong with two parts.

    `who` is the name of a single recipient or list.
    """

    drafts: list[Draft]
    who: str
    wrong_time: str = ""
    wrong_words: str = ""


async def read(state: DraftState, user: SignedIn) -> list[Draft]:
    """What the page asks for, a draft for each message; DraftError names the field to mend."""
    to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
    account = routes.number_in(state.options.account)
    country = await ask(lambda session, now: accounts.country(session, user, account))
    chosen, at = recipients.chosen(to, out, country), await _time(state)
    says = await saying.messages(await state.get_state(ContentState), waits=True)
    return [composing.drafted(state.options, chosen, one).at(at) for one in says]


async def look(state: DraftState, zone: str) -> Look:
    """The draft as it stands, whole or not."""
    chips = (await state.get_state(RecipientsState)).chips
    chosen = recipients.look(chips, (await state.get_state(LeftOutState)).chips)
    who = chips[0].name if len(chips) == 1 else ""
    wrong_words = wrong_time = ""
    says: list[tuple[Content, ...]] = [()]
    try:
        says = await saying.messages(await state.get_state(ContentState))
    except DraftError as refusal:
        wrong_words = str(refusal)
    found = [replace(composing.drafted(state.options, chosen, one), zone=zone) for one in says]
    try:
        at = await _time(state)
        found = [one.at(at) for one in found]
    except DraftError as refusal:
        wrong_time = str(refusal)
    return Look(found, who, wrong_time, wrong_words)


async def _time(state: DraftState) -> When:
    at, read_at = (await state.get_state(WhenState))._means()
    return editing.read(await state.get_state(EditState), at, read_at)


async def _begin_with(state: DraftState, user: SignedIn, template_id: int) -> None:
    if template_id:
        row = await ask(lambda s, now: templates.fetch(s, user, template_id))
        (await state.get_state(ContentState))._take_words(row.text, row.id)


async def _write_to(state: DraftState, user: SignedIn, given: Mapping[str, str]) -> None:
    """Add whoever the address names as a recipient."""
    one, listed = (routes.number_in(given.get(name, "")) for name in ("to", "list"))
    if not one and not listed:
        return
    wanted = To((one,) if one else (), (listed,) if listed else ())
    new = await ask(lambda s, now: recipients.chips_to(s, user, wanted))
    to = await state.get_state(RecipientsState)
    there = {chip.key for chip in to.chips}
    to.chips = [*to.chips, *(chip for chip in new if chip.key not in there)]


async def _fill(state: DraftState, user: SignedIn, draft: Draft, fields_: Fields) -> None:
    """Show what a schedule says."""
    chips, out = await ask(lambda s, now: recipients.chips_of(s, user, draft))
    await _address(state, chips, out)
    at = await state.get_state(WhenState)
    at._begin(fields_)
    state.options = _with_account(state, composing.options_of(draft))
    await saying.show_contents(await state.get_state(ContentState), user, draft.contents)


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
