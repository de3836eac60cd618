"""Files with a passphrase are as age makes them: another program's reader opens them."""

import io
from collections.abc import Iterator

import pyrage
import pytest

from wasched.adapters import age_file
from wasched.adapters.age_file import MAGIC, AgeFile, encrypted
from wasched.adapters.backup_faults import BackupError

WORDS = "correct horse battery staple"
_LIGHT = 4  # of scrypt: what is tried here is the format


def _sealed(plain: bytes) -> bytes:
    return b"".join(encrypted(_pieces(plain), WORDS, _LIGHT))


def _pieces(plain: bytes) -> Iterator[bytes]:
    for start in range(0, len(plain), 50_001):
        yield plain[start : start + 50_001]


def _opened(sealed: bytes, passphrase: str = WORDS) -> bytes:
    source = io.BytesIO(sealed)
    assert source.read(len(MAGIC)) == MAGIC
    file = AgeFile(source)
    if not file.is_opened_by(passphrase):
        raise BackupError("wrong")
    return b"".join(iter(lambda: file.read(10_000), b""))


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])
def test_age_opens_what_we_wrote_and_we_do(size: int) -> None:
    plain = bytes(index % 251 for index in range(size))

    sealed = _sealed(plain)

    assert pyrage.passphrase.decrypt(sealed, WORDS) == plain
    assert _opened(sealed) == plain


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(BackupError, match="wrong"):
        _opened(_sealed(b"secret"), "correct horse battery stable")


def test_whatever_byte_is_changed_or_missing_is_noticed() -> None:
    sealed = _sealed(b"x" * 70_000)
    for place in (*range(22, 200, 3), 300, 66_000, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(BackupError):
            _opened(bytes(changed))
    for size in (30, 150, 200, 65_800, len(sealed) - 70_000 % 65_536 - 16, len(sealed) - 1):
        with pytest.raises(BackupError):
            _opened(sealed[:size])


def test_a_file_for_keys_or_one_that_takes_for_ever_is_refused_in_words() -> None:
    key = pyrage.x25519.Identity.generate().to_public()
    slow = _sealed(b"").replace(b" %d\n" % _LIGHT, b" 40\n")

    for odd in (pyrage.encrypt(b"for a key", [key]), slow):
        with pytest.raises(BackupError, match="age -d"):
            _opened(odd)


def test_it_costs_those_who_guess_and_not_the_worker() -> None:
    assert 14 <= age_file.WORK <= 16
