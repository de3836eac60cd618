"""The secrets that deliveries to webhooks are signed with, as the Standard Webhooks write them."""

import base64
import secrets

SECRET_BEGINS = "whsec_"

_BYTES = 32  # the specification asks for 24 to 64


def make_secret() -> str:
    """A new secret, as it is shown to who receives."""
    return SECRET_BEGINS + base64.b64encode(secrets.token_bytes(_BYTES)).decode()
