"""The loopback WhatsApp server: a websocket listener, and the parts that answer clients."""

from __future__ import annotations

import logging
from pathlib import Path

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.ports import free_port
from wasched.adapters.whatsapp.protocol.binary_xml import DecodeError
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.adapters.whatsapp.protocol.noise import NoiseError
from wasched.adapters.whatsapp.protocol.tokens import load_tokens

from .account import Account
from .background import Background
from .channels import Channels
from .connection import Connection
from .delivery import Delivery
from .directory import Directory
from .faults import Connecting, Faults
from .groups import Groups
from .iqs import Iqs
from .linking import Linking, QrTimes
from .login import Logins
from .loopback_http import LOOPBACK
from .media import MediaHost
from .messages import Messages
from .passkeys import PasskeyTimes
from .phone_sender import PhoneSender
from .phones import Phones
from .prekeys import CLAIMED, PreKeys
from .protocol.framing import FramingError
from .receipts import Receipts
from .routing import Router
from .seen import Seen
from .syncing import Syncing
from .world import LinkedDevice, Person, World

PATH = "/ws/chat"
_MAX_SIZE = 1 << 25  # bytes of a websocket message
log = logging.getLogger(__name__)


class WhatsAppServer:
    """One world and its server; all of it lives on one event loop."""

    def __init__(self) -> None:
        self.port = 0
        self.root, self._static = KeyPair.generate(), KeyPair.generate()
        self.world, self.seen, self.faults = World(), Seen(), Faults()
        self.background = Background(self.seen)
        self.media = MediaHost(self.faults)
        self._tokens = load_tokens()
        self._connections: set[Connection] = set()
        self._count = 0
        self._listener: Server | None = None
        self._build()
        self._route_iqs()

    def _build(self) -> None:
        self.delivery = Delivery(self._phone_takes)
        self.router = Router(self.world, self.seen, self.faults, self.delivery)
        self.directory = Directory(self.world, self.delivery)
        self.prekeys = PreKeys(self.world, self.faults, self.delivery, self.background)
        self.channels = Channels(self.world, self.delivery)
        self.receipts = Receipts(self.router, self.channels, self.delivery)
        self.sender = PhoneSender(self.world, self.seen, self.router, self.prekeys, self.delivery)
        self.phones = Phones(self.world, self.seen, self.receipts, self.sender, self.background)
        self.messages = Messages(
            self.router, self.channels, self.seen, self.faults, self.background
        )
        self.groups = Groups(self.world, self.delivery)
        self.account = Account(self.world, self.delivery)
        self.syncing = Syncing(self.world, self.seen, self.delivery, self.sender)
        self.logins = Logins(self.world, self.faults, self.delivery)
        self.linking = Linking(self.world, self.seen, self.directory, self.background)
        self.iqs = Iqs(self.seen, self.faults)

    def _route_iqs(self) -> None:
        on = self.iqs.on
        on("w:p", "", "", self.account.nothing)
        on("encrypt", "get", "count", self.prekeys.count)
        on("encrypt", "get", "digest", self.prekeys.digest)
        on("encrypt", "get", "key", self.prekeys.fetch)
        on("encrypt", "set", "rotate", self.prekeys.rotate)
        on("encrypt", "set", "", self.prekeys.upload)
        on("passive", "set", "", self.account.nothing)
        on("usync", "get", "usync", self.directory.usync)
        on("privacy", "get", "", self.account.privacy)
        on("privacy", "set", "tokens", self.account.tokens)
        on("blocklist", "get", "", self.account.blocklist)
        on("status", "get", "privacy", self.account.status_privacy)
        on("w:mex", "get", "query", self.channels.query)
        on("newsletter", "get", "messages", self.channels.messages)
        on("abt", "get", "", self.account.properties)
        on("w:m", "set", "media_conn", self.media.connection)
        on("w:g2", "get", "participating", self.groups.participating)
        on("w:g2", "get", "query", self.groups.query)
        on("w:g2", "get", "invite", self.groups.invite)
        on("w:g2", "set", "invite", self.groups.invite)
        on("w:sync:app:state", "set", "", self.syncing.sync)
        on("w:stats", "set", "", self.account.nothing)
        on("urn:xmpp:whatsapp:dirty", "set", "", self.account.nothing)
        on("md", "set", "remove-companion-device", self._log_out)
        on("md", "set", "link_code_companion_reg", self.linking.codes.stage)
        on("md", "get", "passkey_request_options", self.linking.passkeys.options)
        on("md", "get", "ref", self.linking.passkeys.ref)
        on("md", "set", "passkey_prologue", self.linking.passkeys.prologue)
        on("md", "set", "companion_nonce", self.linking.passkeys.nonce)
        on("md", "set", "encrypted_pairing_request", self.linking.passkeys.pairing_request)

    async def start(self, certificate: Path, port: int = 0) -> None:
        """Listen on loopback; the media host's certificate goes to that file."""
        await self.media.start(certificate)
        await self.listen(port)

    async def listen(self, port: int = 0) -> None:
        """Take connections, on the port of the last time unless another is given.

        Nobody else takes that one while this server is down.
        """
        self._listener = await serve(
            self._serve,
            LOOPBACK,
            port or self.port or free_port(),
            process_request=self._process_request,
            compression=None,
            max_size=_MAX_SIZE,
            ping_interval=None,
            close_timeout=1,
        )
        self.port = next(iter(self._listener.sockets)).getsockname()[1]

    async def leave(self) -> None:
        """Take no more connections, and cut all there are."""
        if self._listener:
            self._listener.close(close_connections=False)
        for connection in list(self._connections):
            connection.cut()

    async def stop(self) -> None:
        """End for good."""
        await self.background.cancel()
        await self.leave()
        self.media.stop()
        if self._listener:
            await self._listener.wait_closed()

    async def reset(self) -> None:
        """Forget everybody and everything, and cut all connections."""
        await self.background.cancel()
        for connection in list(self._connections):
            connection.cut()
        self.world.clear()
        self.seen.clear()
        self.faults.clear()
        self.media.files.clear()
        self.router.routed.clear()
        self.sender.clear()
        self.linking.times = QrTimes()
        self.linking.passkeys.times = PasskeyTimes()
        self.prekeys.claimed = CLAIMED

    async def _process_request(
        self, websocket: ServerConnection, request: Request
    ) -> Response | None:
        if self.faults.upgrades:
            return websocket.respond(self.faults.upgrades.popleft(), "refused on request\n")
        if request.path.partition("?")[0] != PATH:
            return websocket.respond(404, f"there is only {PATH}\n")
        return None

    async def _serve(self, websocket: ServerConnection) -> None:
        self._count += 1
        connection = Connection(websocket, self._count, self.seen, self._tokens)
        self._connections.add(connection)
        try:
            await self._converse(connection)
        except (ConnectionClosed, ConnectionError):
            pass
        except (NoiseError, FramingError, DecodeError) as fault:
            log.info("connection %d: %s", connection.number, fault)
            connection.cut()
        except Exception as fault:
            log.exception("connection %d", connection.number)
            self.seen.problems.append(f"{type(fault).__name__}: {fault}")
            connection.cut()
        finally:
            self._connections.discard(connection)
            self.linking.left(connection)
            self.logins.left(connection)

    async def _converse(self, connection: Connection) -> None:
        if self.faults.connecting:
            if self.faults.connecting.popleft() is Connecting.STALL:
                await connection.wait_closed()
            connection.cut()
            return
        flaws = self.faults.certificates
        flaw = flaws.popleft() if flaws else None
        await connection.shake_hands(self.root, self._static, flaw)
        if connection.payload.HasField("devicePairingData"):
            self.linking.offer(connection)
        elif not await self.logins.admit(connection):
            return
        while True:
            await self._take(connection, await connection.receive())

    async def _take(self, connection: Connection, node: Node) -> None:
        if node.tag == "iq":
            await self._take_iq(connection, node)
        elif connection.person is None or connection.device is None:
            return
        elif node.tag == "message":
            await self.messages.take(connection, node)
        elif node.tag == "receipt":
            self.delivery.acknowledged(connection.device, node)
            await self.receipts.take(connection, node)
        elif node.tag == "ack":
            self.delivery.acknowledged(connection.device, node)

    async def _take_iq(self, connection: Connection, iq: Node) -> None:
        is_slow = iq.get("xmlns") == "encrypt" and iq.child("key") is not None
        if is_slow and self.faults.prekey_delay:
            self.background.start(self.iqs.take(connection, iq), self.faults.prekey_delay)
            return
        await self.iqs.take(connection, iq)
        if iq.get("xmlns") == "passive" and iq.child("active") is not None:
            await self._activate(connection)

    async def _activate(self, connection: Connection) -> None:
        await self.delivery.activate(connection)
        person, device = connection.person, connection.device
        if person and device:
            self.background.start(self.syncing.first(person, device))

    async def _log_out(self, connection: Connection, iq: Node) -> None:
        removal = iq.child("remove-companion-device")
        jid = removal.jid("jid") if removal else None
        if connection.person and jid:
            await self.linking.unlink(connection.person, jid.device)

    async def _phone_takes(self, person: Person, node: Node) -> None:
        await self.phones.take(person, node)

    def connections_of(
        self, person: Person, device: LinkedDevice | None = None
    ) -> list[Connection]:
        """Where an account, or one of its devices, is logged in."""
        if device is None:
            return self.logins.connections_of(person.phone)
        connection = self.logins.connection_of(person.phone, device.number)
        return [connection] if connection else []
