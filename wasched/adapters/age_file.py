"""Files encrypted with a passphrase as age does it, a piece at a time: `age -d` opens them.

The format is age-encryption.org/v1 (C2SP, age.md). What age libraries there are for Python take a
file with a passphrase into memory as a whole, and as much more for the passphrase as they please.
"""

import hashlib
import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from typing import Protocol

from wasched.adapters.backup_faults import BackupError
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256

MAGIC = b"age-encryption.org/v1\n"
WORK = 16
"""scrypt takes 2 to the power of this times 1,024 bytes: 64 MB, beside all that a worker holds."""

_WORK_MAX = 20
_LABEL = b"age-encryption.org/v1/scrypt"
_CHUNK, _TAG = 64 * 1024, 16
_STANZA = re.compile(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9]\d?)\n([A-Za-z0-9+/]{43})\n")
_MAC = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")
_LINE_MAX, _NONCE = 200, 16


class Source(Protocol):
    """What bytes are read from, as from a file."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""
        ...


def encrypted(chunks: Iterable[bytes], passphrase: str, work: int = WORK) -> Iterator[bytes]:
    """The same bytes, for those alone who know the passphrase."""
    key, salt = os.urandom(16), os.urandom(16)
    wrapped = _cipher(_stretched(passphrase, salt, work)).encrypt(bytes(12), key, None)
    head = MAGIC + b"-> scrypt %s %d\n%s\n---" % (_plain(salt), work, _plain(wrapped))
    yield head + b" " + _plain(_mac(key, head)) + b"\n"
    nonce = os.urandom(_NONCE)
    yield nonce
    cipher = _cipher(hkdf_sha256(key, 32, salt=nonce, info=b"payload"))
    for number, (chunk, is_last) in enumerate(_of_one_size(chunks)):
        yield cipher.encrypt(_counter(number, is_last), chunk, None)


def opened_archive(source: Source, passphrases: Iterable[str]) -> Source:
    """What is in a file, encrypted or not; BackupError if none of the passphrases opens it."""
    head = _exactly(source, len(MAGIC))
    if head != MAGIC:
        return _Joined(head, source)
    file = AgeFile(source)
    if any(file.is_opened_by(one) for one in passphrases):
        return file
    raise BackupError(
        "The back-up is encrypted, and that passphrase does not open it. Nothing was changed. "
        "Without its passphrase nobody can open it."
    )


class AgeFile:
    """What is in an encrypted file, read once from front to end.

    BackupError where it was not made with a passphrase, or is damaged.
    """

    def __init__(self, source: Source) -> None:
        """The source stands behind MAGIC, by which such a file is known."""
        self._source = source
        stanza, mac = self._line() + self._line(), self._line()
        self._head = MAGIC + stanza + mac[:3]
        found, self._mac = _STANZA.fullmatch(stanza), _MAC.fullmatch(mac)
        if found is None or self._mac is None or int(found[2]) > _WORK_MAX:
            raise BackupError(
                "The archive was encrypted for keys, or in a way that no passphrase opens. "
                "Decrypt it with `age -d`, then restore what comes of it."
            )
        self._salt, self._work, self._wrapped = _bytes(found[1]), int(found[2]), _bytes(found[3])
        self._number, self._kept, self._ahead, self._is_over = 0, b"", b"", False

    def is_opened_by(self, passphrase: str) -> bool:
        """True if this passphrase opens it, as it has done then."""
        from cryptography.exceptions import InvalidTag

        try:
            stretched = _stretched(passphrase, self._salt, self._work)
            key = _cipher(stretched).decrypt(bytes(12), self._wrapped, None)
        except InvalidTag:
            return False
        assert self._mac is not None
        if not hmac.compare_digest(_mac(key, self._head), _bytes(self._mac[1])):
            raise _damaged()
        payload = hkdf_sha256(key, 32, salt=self._exactly(_NONCE), info=b"payload")
        self._cipher = _cipher(payload)
        self._ahead = self._exactly(_CHUNK + _TAG)
        return True

    def read(self, size: int) -> bytes:
        """So many bytes at most, none at the end."""
        while not self._kept and not self._is_over:
            self._kept = self._next()
        found, self._kept = self._kept[:size], self._kept[size:]
        return found

    def _next(self) -> bytes:
        from cryptography.exceptions import InvalidTag

        sealed, self._ahead = self._ahead, self._exactly(_CHUNK + _TAG)
        self._is_over = not self._ahead
        try:
            opened: bytes = self._cipher.decrypt(
                _counter(self._number, self._is_over), sealed, None
            )
        except (InvalidTag, ValueError):
            raise _damaged() from None
        self._number += 1
        return opened

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n") and len(line) < _LINE_MAX:
            found = self._source.read(1)
            if not found:
                break
            line += found
        return line

    def _exactly(self, size: int) -> bytes:
        return _exactly(self._source, size)


class _Joined:
    """Bytes that were read already, and the rest."""

    def __init__(self, head: bytes, rest: Source) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        found, self._head = self._head[:size], self._head[size:]
        return found or self._rest.read(size)


def _exactly(source: Source, size: int) -> bytes:
    """So many bytes, fewer only at the end of the source."""
    found = bytearray()
    while len(found) < size and (more := source.read(size - len(found))):
        found += more
    return bytes(found)


def _of_one_size(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Pieces of 64 KB, and whether each is the last one, which alone may be shorter."""
    kept = bytearray()
    for chunk in chunks:
        kept += chunk
        while len(kept) > _CHUNK:
            yield bytes(kept[:_CHUNK]), False
            del kept[:_CHUNK]
    yield bytes(kept), True


def _counter(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    count = 1 << work
    return hashlib.scrypt(
        passphrase.encode(),
        salt=_LABEL + salt,
        n=count,
        r=8,
        p=1,
        maxmem=count * 1024 + (1 << 20),
        dklen=32,
    )


def _mac(key: bytes, head: bytes) -> bytes:
    return hmac.digest(hkdf_sha256(key, 32, info=b"header"), head, "sha256")


def _cipher(key: bytes):  # type: ignore[no-untyped-def]
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # by few, and rarely

    return ChaCha20Poly1305(key)


def _plain(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _bytes(plain: bytes) -> bytes:
    return b64decode(plain + b"=" * (-len(plain) % 4))


def _damaged() -> BackupError:
    return BackupError("The archive is damaged: it was changed since. Take another one.")
