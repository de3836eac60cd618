"""Poll votes: encrypted with a secret that only those have who saw the poll.

Source: whatsmeow's msgsecret.go (use case "Poll Vote").
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from time import time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256
from wasched.adapters.whatsapp.protocol.jid import LID, PN, Jid

from .protocol.protobufs import e2e
from .received import Received
from .world import Person, World


class VoteError(Exception):
    """A vote is about no poll this phone knows, or does not decrypt."""


def vote(
    voter: Person,
    poll: Received,
    world: World,
    choices: Iterable[str],
    *,
    by: str = LID,
    at_ms: int = 0,
) -> e2e.Message:
    """A vote on a poll in the voter's inbox; raises VoteError for an option it does not have.

    No choices take an earlier vote back. It is bound to addresses by LID, or by number (`by`);
    `at_ms` is when the voter's phone says that it was given (Unix milliseconds).
    """
    hashes = {option: _hash(option) for option in options_of(poll)}
    try:
        chosen = [hashes[choice] for choice in choices]
    except KeyError as fault:
        raise VoteError(f"the poll has no option {fault}") from None
    author, own = world.person(poll.sender).jid(by), voter.jid(by)
    plain = e2e.PollVoteMessage(selectedOptions=chosen).SerializeToString()
    iv = os.urandom(12)
    key, bound = _key(_secret(poll), poll.id, author, own)
    message = e2e.Message()
    update = message.pollUpdateMessage
    update.pollCreationMessageKey.ID = poll.id
    update.pollCreationMessageKey.fromMe = False
    is_group = "@" in poll.chat
    update.pollCreationMessageKey.remoteJID = poll.chat if is_group else str(author)
    if is_group:
        update.pollCreationMessageKey.participant = str(author)
    update.senderTimestampMS = at_ms or int(time() * 1000)
    update.vote.encIV = iv
    update.vote.encPayload = AESGCM(key).encrypt(iv, plain, bound)
    return message


def read_vote(reader: Person, world: World, received: Received) -> tuple[str, ...]:
    """The options that a vote chose; raises VoteError."""
    known = [*reader.inbox, *reader.outbox]
    poll = next((one for one in known if one.id == received.about), None)
    if poll is None:
        raise VoteError(f"the vote {received.id} is about no poll of {reader.phone}")
    update = received.content.pollUpdateMessage
    chosen = _open(update.vote, poll, world.person(poll.sender), world.person(received.sender))
    return tuple(option for option in options_of(poll) if _hash(option) in chosen)


def options_of(poll: Received) -> list[str]:
    """The options of a poll, as people read them."""
    if poll.kind != "poll":
        raise VoteError(f"{poll.id} is no poll")
    return [option.optionName for option in getattr(poll.content, poll.field).options]


def _open(
    vote: e2e.PollEncValue, poll: Received, author: Person, voter: Person
) -> frozenset[bytes]:
    """Try both address spaces: which one a client binds a vote to depends on the chat."""
    for theirs in (LID, PN):
        for ours in (LID, PN):
            key, bound = _key(_secret(poll), poll.id, author.jid(theirs), voter.jid(ours))
            try:
                plain = AESGCM(key).decrypt(vote.encIV, vote.encPayload, bound)
            except (InvalidTag, ValueError):
                continue
            return frozenset(e2e.PollVoteMessage.FromString(plain).selectedOptions)
    raise VoteError(f"a vote on {poll.id} does not decrypt")


def _key(secret: bytes, poll_id: str, author: Jid, voter: Jid) -> tuple[bytes, bytes]:
    info = f"{poll_id}{author}{voter}Poll Vote".encode()
    return hkdf_sha256(secret, 32, info=info), f"{poll_id}\0{voter}".encode()


def _secret(poll: Received) -> bytes:
    message = poll.message or e2e.Message()
    outer: bytes = message.messageContextInfo.messageSecret
    return outer or poll.content.messageContextInfo.messageSecret


def _hash(option: str) -> bytes:
    return hashlib.sha256(option.encode()).digest()
