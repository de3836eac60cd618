"""Commands of the control API that cause faults, and that tell what the server saw."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from .faults import Connecting, PlannedSendFault, SendFault, failure
from .protocol.certificates import CertificateFlaw
from .seen import Stanza
from .server import WhatsAppServer

_LOOK = 0.01  # seconds between two looks at something waited for


class FaultCommands:
    """Faults, each at a moment that the test chooses."""

    def __init__(self, server: WhatsAppServer) -> None:
        self._server, self._faults = server, server.faults

    async def refuse_logins(
        self,
        phone: str,
        reason: int,
        times: int = 1,
        code: int | None = None,
        expire: int | None = None,
        message: str = "",
    ) -> None:
        """Answer the next logins of an account by <failure>."""
        node = failure(reason, code=code, expire=expire, message=message)
        self._faults.logins[phone].extend([node] * times)

    async def refuse_upgrades(self, status: int, times: int = 1) -> None:
        """Answer the next websocket upgrades by an HTTP status."""
        self._faults.upgrades.extend([status] * times)

    async def disturb_connecting(self, how: str, times: int = 1) -> None:
        """Let the next connections be "cut" or "stall" before the handshake."""
        self._faults.connecting.extend([Connecting(how)] * times)

    async def show_bad_certificates(self, flaw: str, times: int = 1) -> None:
        """Show a flawed certificate in the next handshakes (a name of CertificateFlaw)."""
        self._faults.certificates.extend([CertificateFlaw[flaw]] * times)

    async def disturb_sends(
        self,
        phone: str,
        kind: str,
        times: int = 1,
        after: int = 0,
        seconds: float = 0.0,
        code: int = 0,
    ) -> None:
        """Let a SendFault happen to the next messages of an account, after so many good ones."""
        queue = self._faults.sends[phone]
        queue.extend([PlannedSendFault(SendFault.NONE)] * after)
        queue.extend([PlannedSendFault(SendFault(kind), seconds, code)] * times)

    async def damage(self, phone: str, device: int = 0) -> None:
        """Damage the next message to a device, so that it has to ask for it again."""
        self._faults.damaged.add((phone, device))

    async def mute_pings(self, phone: str, on: bool = True) -> None:
        """Answer no more pings of an account, or answer them again."""
        (self._faults.muted.add if on else self._faults.muted.discard)(phone)

    async def slow_prekeys(self, seconds: float) -> None:
        """Take so long for each answer with prekeys."""
        self._faults.prekey_delay = seconds

    async def refuse_prekeys(self, times: int = 1) -> None:
        """Refuse the next questions for the keys of devices."""
        self._faults.prekey_refusals = times

    async def claim_prekeys(self, count: int) -> None:
        """Tell devices without prekeys that they have so many (0 is the truth)."""
        self._server.prekeys.claimed = count

    async def fail_media(self, status: int, times: int = 1) -> None:
        """Answer the next requests to the media host by an HTTP status."""
        self._faults.media_failures.extend([status] * times)

    async def slow_media(self, seconds: float) -> None:
        """Take so long for each answer of the media host."""
        self._faults.media_delay = seconds

    async def go_down(self, seconds: float | None = None) -> None:
        """Cut all connections and take none, for so many seconds or until `come_back`."""
        await self._server.leave()
        if seconds is not None:
            self._server.background.start(self._server.listen(), seconds)

    async def come_back(self) -> None:
        """Take connections again."""
        await self._server.listen()

    async def no_more_faults(self) -> None:
        """Forget the faults that have not happened."""
        self._faults.clear()

    async def reset(self) -> None:
        """Forget everybody and everything."""
        await self._server.reset()


class SeenCommands:
    """What the server saw, and waiting until it has."""

    def __init__(self, server: WhatsAppServer) -> None:
        self._server, self._seen = server, server.seen

    async def seen(
        self,
        tag: str = "",
        account: str = "",
        id: str = "",
        from_client: bool | None = None,
    ) -> list[dict[str, Any]]:
        """The stanzas that match all that is given, oldest first."""
        return [one.as_dict() for one in self._seen.select(tag, account, id, from_client)]

    async def message_counts(self) -> dict[str, int]:
        """How often each message id arrived from clients."""
        return dict(self._seen.message_ids)

    async def unanswered(self) -> list[str]:
        """The iqs that the server had no answer to."""
        return list(self._seen.unanswered)

    async def problems(self) -> list[str]:
        """What went wrong that should not have."""
        return list(self._seen.problems)

    async def wait_inbox(
        self, phone: str, count: int = 1, id: str = "", timeout: float = 60.0
    ) -> list[dict[str, Any]]:
        """Wait until an inbox has so many readable messages, or one with that id."""
        person = self._server.world.person(phone)

        def found() -> list[dict[str, Any]]:
            good = [one for one in person.inbox if not one.problem and (not id or one.id == id)]
            return [one.as_dict() for one in good] if len(good) >= (1 if id else count) else []

        return await _until(found, timeout, f"{count} message(s) in the inbox of {phone}")

    async def wait_seen(
        self,
        tag: str = "",
        account: str = "",
        id: str = "",
        from_client: bool | None = None,
        attrs: dict[str, str] | None = None,
        count: int = 1,
        timeout: float = 60.0,
    ) -> list[dict[str, Any]]:
        """Wait until the server has seen so many such stanzas."""

        def matches(one: Stanza) -> bool:
            return all(one.node.get(name) == value for name, value in (attrs or {}).items())

        def found() -> list[dict[str, Any]]:
            hits = self._seen.select(tag, account, id, from_client)
            good = [one for one in hits if matches(one)]
            return [one.as_dict() for one in good] if len(good) >= count else []

        return await _until(found, timeout, f"{count} <{tag}> {id} {attrs or ''}")

    async def wait_online(self, phone: str, on: bool = True, timeout: float = 60.0) -> list[int]:
        """Wait until an account has an active device, or none."""
        person = self._server.world.person(phone)

        def found() -> list[list[int]]:
            active = [one.number for one in person.linked.values() if one.connection]
            return [active] if bool(active) == on else []

        state = "online" if on else "offline"
        active: list[int] = (await _until(found, timeout, f"{phone} to be {state}"))[0]
        return active


async def _until(found: Callable[[], list[Any]], timeout: float, what: str) -> list[Any]:
    """What `found` finds once it finds anything; TimeoutError when the time is over."""
    loop = asyncio.get_running_loop()
    end = loop.time() + timeout
    while not (result := found()):
        if loop.time() > end:
            raise TimeoutError(f"waited {timeout:.0f} s for {what}")
        await asyncio.sleep(_LOOK)
    return result
