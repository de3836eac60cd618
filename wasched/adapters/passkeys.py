"""Looking at what passkeys say, by the library that knows their formats."""

from cryptography.exceptions import UnsupportedAlgorithm
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException

from wasched.domain.passkey import PasskeyAnswer, PasskeyKey, PasskeySite, unusable_passkey

_ODD = (
    *(WebAuthnException, UnsupportedAlgorithm, ValueError, LookupError, TypeError),
    *(AttributeError, ArithmeticError, RecursionError),
)
"""What the library raises on answers that somebody made up."""


class WebAuthnPasskeys:
    """Every answer has to be for our site, and by somebody who unlocked the passkey."""

    def read_made(
        self, answer: PasskeyAnswer, site: PasskeySite, algorithms: tuple[int, ...]
    ) -> PasskeyKey:
        """The passkey that was made; InputError if the answer is not what was asked for."""
        try:
            made = verify_registration_response(
                credential=answer.text,
                expected_challenge=answer.challenge,
                expected_rp_id=site.host,
                expected_origin=site.origin,
                require_user_verification=True,
                supported_pub_key_algs=[COSEAlgorithmIdentifier(one) for one in algorithms],
            )
        except _ODD as fault:
            raise unusable_passkey() from fault
        credential_id = bytes_to_base64url(made.credential_id)
        return PasskeyKey(credential_id, made.credential_public_key, made.sign_count)

    def read_given(self, answer: PasskeyAnswer, site: PasskeySite, known: PasskeyKey) -> int:
        """How often the passkey has signed; InputError unless this one signed what was asked."""
        try:
            given = verify_authentication_response(
                credential=answer.text,
                expected_challenge=answer.challenge,
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=known.public_key,
                credential_current_sign_count=known.sign_count,
                require_user_verification=True,
            )
        except _ODD as fault:
            raise unusable_passkey() from fault
        return given.new_sign_count
