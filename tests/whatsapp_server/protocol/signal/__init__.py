"""The Signal protocol as WhatsApp uses it: X3DH, the double ratchet and sender keys, both roles."""

from .device import Device, SignedPreKey, identity_of
from .errors import DuplicateMessageError, InvalidMessageError, NoSessionError, SignalError
from .x3dh import PreKeyBundle

__all__ = [
    "Device",
    "DuplicateMessageError",
    "InvalidMessageError",
    "NoSessionError",
    "PreKeyBundle",
    "SignalError",
    "SignedPreKey",
    "identity_of",
]
