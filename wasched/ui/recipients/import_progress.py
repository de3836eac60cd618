"""How the page of imports has its file read: told how far it is, and ended when nobody waits."""

import asyncio
from typing import TYPE_CHECKING

from wasched.domain.errors import InputError, NotFoundError, WorkEndedError
from wasched.services.address_book.imports import pending_imports
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.caller import Caller
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Follower
from wasched.ui.recipients import import_reader
from wasched.ui.recipients.import_reader import Progress

if TYPE_CHECKING:
    from wasched.ui.recipients.import_state import ImportState

_LOOK_S = 0.3


async def read_as_wished(state: "ImportState", user: Caller, visit: Follower | None) -> str | None:
    """Read the file until it is read as it is wished; why it cannot be, empty if it was.

    None if the tab was closed meanwhile, or shows another page than at this visit.
    """
    refused: str | None = ""
    wish, wished = None, await _wished(state)
    while wished.token and wish != wished and refused is not None:
        wish = wished
        refused = await _read(state, user, visit, wish)
        wished = await _wished(state)
    return refused


async def _read(
    state: "ImportState", user: Caller, visit: Follower | None, wish: ImportRequest
) -> str | None:
    progress = Progress()
    work = asyncio.create_task(import_reader.read_people_file(user, progress, wish))
    try:
        while not (await asyncio.wait({work}, timeout=_LOOK_S))[0]:
            async with state:
                if subscriptions.followers_of(state) is not visit:
                    return None
                if _wish_of(state) != wish:
                    work.cancel()
                state.doing, state.percent = progress.sentence, progress.percent
    finally:
        work.cancel()
    return "" if work.cancelled() else _refusal(work)


async def _wished(state: "ImportState") -> ImportRequest:
    async with state:
        return _wish_of(state)


def _wish_of(state: "ImportState") -> ImportRequest:
    return ImportRequest(state._token, tuple(state._mapping), state._country)


def _refusal(work: "asyncio.Task[int]") -> str:
    """Why a file could not be read, empty if it was."""
    try:
        work.result()
    except InputError as refusal:
        return str(refusal)
    except NotFoundError:
        return pending_imports.GONE
    except WorkEndedError as end:
        return import_reader.REFUSALS[end.reason]
    return ""
