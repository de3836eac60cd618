"""What the library's error texts mean: the one table that tells sent from not sent."""

import re

from wasched.adapters.whatsapp.store_faults import fault_in
from wasched.domain.errors import NotNow, SendError, WaschedError
from wasched.domain.reasons import Code, Reason, because


class PairingError(WaschedError):
    """WhatsApp gave no pairing code, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


_NOT_CONNECTED = Reason(Code.NOT_CONNECTED)
_NEVER_LEFT: tuple[tuple[str, Code, bool], ...] = (
    (r"can't send message to unknown server", Code.NO_ADDRESS, True),
    (r"you're not participating", Code.NOT_IN_GROUP, True),
    (r"that group does not exist", Code.NO_GROUP, True),
    (r"permission to get the group's invite link", Code.NO_INVITE_LINK, True),
    (r"info query timed out", Code.NO_ROUTE, False),
)
_NOT_FOUND = re.compile(r"no LID found for")
# Asked before a message is sent; a bare "websocket not connected" may also end a second try.
_OFFLINE = (
    r"^failed to .*websocket not connected",
    r"before info query (\(retry\) )?returned response",
    r"client is nil",
    r"the store doesn't contain a device JID",
)
_MAYBE_LEFT: tuple[tuple[str, Code], ...] = (
    (r"websocket disconnected before .*message send", Code.CONNECTION_BROKE),
    (r"timed out waiting for message send response", Code.NO_ANSWER),
)
_CODES: dict[int, tuple[Code, bool]] = {
    401: (Code.MAY_NOT_WRITE_TO, True),
    403: (Code.MAY_NOT_WRITE, True),
    404: (Code.UNKNOWN_RECIPIENT, True),
    406: (Code.NOT_TAKEN, True),
    420: (Code.NOT_IN_GROUP, True),
    429: (Code.RATE_LIMITED, False),
    463: (Code.STRANGERS_REFUSED, True),
    479: (Code.NOT_TAKEN_FOR, True),
}


def of_send(text: str) -> SendError | NotNow:
    """What to raise for the text of a failed send; a text nobody knows may have left."""
    refused = re.search(r"server returned error (\d+)", text)
    if refused:
        return _refusal(int(refused[1]))
    if _is_offline(text):
        return NotNow(_NOT_CONNECTED)
    if fault := fault_in(text):  # the store is asked only before a message leaves
        return NotNow(fault.reason)
    if _NOT_FOUND.search(text):
        return SendError(Reason(Code.NOT_ON_WHATSAPP), permanent=True, not_found=True)
    for pattern, why, permanent in _NEVER_LEFT:
        if re.search(pattern, text):
            return SendError(Reason(why), permanent=permanent, left=False)
    for pattern, why in _MAYBE_LEFT:
        if re.search(pattern, text):
            return SendError(Reason(why), permanent=False, left=None)
    return SendError(because(Code.LIBRARY_SAYS, text=_short(text)), permanent=False, left=None)


def of_upload(text: str) -> SendError:
    """What to raise when a file could not be uploaded; its message never left."""
    return SendError(
        because(Code.UPLOAD_FAILED, text=_short(text)),
        permanent=False,
        left=False,
    )


def of_question(text: str) -> SendError | NotNow:
    """What to raise when WhatsApp did not answer a question, such as which groups there are."""
    if _is_offline(text) or "websocket not connected" in text:
        return NotNow(_NOT_CONNECTED)
    if fault := fault_in(text):
        return NotNow(fault.reason)
    for pattern, why, permanent in _NEVER_LEFT:
        if permanent and re.search(pattern, text):
            return SendError(Reason(why), permanent=True, left=False)
    return SendError(because(Code.NOT_ANSWERED, text=_short(text)), permanent=False, left=False)


def of_pairing(text: str) -> Reason:
    """Why a number got no pairing code."""
    if "429" in text or "rate-overlimit" in text:
        return Reason(Code.CODES_TOO_OFTEN)
    if "phone number" in text or "400" in text:
        return Reason(Code.CODE_NUMBER_REFUSED)
    return because(Code.CODE_FAILED, text=_short(text))


def _is_offline(text: str) -> bool:
    return any(re.search(pattern, text, re.DOTALL) for pattern in _OFFLINE)


def _refusal(code: int) -> SendError:
    if code not in _CODES:
        return SendError(because(Code.REFUSED, number=code), permanent=False, left=True, code=code)
    why, permanent = _CODES[code]
    return SendError(Reason(why), permanent=permanent, left=True, code=code)


def _short(text: str) -> str:
    """The text without numbers of people, on one line, as a sentence."""
    line = re.sub(r"\d{6,}(?:[.:]\d+)*(?:@[a-z.]+)?", "…", " ".join(text.split()))[:200]
    return line.rstrip(".") + "."
