"""One round of linking, from dialling to a session that the library can open.

All of it happens on the thread of `run`; the others only put something into its inbox.
"""

from __future__ import annotations

import queue
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.linking import session_rows, whatsapp
from wasched.adapters.whatsapp.linking.codes import NumberCode, qr_text
from wasched.adapters.whatsapp.linking.device import NewDevice
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.linking.showing import PASSKEY, PHONE, PasskeyShowing, error_text
from wasched.adapters.whatsapp.linking.stream import Closed, Stream
from wasched.adapters.whatsapp.linking.timers import Timers
from wasched.adapters.whatsapp.linking.told import (
    Answer,
    Compared,
    Linked,
    NoCode,
    ScanCode,
    Stop,
    Told,
    TypeCode,
    WantCode,
    Wish,
)
from wasched.adapters.whatsapp.linking.vouching import Paired, check_success
from wasched.adapters.whatsapp.linking.whatsapp import Server
from wasched.adapters.whatsapp.protocol.jid import SERVER
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.adapters.whatsapp.protocol.tokens import LibraryLayoutError, load_tokens
from wasched.domain.reasons import Code, Reason, because

_QR, _PING, _END = "qr", "ping", "end"  # the other alarms
_FIRST_CODE_S, _NEXT_CODE_S, _CODES = 60.0, 20.0, 6
_PING_S = 25.0
_AFTER_SUCCESS_S = 5.0
_NO_CODES = Reason(Code.CODES_RAN_OUT)
_ALARMS = {PASSKEY: Reason(Code.PASSKEY_TOO_LATE), PHONE: Reason(Code.PHONE_SILENT)}


ListDevices = Callable[[Path], list[str]]
"""Lets the library make or read a session: the addresses of the devices in it (or OSError)."""


class LinkingRound:
    """Made for one round; `run` returns when the device is linked or raises LinkEndedError."""

    def __init__(
        self,
        session: Path,
        tell: Callable[[Told], None],
        list_devices: ListDevices,
        *,
        inbox: queue.SimpleQueue[object] | None = None,
        server: Server | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look whether the session can take a device; raises LinkEndedError, dialling nobody.

        What was put into `inbox` before is done once there is a connection.
        """
        self._session, self._tell, self._list_devices = session, tell, list_devices
        _prepare(session, list_devices)
        self._device, known = _new_device()
        self._server = server or known
        self._clock, self._timers = clock, Timers(clock)
        self._inbox: queue.SimpleQueue[object] = inbox or queue.SimpleQueue()
        self._refs: list[bytes] = []
        self._number_code: NumberCode | None = None
        self._wanted = ""
        self._linked: Linked | None = None

    def take(self, wish: Wish) -> None:
        """Do what a person asks, in turn; from any thread."""
        self._inbox.put(wish)

    def run(self) -> Linked:
        """Dial, and go on until it is linked; raises LinkEndedError with what happened instead."""
        self._stream = Stream(self._server, self._device.noise, self._device.payload())
        self._showing = PasskeyShowing(self._device, self._stream, self._timers, self._tell)
        self._timers.begin(_PING, _PING_S)
        self._stream.begin(self._inbox)
        try:
            while True:
                end = self._heed(self._next())
                if end is not None:
                    return end
        finally:
            self._stream.close()

    def _next(self) -> object:
        try:
            return self._inbox.get(timeout=self._timers.left_s())
        except queue.Empty:
            return None

    def _heed(self, said: object) -> Linked | None:
        try:
            return self._do(said)
        except (ValueError, TypeError, KeyError, AssertionError, ProtobufError) as fault:
            raise LinkEndedError(Reason(Code.LINK_ODD)) from fault
        except (sqlite3.Error, OSError) as fault:
            raise LinkEndedError(Reason(Code.LINK_UNKEPT)) from fault

    def _do(self, said: object) -> Linked | None:
        match said:
            case None:
                return self._time_passed()
            case Node():
                return self._heed_stanza(said)
            case Closed():
                return self._closed()
            case WantCode(phone):
                self._wanted = phone
                self._ask_for_code()
            case Answer(text):
                self._showing.take_answer(text)
            case Compared(is_same):
                self._showing.compare(is_same=is_same)
            case Stop() if self._linked is None:
                raise LinkEndedError(Reason(Code.LINK_STOPPED))
        return None

    def _time_passed(self) -> Linked | None:
        for alarm in self._timers.take_due():
            if alarm in _ALARMS:
                raise LinkEndedError(_ALARMS[alarm])
            if alarm == _QR:
                self._show_next()
            elif alarm == _END:
                return self._linked
            elif alarm == _PING:
                self._stream.ask("get", None, lambda _: None, xmlns="w:p")
                self._timers.begin(_PING, _PING_S)
        return None

    def _closed(self) -> Linked:
        if self._linked:
            return self._linked
        raise LinkEndedError(Reason(Code.PASSKEY_ENDED) if self._showing.is_begun else _NO_CODES)

    def _heed_stanza(self, node: Node) -> Linked | None:
        if node.tag == "iq":
            if not self._stream.heed_answer(node):
                self._heed_iq(node)
        elif node.tag == "notification":
            self._stream.acknowledge(node)
            if node.jid("from") == SERVER:
                self._heed_notification(node)
        elif node.tag in ("stream:error", "xmlstreamend"):
            return self._linked
        elif node.tag == "failure":
            raise LinkEndedError(because(Code.LINK_REFUSED, number=node.get("reason")[:20]))
        return None

    def _heed_iq(self, iq: Node) -> None:
        child = iq.children[0] if iq.children else None
        if child is None or iq.jid("from") != SERVER:
            return
        if child.tag == "pair-device":
            self._stream.reply(iq)
            self._refs = [ref.bytes for ref in child.all("ref")]
            self._show_next(is_first=True)
            self._ask_for_code()
        elif child.tag == "pair-success":
            self._keep(iq, child)

    def _heed_notification(self, node: Node) -> None:
        match node.get("type"):
            case "link_code_companion_reg":
                self._go_on_with_code(node)
            case "passkey_prologue_request":
                self._timers.end(_QR)
                self._showing.begin(node)
            case "crsc_continuation":
                self._showing.go_on(node)
            case "companion_reg_refresh":
                raise LinkEndedError(_NO_CODES)

    def _show_next(self, *, is_first: bool = False) -> None:
        if self._showing.is_begun:
            return  # a code that is scanned now would be another attempt
        if not self._refs:
            raise LinkEndedError(_NO_CODES)
        lasts_s = _FIRST_CODE_S if is_first and len(self._refs) == _CODES else _NEXT_CODE_S
        ref, self._refs = self._refs[0], self._refs[1:]
        self._timers.begin(_QR, lasts_s)
        self._tell(ScanCode(qr_text(ref, self._device), lasts_s))

    def _ask_for_code(self) -> None:
        """WhatsApp gives number codes only after it gave the first code to scan."""
        if not self._wanted or not self._timers.has(_QR):
            return
        code, self._wanted = NumberCode(self._wanted, self._device), ""

        def then(answer: Node) -> None:
            ref = answer.child("link_code_companion_reg", "link_code_pairing_ref")
            if ref is None:
                reason = because(Code.CODE_FAILED, text=error_text(answer) + ".")
                self._tell(NoCode(code.phone, reason))
                return
            code.ref, self._number_code = ref.bytes, code
            self._tell(TypeCode(code.text, code.phone))

        self._stream.ask("set", code.hello(), then)

    def _go_on_with_code(self, node: Node) -> None:
        word, code = node.child("link_code_companion_reg"), self._number_code
        if word is None or code is None or self._showing.is_begun:
            return
        if word.get("stage") == "refresh_code":  # no key in it: the code on show is void
            if code.is_about(word):
                self._wanted = code.phone
                self._ask_for_code()
            return
        finish = code.finish(word)
        if finish is not None:
            self._stream.ask("set", finish, lambda _: None)

    def _keep(self, iq: Node, success: Node) -> None:
        """Check, write, let the library read it, and only then say that it is kept."""
        try:
            paired = check_success(success, self._device)
        except LinkEndedError as fault:
            self._stream.reply(
                iq, error=(401 if fault.code.endswith("mismatch") else 500, fault.code)
            )
            raise
        session_rows.write_device(self._session, self._device, paired)
        try:
            self._confirm(iq, paired)
        except BaseException:
            session_rows.erase_device(self._session, paired)
            raise
        self._timers = Timers(self._clock)
        self._timers.begin(_END, _AFTER_SUCCESS_S)
        self._linked = Linked(str(paired.jid), by_passkey=self._showing.is_begun)
        self._tell(self._linked)

    def _confirm(self, iq: Node, paired: Paired) -> None:
        if self._list_devices(self._session) != [str(paired.jid)]:
            self._stream.reply(iq, error=(500, "internal-error"))
            raise LinkEndedError(Reason(Code.LINK_UNKEPT))
        signed = Node("device-identity", {"key-index": str(paired.key_index)}, paired.proof)
        self._stream.reply(iq, Node("pair-device-sign", {}, [signed]))


def _prepare(session: Path, list_devices: ListDevices) -> None:
    """Let the library make its tables, and look whether they are as they are known."""
    try:
        list_devices(session)
    except OSError as fault:
        raise LinkEndedError(Reason(Code.LINK_UNKEPT)) from fault
    session_rows.check_tables(session)


def _new_device() -> tuple[NewDevice, Server]:
    """A device whose words WhatsApp would know, and WhatsApp itself.

    Raises LinkEndedError if the library is laid out in another way than it is known.
    """
    try:
        device = NewDevice()
        device.payload()
        load_tokens()
        return device, whatsapp.find_server()
    except LibraryLayoutError as fault:
        raise LinkEndedError(Reason(Code.LINK_UNSUPPORTED)) from fault
