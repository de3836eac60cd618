"""Who wants a link to a new password by e-mail; the worker looks whether there is anybody.

Whoever asks makes the api do the same for every e-mail, known or not, and learns nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.models import PasswordRequest
from wasched.services import effects
from wasched.services.identity import password_links, users
from wasched.services.identity.guess_limits import Limit, count_try

_PER_EMAIL = (Limit(3, timedelta(hours=1)),)  # nobody's mailbox is filled by who knows it


@dataclass(frozen=True)
class LinkToMail:
    """A link for somebody, whom it goes to."""

    name: str
    email: str
    token: str


def ask_for_link(session: Session, typed: str, address: str, now: datetime) -> None:
    """Have a link mailed to whoever signs in with this e-mail, if anybody does.

    InputError if it is no e-mail; SignInError after too many, of one e-mail or from one address.
    """
    email = users.check_email(typed)
    count_try(session, [f"password-link-from:{address}"], now)
    count_try(session, [f"password-link:{email}"], now, _PER_EMAIL)
    # One e-mail answers all that wait: a newer link would make the older ones worthless.
    session.execute(delete(PasswordRequest).where(col(PasswordRequest.email) == email))
    session.add(PasswordRequest(email=email, at=now))
    effects.mail_links(session)


def waiting_requests(session: Session, now: datetime) -> list[int]:
    """The ids of those that wait, the oldest first."""
    rows = select(PasswordRequest.id).where(col(PasswordRequest.at) > now - users.MAIL_WAITS)
    return [one or 0 for one in session.scalars(rows.order_by(col(PasswordRequest.id)))]


def link_to_mail(session: Session, request_id: int, now: datetime) -> LinkToMail | None:
    """The link that answers a request; None, and the request is done, if none is to be sent."""
    request = session.get(PasswordRequest, request_id)
    made = password_links.link_by_mail(session, request.email, now) if request else None
    if made is None:
        finish_request(session, request_id)
        return None
    person, token = made
    return LinkToMail(person.name, person.email, token)


def finish_request(session: Session, request_id: int) -> None:
    """It is answered, or cannot be."""
    session.execute(delete(PasswordRequest).where(col(PasswordRequest.id) == request_id))
