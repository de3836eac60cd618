"""What raises the risk that WhatsApp restricts a number, said before it is done, with the mend."""

import re

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.filling import tell_content
from wasched.models import Account, AccountDay
from wasched.services.schedules.requests import ScheduleRequest

LEAST = 10
"""What goes to fewer people raises no risk worth a word."""

_LINK = re.compile(r"https?://|\bwww\.|\bwa\.me/|\bt\.me/", re.IGNORECASE)
_MOST_EVER = 1.5
"""So many times what it ever sent in a day is more than a little more."""

_LEAST_DAYS = 7


def risk_sentences(
    session: Session,
    account: Account,
    request: ScheduleRequest,
    reached: int,
    strangers: int,
    on_first_day: int,
) -> list[tuple[str, str]]:
    """The kind and the sentence of each risk; `on_first_day` is how many go on the first day."""
    found = []
    if reached >= LEAST and strangers * 2 > reached:
        found.append(("risk_strangers", _mostly_strangers(account, reached, strangers)))
    if strangers >= LEAST and any(_has_link(one) for one in map(tell_content, request.contents)):
        found.append(("risk_link", _link_to_strangers(strangers)))
    most = most_in_a_day(session, account)
    if most is not None and on_first_day >= LEAST and on_first_day > most * _MOST_EVER:
        found.append(("risk_much", _more_than_ever(account, on_first_day, most)))
    return found


def most_in_a_day(session: Session, account: Account) -> int | None:
    """The most an account sent in one of the days that are counted; None if they are too few."""
    days, most = session.execute(
        select(func.count(), func.max(AccountDay.sent)).where(
            col(AccountDay.account_id) == account.id, col(AccountDay.sent) > 0
        )
    ).one()
    return most if days >= _LEAST_DAYS else None


def _has_link(text: str) -> bool:
    return _LINK.search(text) is not None


def _mostly_strangers(account: Account, reached: int, strangers: int) -> str:
    return (
        f"{strangers:,} of {reached:,} people never had a message from {account.name}. WhatsApp "
        "restricts numbers that write mostly to strangers: send it first to those who know you, "
        "and to the others in smaller parts over several days."
    )


def _link_to_strangers(strangers: int) -> str:
    return (
        f"The same text with a link goes to {strangers:,} people who never had a message from this "
        "number, which looks like spam. Ask first whether they want it, and send the link to who "
        "answers."
    )


def _more_than_ever(account: Account, count: int, most: int) -> str:
    return (
        f"About {count:,} go on one day; {account.name} never sent more than {most:,} in a day. "
        "Raise it step by step: lower its messages a day under Accounts, or split this up."
    )
