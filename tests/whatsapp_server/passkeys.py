"""The passkey gate: some accounts have to show one before a device may be linked.

Source: whatsmeow's pair-passkey.go. Only the request is here; no client under test can answer it.
"""

from __future__ import annotations

import json

from wasched.adapters.whatsapp.protocol.node import Node

from .stanzas import notification

_OPTIONS = {
    "challenge": "AAAA",
    "timeout": 60_000,
    "rpId": "whatsapp.com",
    "allowCredentials": [],
    "userVerification": "required",
}


def passkey_request() -> Node:
    """The server's word that the account's owner must show a passkey."""
    options = Node("passkey_request_options", {}, json.dumps(_OPTIONS).encode())
    return notification("passkey_prologue_request", [options])
