"""What the draft on the compose page says: shown, read, and its template counted."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from wasched.domain.content import EVERYONE, Content
from wasched.domain.errors import NotFoundError
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.content import content_requests, rendering, templates
from wasched.services.recipients import mentions
from wasched.ui.compose import (
    attachments,
    content_fields,
    content_fields_from_schedule,
    link_preview_state,
)
from wasched.ui.compose.bubbles import ShownBubbles
from wasched.ui.compose.content_fields import OTHER, TEXT, Written
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.link_preview_state import LinkLookState
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database

_OFFERED = 12


async def begin_preview(state: ContentState, user: Caller) -> None:
    """What there is to choose from while writing."""

    def offered(session: Session, now: datetime) -> tuple[list[str], list[Choice], str]:
        known = [f"{{{one}}}" for one in rendering.variable_names(session, user)[:_OFFERED]]
        rows = templates.list_templates(session, user)
        shown = [Choice(str(row.id), row.name) for row in rows]
        return known, shown, accounts.account_country(session, user)

    state.variables, state.templates, state._country = await ask_database(offered)


async def show_preview(state: ContentState, user: Caller, written: Written) -> None:
    """Show what was kept of a message, its files as they are now."""
    kept = [one for one in written.files if one.id > 0]
    files, ready, said = await do_in_database(
        lambda s, now: attachments.taken_up(s, user, kept, now)
    )
    await _set(state, replace(written, files=tuple(files)), ready, said)


async def show_contents(state: ContentState, user: Caller, contents: Sequence[Content]) -> None:
    """Show what a schedule says."""

    def read(session: Session, now: datetime) -> tuple[Written, attachments.Ready]:
        files, ready = attachments.of_contents(session, user, contents)
        called = mentions.mention_names(
            session, user, content_fields_from_schedule.jids_of(contents)
        )
        called[EVERYONE] = EVERYONE
        return content_fields_from_schedule.written_of(contents, files, called), ready

    written, ready = await ask_database(read)
    await _set(state, written, ready, "")
    state._other = tuple(contents)
    state.about_other = (
        content_fields_from_schedule.other_line(contents) if written.what == OTHER else ""
    )
    preview = getattr(contents[0], "preview", None)
    if preview is not None:
        link_preview_state.show_preview(await state.get_state(LinkLookState), preview, preview.url)


async def refresh_preview(state: ContentState, user: Caller) -> None:
    """Take in what became of files that were being made ready."""
    if any(one.state == "preparing" for one in state.written.files):
        files, ready, _ = await do_in_database(
            lambda s, now: attachments.taken_up(s, user, state.written.files, now)
        )
        state.written = replace(state.written, files=tuple(files))
        state._ready = {**state._ready, **ready}


async def preview_messages(
    state: ContentState, *, waits: bool = False
) -> list[tuple[Content, ...]]:
    """The variants of each message; InputError names the field to mend.

    `waits` says whether to look at a link first that nobody has looked at.
    """
    look = await state.get_state(LinkLookState)
    written = state.written
    has_link = written.what == TEXT and not written.files and bool(written.preview)
    if waits and has_link:
        await link_preview_state.known_previews(look, written.wordings[0])
    request = content_fields.request_of(written, state._other)
    material = content_fields.material_of(written, state._ready, look._found, state._country)
    return content_requests.read_content(request, material)


def shown_preview(state: ContentState) -> ShownBubbles:
    """What bubbles show of names and files."""
    written = state.written
    digests = {key: one.digest for key, one in state._ready.items()}
    files = [one for one in written.files if one.id in digests]
    return ShownBubbles(
        content_fields.names_of(written),
        {digests[one.id]: one.picture for one in files},
        {digests[one.id]: one.size for one in files},
    )


async def count_use(state: ContentState, user: Caller) -> None:
    """Note that a message was made of a template, if it was."""
    template_id, state._template_id = state._template_id, 0
    if template_id:
        with suppress(NotFoundError):  # the message is scheduled, whatever became of the template
            await do_in_database(lambda s, now: templates.note_use(s, user, template_id, now))


async def _set(state: ContentState, written: Written, ready: attachments.Ready, said: str) -> None:
    state.written, state._ready, state.refused = written, ready, said
    state._other, state.about_other, state._template_id = (), "", 0
    link_preview_state.show_preview(await state.get_state(LinkLookState), None)
