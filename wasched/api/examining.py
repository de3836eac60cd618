"""Looking into files that have come as a whole: few at once, a person's one after another."""

from functools import cache

from fastapi import Request

from wasched import bootstrap
from wasched.api.long_work import LongWork, ended_with
from wasched.services.caller import Caller
from wasched.services.files import examination
from wasched.services.files.examination import Arrived
from wasched.services.files.incoming import Incoming

_AT_ONCE = 2


async def examine_upload(
    request: Request, user: Caller, found: Incoming, wanted: str = ""
) -> Arrived:
    """What a whole upload is, now stored; no longer than somebody waits for the answer."""
    store, tools = bootstrap.media_store(), bootstrap.media_tools()

    def examine() -> Arrived:
        return examination.examine_upload(store, tools, found, wanted)

    async with ended_with(request, tools.stop):
        return await _examining().run(user.id, examine, tools.stop)


@cache
def _examining() -> LongWork:
    return LongWork("examining", _AT_ONCE)
