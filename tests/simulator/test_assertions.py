"""What the loopback server takes for a shown passkey, and what it refuses."""

import json

import pytest

from tests.whatsapp_server.assertions import AssertionRefusedError, check_assertion
from tests.whatsapp_server.authenticator import Passkey

OPTIONS = {"challenge": "c29tZXRoaW5nIHJhbmRvbQ"}


def judge(passkey: Passkey, answer: dict[str, object]) -> Passkey:
    body = json.dumps(answer).encode()
    return check_assertion([passkey], body, passkey.id, OPTIONS["challenge"])


def test_the_accounts_own_passkey_is_taken():
    passkey = Passkey()

    assert judge(passkey, passkey.sign(OPTIONS)) is passkey


@pytest.mark.parametrize(
    "wrongly",
    [
        {"origin": "https://example.org"},
        {"rp_id": "example.org"},
        {"kind": "webauthn.create"},
        {"flags": 0x01},
        {"flags": 0x04},
    ],
    ids=str,
)
def test_what_was_made_otherwise_is_refused(wrongly):
    passkey = Passkey()

    with pytest.raises(AssertionRefusedError):
        judge(passkey, passkey.sign(OPTIONS, **wrongly))


def test_an_answer_to_another_request_is_refused():
    passkey = Passkey()

    with pytest.raises(AssertionRefusedError, match="challenge"):
        judge(passkey, passkey.sign({"challenge": "AAAA"}))


def test_the_signature_of_another_passkey_is_refused():
    passkey, other = Passkey(), Passkey()

    with pytest.raises(AssertionRefusedError):
        judge(passkey, {**other.sign(OPTIONS), "id": passkey.sign(OPTIONS)["id"]})
    with pytest.raises(AssertionRefusedError, match="no passkey of this account"):
        check_assertion([other], b"{}", passkey.id, OPTIONS["challenge"])
