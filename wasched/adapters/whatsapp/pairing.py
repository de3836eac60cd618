"""Codes to link a phone with: those to scan as they come, and one to type if it is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wasched.adapters.whatsapp.errors import PairingError
from wasched.domain.link import CodeRefused, CodeShown, QrShown

_FIRST_CODE = timedelta(seconds=60)
_NEXT_CODE = timedelta(seconds=20)
_ROUND = timedelta(seconds=160)  # then WhatsApp closes the connection, and the codes are void


class Pairing:
    """Shows codes by `tell`; `pair` asks WhatsApp for a pairing code, on the thread of `ask`."""

    def __init__(
        self,
        pair: Callable[[str], str],
        tell: Callable[[QrShown | CodeShown | CodeRefused], None],
        ask: Callable[[Callable[[], None]], None],
    ) -> None:
        self._pair, self._tell, self._ask = pair, tell, ask
        self._round_began: datetime | None = None
        self._phone = self._shown_for = ""

    def show(self, code: str, now: datetime) -> None:
        """Show the next code to scan."""
        lasts = _NEXT_CODE if self._round_began else _FIRST_CODE
        self._round_began = self._round_began or now
        self._tell(QrShown(code, now, now + lasts))
        self._pair_if_possible()

    def want_code(self, phone: str) -> None:
        """Show a code to type on the phone with this E.164 number, as soon as there can be one."""
        self._phone = phone
        self._pair_if_possible()

    def code_retired(self) -> None:
        """Show another code in place of the one that WhatsApp no longer takes."""
        if self._shown_for:
            self.want_code(self._shown_for)

    def _pair_if_possible(self) -> None:
        """WhatsApp gives pairing codes only after it gave the first code to scan."""
        if self._phone and self._round_began is not None:
            phone, self._phone = self._phone, ""
            self._shown_for = phone
            expires_at = self._round_began + _ROUND
            self._ask(lambda: self._fetch(phone, expires_at))

    def _fetch(self, phone: str, expires_at: datetime) -> None:
        try:
            code = self._pair(phone)
        except PairingError as refusal:
            self._tell(CodeRefused(phone, refusal.reason, datetime.now(UTC)))
        else:
            self._tell(CodeShown(code, phone, datetime.now(UTC), expires_at))
