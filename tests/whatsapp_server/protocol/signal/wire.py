"""The four messages of the Signal protocol on the wire: a version byte, then a protobuf.

Field numbers and the version byte are those of libsignal's wire.proto for session version 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import InvalidMessageError

VERSION = b"\x33"  # speaks version 3, made by version 3
_CURVE25519 = b"\x05"  # the type byte before each public key
_VARINT, _BYTES = 0, 2
_LONGEST_VARINT = 10

Fields = dict[int, int | bytes]


@dataclass(frozen=True)
class WhisperMessage:
    """One message of a session; a MAC of 8 bytes follows it."""

    ratchet_key: bytes
    counter: int
    previous_counter: int
    ciphertext: bytes

    def encode(self) -> bytes:
        """Version byte and protobuf."""
        key = _CURVE25519 + self.ratchet_key
        return _encode({1: key, 2: self.counter, 3: self.previous_counter, 4: self.ciphertext})

    @classmethod
    def decode(cls, message: bytes) -> WhisperMessage:
        """Read it; raises InvalidMessageError."""
        fields = _decode(message)
        return cls(_key(fields, 1), _number(fields, 2), _number(fields, 3), _blob(fields, 4))


@dataclass(frozen=True)
class PreKeyWhisperMessage:
    """The first messages of a session: what X3DH needs, around a WhisperMessage with its MAC."""

    prekey_id: int | None
    base_key: bytes
    identity: bytes
    message: bytes
    registration_id: int
    signed_prekey_id: int

    def encode(self) -> bytes:
        """Version byte and protobuf."""
        fields: Fields = {} if self.prekey_id is None else {1: self.prekey_id}
        base, identity = _CURVE25519 + self.base_key, _CURVE25519 + self.identity
        fields |= {2: base, 3: identity, 4: self.message}
        return _encode(fields | {5: self.registration_id, 6: self.signed_prekey_id})

    @classmethod
    def decode(cls, message: bytes) -> PreKeyWhisperMessage:
        """Read it; raises InvalidMessageError."""
        fields = _decode(message)
        return cls(
            _number(fields, 1) if 1 in fields else None,
            _key(fields, 2),
            _key(fields, 3),
            _blob(fields, 4),
            _number(fields, 5),
            _number(fields, 6),
        )


@dataclass(frozen=True)
class SenderKeyMessage:
    """One message to a group; a signature of 64 bytes follows it."""

    key_id: int
    iteration: int
    ciphertext: bytes

    def encode(self) -> bytes:
        """Version byte and protobuf."""
        return _encode({1: self.key_id, 2: self.iteration, 3: self.ciphertext})

    @classmethod
    def decode(cls, message: bytes) -> SenderKeyMessage:
        """Read it; raises InvalidMessageError."""
        fields = _decode(message)
        return cls(_number(fields, 1), _number(fields, 2), _blob(fields, 3))


@dataclass(frozen=True)
class SenderKeyDistributionMessage:
    """A sender key on its way to one member of a group."""

    key_id: int
    iteration: int
    chain_key: bytes
    signing_key: bytes

    def encode(self) -> bytes:
        """Version byte and protobuf."""
        signing_key = _CURVE25519 + self.signing_key
        return _encode({1: self.key_id, 2: self.iteration, 3: self.chain_key, 4: signing_key})

    @classmethod
    def decode(cls, message: bytes) -> SenderKeyDistributionMessage:
        """Read it; raises InvalidMessageError."""
        fields = _decode(message)
        return cls(_number(fields, 1), _number(fields, 2), _blob(fields, 3), _key(fields, 4))


def _encode(fields: Fields) -> bytes:
    return VERSION + b"".join(_field(number, value) for number, value in fields.items())


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | _VARINT) + _varint(value)
    return _varint(number << 3 | _BYTES) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])


def _decode(message: bytes) -> Fields:
    if message[:1] != VERSION:
        raise InvalidMessageError(f"{message[:1]!r} is not the version byte of a Signal message")
    fields: Fields = {}
    at = 1
    while at < len(message):
        head, at = _read_varint(message, at)
        number, at = _read_varint(message, at)
        if head & 7 == _BYTES:
            fields[head >> 3] = message[at : at + number]
            at += number
        elif head & 7 == _VARINT:
            fields[head >> 3] = number
        else:
            raise InvalidMessageError(f"wire type {head & 7} is not used by Signal")
    if at > len(message):
        raise InvalidMessageError("a Signal message is cut short")
    return fields


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return value, at + index + 1
    raise InvalidMessageError("a number in a Signal message does not end")


def _number(fields: Fields, number: int) -> int:
    value = fields.get(number, 0)  # Go's and Java's libsignal leave out zeros
    if isinstance(value, bytes):
        raise InvalidMessageError(f"field {number} of a Signal message is no number")
    return value


def _blob(fields: Fields, number: int) -> bytes:
    value = fields.get(number)
    if not isinstance(value, bytes):
        raise InvalidMessageError(f"field {number} of a Signal message is missing")
    return value


def _key(fields: Fields, number: int) -> bytes:
    value = _blob(fields, number)
    if len(value) != 33 or value[:1] != _CURVE25519:
        raise InvalidMessageError(f"field {number} of a Signal message is no public key")
    return value[1:]
