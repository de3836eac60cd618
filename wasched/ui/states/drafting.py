"""The draft on the compose page: taken up, filled from a schedule, kept, and read."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace

import reflex as rx
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.content import Content
from wasched.domain.errors import DraftError, NotYoursError
from wasched.services import accounts, media, schedules, templates
from wasched.services.drafting import Draft, To
from wasched.services.timing import When
from wasched.services.views import SignedIn
from wasched.ui import composing, drafts, routes, stories, when, when_again
from wasched.ui.drafts import Chip, Kept, Options
from wasched.ui.rows import AccountLine, account_line
from wasched.ui.states import editing, recipients
from wasched.ui.states.editing import EditState
from wasched.ui.states.recipients import LeftOutState, RecipientsState
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.states.when import WhenState
from wasched.ui.when import Fields

_OPTIONS = {one.name for one in fields(Options)}


class DraftState(rx.State):
    """What is typed and chosen; this browser keeps it until it is scheduled."""

    accounts: list[AccountLine] = []
    options: Options = Options()
    text: str = ""
    kept: str = rx.LocalStorage("", name="wasched-draft")
    beside: str = ""  # what goes with the text
    refused: str = ""  # why a file cannot
    _contents: tuple[Content, ...] = ()
    _is_kept: bool = True
    _discarded: str = ""
    _template_id: int = 0

    @rx.event
    def choose(self, name: str, value: str) -> None:
        """Take an option."""
        if name in _OPTIONS:
            self.options = replace(self.options, **{name: value[:20]})

    @rx.event
    def write(self, text: str) -> None:
        """Take the text."""
        self.text = text

    @rx.event
    async def attach(self, media_id: str) -> None:
        """Let a file that was uploaded go out, with the text under it."""
        user = await signed_in(self)
        try:
            file = await ask(lambda s, now: _file(s, user, composing.number(media_id)))
        except DraftError as refusal:
            self.refused = str(refusal)
            return
        _carry(self, (file,))

    @rx.event
    def refuse(self, sentence: str) -> None:
        """Say why a file was not taken."""
        self.refused = sentence

    @rx.event
    def detach(self) -> None:
        """Let the text go out alone."""
        _carry(self, ())

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
    at._begin(kept.at, user.zone)
    state.options = _with_account(state, kept.options)
    _carry(state, kept.contents)
    state.text = kept.text


async def keep(state: DraftState, user: SignedIn) -> None:
    """Let the browser keep the draft; a schedule that is edited stays as it is till saved."""
    if state._is_kept:
        to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
        at = await state.get_state(WhenState)
        chips, left_out = tuple(to.chips), tuple(out.chips)
        kept = Kept(user.id, chips, at.at, state.options, left_out, state.text, state._contents)
        state.kept = drafts.dump(kept)


async def used(state: DraftState, user: SignedIn) -> None:
    """Note that a message was made of a template, if it was."""
    template_id, state._template_id = state._template_id, 0
    if template_id:
        with suppress(NotYoursError):  # the message is scheduled, whatever became of the template
            await do(lambda s, now: templates.note_use(s, user, template_id, now))


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
        state.kept = ""
        await take_up(state, user)


async def read(state: DraftState) -> Draft:
    """What the page asks for; DraftError names the field to mend."""
    to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
    chosen = recipients.chosen(to, out)
    return (await glance(state, chosen)).at(await _time(state))


async def look(state: DraftState, zone: str) -> tuple[Draft, str, str]:
    """The draft as far as it goes, who alone gets it, and what is wrong with its time."""
    chips = (await state.get_state(RecipientsState)).chips
    chosen = recipients.look(chips, (await state.get_state(LeftOutState)).chips)
    draft = replace(await glance(state, chosen), zone=zone)
    who = chips[0].name if len(chips) == 1 else ""
    try:
        return draft.at(await _time(state)), who, ""
    except DraftError as refusal:
        return draft, who, str(refusal)


async def glance(state: DraftState, chosen: To) -> Draft:
    """The draft but for its time."""
    said = composing.with_words(state._contents, state.text.strip())
    return composing.drafted(state.options, chosen, said)


async def _time(state: DraftState) -> When:
    at = (await state.get_state(WhenState)).at
    return editing.read(await state.get_state(EditState), at, bootstrap.clock().now())


async def _begin_with(state: DraftState, user: SignedIn, template_id: int) -> None:
    state._template_id = template_id
    if template_id:
        row = await ask(lambda s, now: templates.fetch(s, user, template_id))
        state.text = row.text


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
    at._begin(fields_, user.zone)
    state.options = _with_account(state, composing.options_of(draft))
    _carry(state, draft.contents)
    state.text = composing.words_of(draft.contents)


async def _address(state: DraftState, chips: list[Chip], left_out: list[Chip]) -> None:
    to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
    to.reset()
    out.reset()
    to.chips, out.chips = chips, left_out


def _file(session: Session, user: SignedIn, media_id: int) -> Content:
    card = media.card(session, user, media_id)
    return media.content(session, user, media_id, card.kind)


def _carry(state: DraftState, carried: tuple[Content, ...]) -> None:
    """Let contents go with the text, in place of those that did."""
    state._contents, state.refused = carried, ""
    state.beside = composing.goes_with(carried) if carried else ""


def _with_account(state: DraftState, options: Options) -> Options:
    """The options with an account that is there, the first one if need be."""
    there = [one.id for one in state.accounts]
    if options.account in there or not there:
        return options
    return replace(options, account=there[0])
