"""What the library's error texts mean: the one table that tells sent from not sent."""

import re

from wasched.adapters.whatsapp.store_faults import fault_in
from wasched.domain.errors import NotNow, SendError, WaschedError


class PairingError(WaschedError):
    """WhatsApp gave no pairing code."""


_NOT_CONNECTED = "There is no connection to WhatsApp at the moment."
_NEVER_LEFT: tuple[tuple[str, str, bool], ...] = (
    (r"can't send message to unknown server", "This is no address that WhatsApp knows.", True),
    (r"you're not participating", "This number is no longer in the group.", True),
    (r"that group does not exist", "This group does not exist any more.", True),
    (r"info query timed out", "WhatsApp did not say in time where this message goes.", False),
)
_NOT_FOUND = re.compile(r"no LID found for")
# Asked before a message is sent; a bare "websocket not connected" may also end a second try.
_OFFLINE = (
    r"^failed to .*websocket not connected",
    r"before info query (\(retry\) )?returned response",
    r"client is nil",
    r"the store doesn't contain a device JID",
)
_MAYBE_LEFT: tuple[tuple[str, str], ...] = (
    (
        r"websocket disconnected before .*message send",
        "The connection broke before WhatsApp answered.",
    ),
    (
        r"timed out waiting for message send response",
        "WhatsApp did not answer in time.",
    ),
)
_CODES: dict[int, tuple[str, bool]] = {
    401: ("WhatsApp does not let this number write there.", True),
    403: ("This number may not write there.", True),
    404: ("WhatsApp does not know this recipient.", True),
    406: ("WhatsApp did not take this message.", True),
    420: ("This number is no longer in the group.", True),
    429: ("WhatsApp asked for a pause: too many messages in a short time.", False),
    463: (
        "WhatsApp does not let this number write to people it has not met, for now.",
        True,
    ),
    479: ("WhatsApp did not take this message for this recipient.", True),
}


def of_send(text: str) -> SendError | NotNow:
    """What to raise for the text of a failed send; a text nobody knows may have left."""
    refused = re.search(r"server returned error (\d+)", text)
    if refused:
        return _refusal(int(refused[1]))
    if _is_offline(text):
        return NotNow(_NOT_CONNECTED)
    if fault := fault_in(text):  # the store is asked only before a message leaves
        return NotNow(fault.sentence)
    if _NOT_FOUND.search(text):
        return SendError("This number is not on WhatsApp.", permanent=True, not_found=True)
    for pattern, reason, permanent in _NEVER_LEFT:
        if re.search(pattern, text):
            return SendError(reason, permanent=permanent, left=False)
    for pattern, reason in _MAYBE_LEFT:
        if re.search(pattern, text):
            return SendError(reason, permanent=False, left=None)
    return SendError(f"WhatsApp's library says: {_short(text)}", permanent=False, left=None)


def of_upload(text: str) -> SendError:
    """What to raise when a file could not be uploaded; its message never left."""
    return SendError(
        f"The file could not be brought to WhatsApp: {_short(text)}",
        permanent=False,
        left=False,
    )


def of_question(text: str) -> SendError | NotNow:
    """What to raise when WhatsApp did not answer a question, such as which groups there are."""
    if _is_offline(text) or "websocket not connected" in text:
        return NotNow(_NOT_CONNECTED)
    if fault := fault_in(text):
        return NotNow(fault.sentence)
    for pattern, reason, permanent in _NEVER_LEFT:
        if permanent and re.search(pattern, text):
            return SendError(reason, permanent=True, left=False)
    return SendError(f"WhatsApp did not answer: {_short(text)}", permanent=False, left=False)


def of_pairing(text: str) -> str:
    """A sentence for a person whose number got no pairing code."""
    if "429" in text or "rate-overlimit" in text:
        return "WhatsApp gives no more codes for this number at the moment. Try again in an hour."
    if "phone number" in text or "400" in text:
        return "WhatsApp does not take this number. Check it, with its country in front."
    return f"WhatsApp gave no code: {_short(text)} Scan the QR code instead."


def _is_offline(text: str) -> bool:
    return any(re.search(pattern, text, re.DOTALL) for pattern in _OFFLINE)


def _refusal(code: int) -> SendError:
    reason, permanent = _CODES.get(code, (f"WhatsApp refused the message (code {code}).", False))
    return SendError(reason, permanent=permanent, left=True, code=code)


def _short(text: str) -> str:
    """The text without numbers of people, on one line, as a sentence."""
    line = re.sub(r"\d{6,}(?:[.:]\d+)*(?:@[a-z.]+)?", "…", " ".join(text.split()))[:200]
    return line.rstrip(".") + "."
