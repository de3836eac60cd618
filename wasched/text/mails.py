"""What e-mails of this server say, in English."""

from wasched.domain.mail import Mail

_NEW_PASSWORD = """Hello {name},

somebody asked for a new password for you at {site}.
If it was you, choose it here, once, within an hour:

{site}/new-password?link={token}

If it was not you, do nothing. Your password stays as it is.
"""


def password_mail(name: str, email: str, site: str, token: str) -> Mail:
    """The e-mail with a link to a new password; `site` is the address people type."""
    text = _NEW_PASSWORD.format(name=name, site=site, token=token)
    return Mail(email, "A new password for wasched", text)
