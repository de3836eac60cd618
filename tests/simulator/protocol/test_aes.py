"""AES-CBC and AES-CTR against NIST SP 800-38A, and the padding rules of PKCS#7."""

import pytest

from wasched.adapters.whatsapp.protocol.aes import PaddingError, cbc_decrypt, cbc_encrypt, ctr

KEY = bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
BLOCK = bytes.fromhex("6bc1bee22e409f96e93d7e117393172a")


def test_cbc_encrypts_as_nist_says():
    ciphertext = cbc_encrypt(KEY, bytes(range(16)), BLOCK)  # F.2.5, first block

    assert ciphertext[:16].hex() == "f58c4c04d6e5f1ba779eabfb5f7bfbd6"


def test_ctr_encrypts_as_nist_says():
    ciphertext = ctr(KEY, bytes(range(0xF0, 0x100)), BLOCK)  # F.5.5, first block

    assert ciphertext.hex() == "601ec313775789a5b7a7f504bbf3d228"


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 1000])
def test_any_length_comes_back(length):
    plaintext = bytes(range(256)) * 4

    ciphertext = cbc_encrypt(KEY, bytes(16), plaintext[:length])

    assert len(ciphertext) == length // 16 * 16 + 16
    assert cbc_decrypt(KEY, bytes(16), ciphertext) == plaintext[:length]


@pytest.mark.parametrize("damaged", [b"", b"short", bytes(16)], ids=["none", "no block", "no pad"])
def test_what_is_not_padded_is_refused(damaged):
    with pytest.raises(PaddingError):
        cbc_decrypt(KEY, bytes(16), damaged)
