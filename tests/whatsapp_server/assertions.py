"""What a server checks of a WebAuthn assertion (W3C Web Authentication, Level 3, section 7.2)."""

from __future__ import annotations

import json

from webauthn import verify_authentication_response
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException

from .authenticator import ORIGIN, RP_ID, Passkey

_ORIGINS = [ORIGIN, "https://www.whatsapp.com", "https://whatsapp.com"]


class AssertionRefusedError(Exception):
    """The assertion does not prove that the passkey's owner was there just now."""


def check_assertion(
    passkeys: list[Passkey], body: bytes, credential: bytes, challenge: str
) -> Passkey:
    """Whose passkey signed this challenge; raises AssertionRefusedError with what is wrong."""
    passkey = next((one for one in passkeys if one.id == credential), None)
    if passkey is None:
        raise AssertionRefusedError("no passkey of this account")
    try:
        verified = verify_authentication_response(
            credential=json.loads(body),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=RP_ID,
            expected_origin=_ORIGINS,
            credential_public_key=passkey.cose,
            credential_current_sign_count=passkey.count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise AssertionRefusedError(str(fault)) from fault
    if verified.credential_id != passkey.id:
        raise AssertionRefusedError("credential_id and rawId differ")
    return passkey
