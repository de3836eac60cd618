"""E-mails as a real mail server takes them, or does not."""

from dataclasses import replace

import pytest

from tests.mailbox import mailbox
from tests.ports import free_port
from wasched.adapters.smtp import SmtpMailer
from wasched.domain.errors import MailError
from wasched.domain.mail import Mail, read_mail_server

MAIL = Mail("ines@choir.example", "Für dich", "Grüße\nvon hier\n")


def test_a_mail_arrives_as_it_was_written_and_only_where_it_is_meant_for() -> None:
    with mailbox() as kept:
        server = read_mail_server(kept.url, "wasched.example.org")
        SmtpMailer(server).send(MAIL)
        for odd in ("a@b.example,evil@x.example", "a<b@c.example>", "a@b.example\nBcc:c@d.example"):
            with pytest.raises(MailError, match="none that e-mails go to"):
                SmtpMailer(server).send(replace(MAIL, to=odd))

        first = kept.mails[0]
        assert (first["To"], first["Subject"]) == (MAIL.to, MAIL.subject)
        assert first["From"] == "wasched@wasched.example.org"
        assert first["Auto-Submitted"] == "auto-generated"
        assert first.get_content().replace("\r\n", "\n") == MAIL.text
        assert kept.sent_to == [MAIL.to]


def test_what_keeps_it_from_being_sent_is_said_and_whether_to_try_again() -> None:
    with mailbox() as kept:
        server = read_mail_server(kept.url, "wasched.example.org")

        def refused(**changed: object) -> MailError:
            with pytest.raises(MailError) as fault:
                SmtpMailer(replace(server, **changed)).send(MAIL)  # type: ignore[arg-type]
            return fault.value

        assert "cannot do what is needed" in str(refused(needs_tls=True)), "no TLS, no mail"
        assert "cannot do what is needed" in str(refused(user="ines", password="secret"))
        assert "cannot be reached" in str(refused(port=free_port()))
        kept.refusal = "550 nobody here"
        assert refused().permanent
        kept.refusal = "451 later"
        assert not refused().permanent
        assert kept.mails == []
