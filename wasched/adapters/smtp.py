"""Handing e-mails to a mail server, by SMTP (RFC 5321)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from wasched.domain.errors import MailError
from wasched.domain.mail import Mail, MailServer

_WAIT_S = 20.0


class SmtpMailer:
    """Sends each e-mail over a connection of its own."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def send(self, mail: Mail) -> None:
        """Hand one over; MailError says why it was not taken."""
        if parseaddr(mail.to)[1] != mail.to:  # it would go elsewhere, or to others as well
            raise MailError("This address is none that e-mails go to.", permanent=True)
        try:
            with self._connected() as line:
                line.send_message(self._message(mail), self._server.sender, [mail.to])
        except smtplib.SMTPRecipientsRefused as fault:
            [(code, _words)] = fault.recipients.values()
            raise MailError(
                f"The mail server does not take the address ({code}).", permanent=code >= 500
            ) from None
        except smtplib.SMTPAuthenticationError:
            raise MailError("The mail server refuses the user or password of SMTP_URL.") from None
        except smtplib.SMTPNotSupportedError as fault:
            raise MailError(f"The mail server cannot do what is needed: {fault}") from None
        except smtplib.SMTPResponseException as fault:
            raise MailError(f"The mail server answered with {fault.smtp_code}.") from None
        except (OSError, smtplib.SMTPException) as fault:
            raise MailError(f"The mail server cannot be reached: {fault}") from None

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server, safe = self._server, ssl.create_default_context()
        where = server.host, server.port
        with (
            smtplib.SMTP_SSL(*where, timeout=_WAIT_S, context=safe)
            if server.begins_with_tls
            else smtplib.SMTP(*where, timeout=_WAIT_S)
        ) as line:
            # Whoever sits on the way may hide that a server can do it, so it is not left to that.
            if server.needs_tls and not server.begins_with_tls:
                line.starttls(context=safe)
            if server.user:
                line.login(server.user, server.password)
            yield line

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._server.sender, mail.to
        message["Subject"], message["Date"] = mail.subject, formatdate()
        message["Message-ID"] = make_msgid(domain=self._server.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of an absent person
        message.set_content(mail.text)
        return message
