"""What is said where a browser gives or makes no passkey, by what scripts/passkeys.js calls it."""

SENTENCES = {
    "insecure": "Passkeys take an encrypted page: open this server by https.",
    "none": "This browser has no passkeys. Try another one.",
    "elsewhere": "Passkeys of this server are for {origin} alone. Open it there; if that is not "
    "its address, PUBLIC_URL has to say which is.",
    "NotAllowedError": "No passkey came: it was cancelled, took too long, or there is none here. "
    "A passkey works only at the address where it was made.",
    "InvalidStateError": "A passkey of yours for this server is there already.",
    "other": "That did not work. Try again, or in another browser.",
}
"""`NotAllowedError` and `InvalidStateError` are the browser's own (WebAuthn, 5.1.3 and 5.1.4)."""


def passkey_sentence(error: str, origin: str) -> str:
    """What a person is told of a browser's error; `origin` is the address of this server."""
    return SENTENCES.get(error, SENTENCES["other"]).format(origin=origin)
