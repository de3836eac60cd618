"""Where what is brought over goes: through which account, and in which zone its times are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.models import Account
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.services.permissions import Action


@dataclass(frozen=True)
class Target:
    """An account of the caller's space, and the zone (an IANA name) of the old daily times."""

    account_id: int
    zone: str


def require_bringer(user: Caller) -> None:
    """Refuse who does not both run the server and manage the space: people come to both."""
    permissions.require(user, Action.RUN_SERVER)
    permissions.require(user, Action.MANAGE)


def choose_target(session: Session, user: Caller, account: str = "", zone: str = "") -> Target:
    """The account with this name or number, or the only one; its zone unless another is given.

    InputError (account, zone) says which there are. For who manages the space alone.
    """
    permissions.require(user, Action.MANAGE)
    found = session.scalars(
        select(Account)
        .where(permissions.visible_to(Account.space_id, user), col(Account.removed_at).is_(None))
        .order_by(col(Account.id))
    ).all()
    if not found:
        sentence = (
            "There is no phone in this space yet. Add one under Accounts, then bring it over."
        )
        raise InputError("account", sentence)
    fitting = [one for one in found if not account or account in (str(one.id), one.name)]
    if len(fitting) != 1:
        there = ", ".join(f"{one.id} ({one.name})" for one in fitting or found)
        raise InputError("account", f"Say by --account which phone sends it: {there}.")
    assert fitting[0].id is not None
    return Target(fitting[0].id, users.check_zone(zone or fitting[0].zone))
