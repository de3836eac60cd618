"""X25519 against RFC 7748, edwards25519 against RFC 8032, XEdDSA against libsignal's own tests."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wasched.adapters.whatsapp.protocol.curve import KeyPair, verify
from wasched.adapters.whatsapp.protocol.edwards import encode_point, multiply_base

RFC_7748_5_2 = [
    (
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    ),
    (
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    ),
]

# libsignal-protocol-java, Curve25519Test.testSignature; its signature carries the sign bit on top
SIGNER = bytes.fromhex("ab7e717d4a163b7d9a1d8071dfe9dcf8cdcd1cea3339b6356be84d887e322c64")
SIGNED = bytes.fromhex("05edce9d9c415ca78cb7252e72c2c4a554d3eb29485a0e1d503118d1a82d99fb4a")
SIGNATURE = bytes.fromhex(
    "5de88ca9a89b4a115da79109c67c9c7464a3e4180274f1cb8c63c2984e286dfb"
    "ede82deb9dcd9fae0bfbb821569b3d9001bd8130cd11d486cef047bd60b86e88"
)

keys = st.binary(min_size=32, max_size=32).map(KeyPair.from_private)


@pytest.mark.parametrize(("scalar", "point", "product"), RFC_7748_5_2)
def test_x25519_agrees_as_the_rfc_says(scalar, point, product):
    pair = KeyPair.from_private(bytes.fromhex(scalar))

    assert pair.agree(bytes.fromhex(point)).hex() == product


def test_a_key_of_small_order_is_refused():
    with pytest.raises(ValueError, match="shared key"):
        KeyPair.generate().agree(bytes(32))


def test_a_private_key_is_not_shown():
    pair = KeyPair.generate()

    assert repr(pair.private) not in repr(pair)


def test_the_base_point_is_multiplied_as_the_rfc_says():
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    digest = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    scalar = digest % (1 << 254) & ~7 | 1 << 254  # RFC 8032, section 5.1.5

    public = encode_point(multiply_base(scalar))  # section 7.1, test 1

    assert public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_xeddsa_signs_as_libsignal_does():
    private = bytes(8) + bytes([189]) + bytes(22) + bytes([64])  # xeddsa_fast_test of curve25519

    signature = KeyPair.from_private(private).sign(bytes(200), nonce=bytes(64))

    assert signature.hex() == (
        "11c7f3e6c4df9e8a5150e1db3b30f92de3a3b3aa438656545fa7390f4bcc7bb2"
        "6c431d9e90643e4f0eaa0e9c557766fa69ada576d63dcaf2ac326c11d0b97702"
    )


def test_a_signature_of_libsignal_verifies():
    assert verify(SIGNER, SIGNED, SIGNATURE)


def test_a_signature_with_any_byte_altered_does_not_verify():
    for at in range(64):
        altered = SIGNATURE[:at] + bytes([SIGNATURE[at] ^ 1]) + SIGNATURE[at + 1 :]
        assert not verify(SIGNER, SIGNED, altered), f"byte {at}"


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        (SIGNER[:31], SIGNATURE),
        (SIGNER, SIGNATURE[:63]),
        (SIGNER, b""),
        (b"\xff" * 31 + b"\x7f", SIGNATURE),
        ((2**255 - 20).to_bytes(32, "little"), SIGNATURE),
    ],
    ids=["short key", "short signature", "no signature", "unreduced key", "minus one"],
)
def test_what_is_no_key_or_no_signature_does_not_verify(public, signature):
    assert not verify(public, SIGNED, signature)


@settings(max_examples=25, deadline=None)
@given(pair=keys, message=st.binary(max_size=200))
def test_what_a_key_signs_verifies_with_that_key_alone(pair, message):
    signature = pair.sign(message)

    assert verify(pair.public, message, signature)
    assert not verify(pair.public, message + b"!", signature)
    assert not verify(KeyPair.generate().public, message, signature)


@settings(max_examples=25, deadline=None)
@given(ours=keys, theirs=keys)
def test_both_sides_agree(ours, theirs):
    assert ours.agree(theirs.public) == theirs.agree(ours.public)
