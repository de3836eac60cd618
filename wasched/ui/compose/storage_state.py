"""The draft on the compose page, as the server keeps it until it is sent or thrown away."""

from contextlib import suppress

from wasched import bootstrap
from wasched.domain.errors import InputError, NotFoundError
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.text.refusals import error_sentence
from wasched.ui.compose import draft_state, draft_text
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.draft_text import BrowserDraft
from wasched.ui.compose.recipients_state import LeftOutState, RecipientsState
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core import times
from wasched.ui.core.session import do_in_database

_APART = "Another tab has changed this draft too. Both are kept, this one as a draft of its own."


def touch_draft(state: DraftState) -> None:
    """Note that something was changed; a schedule that is edited stays as it is till saved."""
    state._is_dirty = state._is_kept


async def store_draft(state: DraftState, user: Caller) -> str:
    """Keep the draft if it was changed; a sentence where another tab has changed it too."""
    if not state._is_dirty:
        return ""
    state._is_dirty = False
    shown = await _shown(state, user)
    body, known = draft_text.body_of(shown), (state.draft_id, state.version)
    try:
        kept = await do_in_database(
            lambda s, now: kept_drafts.keep_draft(s, user, body, now, *known)
        )
    except InputError as refusal:
        state.kept_at, state.not_kept = "", error_sentence(refusal)
        return ""
    draft_state.note_draft(state, kept.id, kept.version, shown)
    state.not_kept = ""
    state.kept_at = times.clock(bootstrap.clock().now(), user.zone)
    return _APART if kept.is_apart else ""


async def discard_draft(state: DraftState, user: Caller) -> None:
    """Throw the draft away, for `bring_back`."""
    state._discarded = draft_text.dump_draft(await _shown(state, user))
    draft_id = state.draft_id
    with suppress(NotFoundError):
        if draft_id:
            await do_in_database(lambda s, now: kept_drafts.throw_away(s, user, draft_id, now))
    await draft_state.take_up(state, user)


async def bring_back(state: DraftState, user: Caller) -> None:
    """Take up again what was thrown away."""
    kept = draft_text.load_draft(state._discarded, user.id)
    if kept is not None:
        await draft_state.show_draft(state, user, kept)
        touch_draft(state)
        await store_draft(state, user)


async def leave_draft(state: DraftState, user: Caller) -> None:
    """Show an empty draft, now that this one is sent; nothing is so after a schedule was edited."""
    if state._is_kept:
        await draft_state.take_up(state, user)


def let_go(state: DraftState) -> None:
    """Forget which draft it was: the next change makes another one of it."""
    state.draft_id = state.version = 0


async def take_over(state: DraftState, user: Caller) -> None:
    """Keep what an earlier version left in this browser; somebody else's waits for them."""
    if not state.left or draft_text.is_of_another(state.left, user.id):
        return
    kept, state.left = draft_text.load_draft(state.left, user.id), ""
    if kept is not None:
        body = draft_text.body_of(kept)
        with suppress(InputError):  # there are many already
            await do_in_database(lambda s, now: kept_drafts.keep_draft(s, user, body, now))


async def _shown(state: DraftState, user: Caller) -> BrowserDraft:
    to, out = await state.get_state(RecipientsState), await state.get_state(LeftOutState)
    at = (await state.get_state(WhenState)).at
    written = (await state.get_state(ContentState)).written
    return BrowserDraft(user.id, tuple(to.chips), at, state.options, tuple(out.chips), written)
