"""Votes in polls, which are encrypted with a secret that only those have who saw the poll.

Source: whatsmeow's msgsecret.go (use case "Poll Vote"): AES-256-GCM under a key by HKDF-SHA256.
"""

from collections.abc import Iterable
from itertools import product

from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256
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
        about = f"{vote.poll_id}{author}{voter}Poll Vote".encode()
        key = hkdf_sha256(vote.secret, 32, info=about)
        try:
            plain = AESGCM(key).decrypt(vote.iv, vote.body, f"{vote.poll_id}\0{voter}".encode())
            return tuple(_options(plain))
        except (InvalidTag, ValueError):
            continue
    return None


def _options(plain: bytes) -> Iterable[str]:
    """The hashes in a PollVoteMessage; ValueError if it is none."""
    size = 2 + _OPTION_BYTES
    for start in range(0, len(plain), size):
        tag, length, option = plain[start], plain[start + 1 : start + 2], plain[start + 2 :][:32]
        if tag != _OPTION_TAG or length != bytes([_OPTION_BYTES]) or len(option) < _OPTION_BYTES:
            raise ValueError("Not the options of a vote.")
        yield option.hex()
