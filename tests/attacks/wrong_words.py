"""What somebody sends down the live line who wants to be read in the log, or to fill it."""

import asyncio
import json
import uuid
from collections.abc import Iterable
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

FORGED = 'x\n[WA] WhatsApp Client Connected\n{"time": "2030"}\u001b[31m\u009b31m\u202e\u2028'
"""An operator's line, a line of JSON, a terminal's escapes, and a turn of the writing."""

WORDS = json.dumps(FORGED)[1:-1]
"""The same within JSON."""

_STATE = "reflex___state____state"
_REPORT = f"{_STATE}.reflex___state____frontend_event_exception_state.handle_frontend_exception"

NO_EVENTS = [
    f'["event","{WORDS}"]',
    '["event"]',
    '["event",1,2,3]',
    '["event",null]',
    '["event",[1]]',
    f'["event",{{"name":"{WORDS}","payload":{{}}}}]',
    '["event",{}]',
    '["event",{"name":5}]',
    f'["event",{{"name":"{_STATE}.hydrate","payload":[1]}}]',
    f'["event",{{"name":"{_STATE}.hydrate","payload":{{"{WORDS}":1}}}}]',
    f'["event",{{"name":"{_STATE}.hydrate","router_data":"{WORDS}"}}]',
    f'["{WORDS}",1]',
    "[5]",
    "[]",
    "{}",
    "5",
    "",
    "not json",
    "[" * 100_000,
    '["connect",{"QUERY_STRING":"token=a"}]',
    '["disconnect"]',
    f'["client_error",{{"error_type":"{WORDS}","message":"{WORDS}"}}]',
    f'["event",{{"name":"{_REPORT}","payload":{{"info":"{WORDS}","component_stack":""}}}}]',
    f'["event",{{"name":"{_REPORT}","payload":{{"info":5,"component_stack":""}}}}]',
]
"""What is no event of any page, as Socket.IO carries it."""

NO_PACKETS = [
    *('451-/_event,["event",{"_placeholder":true,"num":0}]', "4zzz", "49", "2probe", "6", "5", ""),
    *("43/_event,1[]", f'44/_event,{{"x":"{WORDS}"}}', "41/other,", f"40/{WORDS},", "42[]", "zzz"),
]
"""What is no packet of Engine.IO or Socket.IO."""


def send_all(
    url: str, packets: Iterable[str], token: str = "", cookie: str = "", *, at_once: bool = False
) -> None:
    """Send each down a line of its own, or all down one."""

    async def send() -> None:
        for some in [list(packets)] if at_once else [[packet] for packet in packets]:
            with suppress(WebSocketException, OSError):
                await _send(url, some, token or str(uuid.uuid4()), cookie)

    asyncio.run(send())


async def _send(url: str, packets: list[str], token: str, cookie: str) -> None:
    address = f"ws{url.removeprefix('http')}/_event/?EIO=4&transport=websocket&token={token}"
    headers = {"Cookie": cookie} if cookie else {}
    async with connect(address, additional_headers=headers) as line:
        await line.recv()
        await line.send("40/_event,")
        await line.recv()
        for packet in packets:
            await line.send(packet)
        await line.send('42/_event,["ping"]')
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                while '"pong"' not in str(await line.recv()):
                    pass
