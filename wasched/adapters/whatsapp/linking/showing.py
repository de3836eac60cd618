"""The part of a round in which the account's owner shows the passkey."""

from collections.abc import Callable

from wasched.adapters.whatsapp.linking.assertion import Assertion, Options, read_answer
from wasched.adapters.whatsapp.linking.ceremony import Ceremony
from wasched.adapters.whatsapp.linking.device import NewDevice
from wasched.adapters.whatsapp.linking.errors import AnswerRefusedError, LinkEndedError
from wasched.adapters.whatsapp.linking.stream import Stream
from wasched.adapters.whatsapp.linking.timers import Timers
from wasched.adapters.whatsapp.linking.told import (
    AnswerRefused,
    AnswerTaken,
    Comparison,
    PasskeyRequest,
    Told,
)
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.domain.reasons import Code, Reason, because

PASSKEY, PHONE = "passkey", "phone"
"""The alarms: for the owner to show the passkey, and for WhatsApp and the phone to answer."""

_REFUSALS = 2  # of WhatsApp within one attempt; more look like guessing
_PHONE_S = 60.0  # it needs WhatsApp open on its screen
_COMPARING_S = 300.0  # a person looks from one screen to the other


class PasskeyShowing:
    """From WhatsApp's request for the passkey to our keys in the phone's hands."""

    def __init__(
        self, device: NewDevice, stream: Stream, timers: Timers, tell: Callable[[Told], None]
    ) -> None:
        self._device, self._stream, self._timers, self._tell = device, stream, timers, tell
        self._ceremony: Ceremony | None = None
        self._options: Options | None = None
        self._is_answering = self._is_confirmed = False
        self._refusals = 0

    @property
    def is_begun(self) -> bool:
        """True once WhatsApp has asked for the passkey."""
        return self._ceremony is not None

    def begin(self, request: Node) -> None:
        """WhatsApp asks for the passkey; what it asks may be in its word, or is to be fetched."""
        known = self._ceremony.known_secret if self._ceremony else self._device.adv_secret
        self._ceremony, self._is_confirmed = Ceremony(known), False
        options = request.child("passkey_request_options")
        if options is None:
            self._fetch_options()
        else:
            self._ask_owner(options)

    def take_answer(self, text: str) -> None:
        """Check what the browser gave, and hand it to WhatsApp if it fits."""
        if self._ceremony is None or self._options is None or self._is_answering:
            self._tell(AnswerRefused(Reason(Code.PASSKEY_NOT_ASKED)))
            return
        try:
            assertion = read_answer(text, self._options)
        except AnswerRefusedError as refusal:
            self._tell(AnswerRefused(refusal.reason))
            return
        self._is_answering = True
        self._timers.end(PASSKEY)
        self._timers.begin(PHONE, _PHONE_S)
        self._stream.ask("get", Node("ref"), lambda answer: self._send_answer(answer, assertion))

    def go_on(self, word: Node) -> None:
        """The phone has sent its key: open our commitment to it."""
        ceremony = self._ceremony
        if ceremony is None:
            return
        nonce = ceremony.heed(word)

        def then(answer: Node) -> None:
            _check_phone(answer)
            self._tell(Comparison(ceremony.code, must_confirm=not ceremony.is_proven))
            if ceremony.is_proven:
                self._send_keys(ceremony)
            else:
                self._timers.begin(PHONE, _COMPARING_S)

        self._stream.ask("set", nonce, then)

    def compare(self, *, is_same: bool) -> None:
        """A person says whether the phone shows our code."""
        if self._ceremony is None or not self._ceremony.code or self._is_confirmed:
            return
        if not is_same:
            raise LinkEndedError(Reason(Code.PHONE_SHOWS_ANOTHER))
        self._send_keys(self._ceremony)

    def _fetch_options(self) -> None:
        def then(answer: Node) -> None:
            options = answer.child("passkey_request_options")
            if options is None:
                raise LinkEndedError(Reason(Code.LINK_ODD))
            self._ask_owner(options)

        self._timers.begin(PHONE, _PHONE_S)
        self._stream.ask("get", Node("passkey_request_options"), then)

    def _ask_owner(self, node: Node) -> None:
        try:
            self._options = Options.read(node.bytes)
        except ValueError as fault:
            raise LinkEndedError(Reason(Code.LINK_ODD)) from fault
        self._timers.end(PHONE)
        self._timers.begin(PASSKEY, self._options.lasts_s)
        self._tell(PasskeyRequest(self._options.raw, self._options.lasts_s))

    def _send_answer(self, answer: Node, assertion: Assertion) -> None:
        ref = answer.child("ref")
        if ref is None or self._ceremony is None:
            raise LinkEndedError(because(Code.PASSKEY_REFUSED_TWICE, text=error_text(answer)))
        prologue = self._ceremony.prologue(ref.bytes.decode(), assertion)
        self._stream.ask("set", prologue, self._heed_verdict)

    def _heed_verdict(self, answer: Node) -> None:
        self._is_answering = False
        if answer.get("type") == "error":
            self._refused(error_text(answer))
            return
        assert self._ceremony
        self._timers.begin(PHONE, _PHONE_S)
        self._device.adv_secret = self._ceremony.new_secret
        self._tell(AnswerTaken())

    def _refused(self, text: str) -> None:
        """WhatsApp does not take the answer: another may follow, to a request of its own."""
        self._refusals += 1
        if self._refusals >= _REFUSALS:
            raise LinkEndedError(because(Code.PASSKEY_REFUSED_TWICE, text=text))
        self._tell(AnswerRefused(because(Code.PASSKEY_REFUSED, text=text)))
        self._fetch_options()  # the challenge may be spent

    def _send_keys(self, ceremony: Ceremony) -> None:
        self._is_confirmed = True
        self._timers.begin(PHONE, _PHONE_S)
        self._stream.ask("set", ceremony.request(self._device), _check_phone)


def error_text(answer: Node) -> str:
    """What an error of WhatsApp says, short and on one line."""
    error = answer.child("error")
    text = f"{error.get('code')} {error.get('text')}".strip() if error else ""
    return " ".join(text.split())[:80] or "no reason given"


def _check_phone(answer: Node) -> None:
    if answer.get("type") == "error":
        raise LinkEndedError(because(Code.PHONE_REFUSED, text=error_text(answer)))
