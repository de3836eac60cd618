"""The worker's e-mails: what waits is sent, one after another, and again while none is taken."""

import logging
import threading

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import MailError
from wasched.services.identity import password_requests
from wasched.services.ports import Mailer
from wasched.text.mails import password_mail

log = logging.getLogger(__name__)

_sending = threading.Lock()


def send_waiting() -> None:
    """Mail the links to new passwords that somebody waits for; the next minute tries again."""
    mailer = bootstrap.mailer()
    if mailer is None:
        return
    with _sending:
        try:
            for request_id in bootstrap.answer(password_requests.waiting_requests):
                _answer(mailer, request_id)
        except MailError as fault:
            log.error("An e-mail waits: %s", fault)


def is_any_waiting() -> bool:
    """True if somebody waits for an e-mail."""
    return bool(bootstrap.answer(password_requests.waiting_requests))


def _answer(mailer: Mailer, request_id: int) -> None:
    # The token is nowhere but in the e-mail. One that is made again makes the one before worthless.
    link = bootstrap.transaction(
        lambda session, now: password_requests.link_to_mail(session, request_id, now)
    )
    if link is None:
        return
    try:
        mailer.send(password_mail(link.name, link.email, settings().public_url, link.token))
    except MailError as fault:
        if not fault.permanent:
            raise
        log.error("An e-mail was not taken: %s", fault)
    bootstrap.transaction(
        lambda session, _now: password_requests.finish_request(session, request_id)
    )
