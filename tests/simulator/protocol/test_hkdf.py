"""HKDF-SHA256 against the test cases of RFC 5869, appendix A."""

import pytest

from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256

CASES = {
    "A.1 basic": (
        "0b" * 22,
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    "A.2 longer": (
        bytes(range(0x50)).hex(),
        bytes(range(0x60, 0xB0)).hex(),
        bytes(range(0xB0, 0x100)).hex(),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c6"
        "5e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    ),
    "A.3 no salt, no info": (
        "0b" * 22,
        "",
        "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_derived_keys_are_those_of_the_rfc(case):
    secret, salt, info, expected = (bytes.fromhex(text) for text in case)

    assert hkdf_sha256(secret, len(expected), salt=salt, info=info) == expected


def test_more_than_255_blocks_are_refused():
    with pytest.raises(ValueError, match="8160"):
        hkdf_sha256(b"secret", 255 * 32 + 1)
