"""Votes in polls, which are encrypted with a secret that only those have who saw the poll.

Source: whatsmeow's msgsecret.go (use case "Poll Vote"): AES-256-GCM under a key by HKDF-SHA256.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from itertools import product

from wasched.services.ports import SealedVote

_OPTION_TAG, _OPTION_BYTES = 0x0A, 32
"""How protobuf writes a `selectedOptions` of a PollVoteMessage."""


def open_vote(vote: SealedVote) -> tuple[str, ...] | None:
    """The hashes (hex) of the options that a vote chose, none if it was taken back.

    None if it cannot be read. Which of the two addresses of a person it is bound to depends on
    their phone, so both are tried.
    """
    from cryptography.exceptions import InvalidTag  # 5 MB, and most servers send no polls
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for author, voter in product(vote.authors, vote.voters):
        key = _key(vote.secret, f"{vote.poll_id}{author}{voter}Poll Vote".encode())
        try:
            plain = AESGCM(key).decrypt(vote.iv, vote.body, f"{vote.poll_id}\0{voter}".encode())
            return tuple(_options(plain))
        except (InvalidTag, ValueError):
            continue
    return None


def _key(secret: bytes, info: bytes) -> bytes:
    """HKDF (RFC 5869) without salt, for one block."""
    extracted = hmac.digest(bytes(32), secret, sha256)
    return hmac.digest(extracted, info + b"\x01", sha256)


def _options(plain: bytes) -> Iterable[str]:
    """The hashes in a PollVoteMessage; ValueError if it is none."""
    size = 2 + _OPTION_BYTES
    for start in range(0, len(plain), size):
        tag, length, option = plain[start], plain[start + 1 : start + 2], plain[start + 2 :][:32]
        if tag != _OPTION_TAG or length != bytes([_OPTION_BYTES]) or len(option) < _OPTION_BYTES:
            raise ValueError("Not the options of a vote.")
        yield option.hex()
