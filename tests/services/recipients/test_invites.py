"""Invite links of groups: for admins alone, asked anew when somebody wants one, never in logs."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from wasched.domain.errors import InputError, NotFoundError, NotNow, RoleError, SendError
from wasched.domain.reasons import Code, Reason
from wasched.models import Recipient, Role
from wasched.services.caller import Caller
from wasched.services.line import invite_links
from wasched.services.ports import GroupSeen
from wasched.services.recipients import invites, recipients
from wasched.services.recipients.invites import InviteCard

LINK = "https://chat.whatsapp.com/Bx3kq0PzT5"
CHOIR = GroupSeen("1@g.us", "Choir", 5, is_admin=True)


@pytest.fixture
def group_id(scope: Scope, alice: Caller, account_id: int) -> int:
    """A group that Alice's account is an admin of."""
    return sync(scope, alice, account_id, CHOIR)


def sync(scope: Scope, alice: Caller, account_id: int, *seen: GroupSeen) -> int:
    """Bring in the groups of an account; the id of the one."""
    with scope() as session:
        recipients.sync_groups(session, alice.space_id, account_id, list(seen), NOW)
        return session.exec(select(Recipient.id).where(Recipient.jid == CHOIR.jid)).one() or 0


def test_whoever_may_write_is_told_the_link_and_no_log_is(
    scope: Scope,
    alice: Caller,
    charlie: Caller,
    account_id: int,
    group_id: int,
    clock: FakeClock,
    gateway: FakeGateway,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    viewer = replace(alice, role=Role.VIEWER)

    def ask(user: Caller) -> InviteCard:
        with scope() as session:
            return invites.ask_invite(session, user, group_id, clock.now())

    def known(user: Caller) -> InviteCard | None:
        with scope(write=False) as session:
            return invites.invite_card(session, user, group_id, clock.now())

    def answer(*answers: str | SendError | NotNow) -> InviteCard | None:
        gateway.invites += answers
        invite_links.ask_waiting(scope, clock, account_id, gateway)
        return known(alice)

    assert ask(alice).is_asked
    assert answer(NotNow(Reason(Code.NOT_CONNECTED))) == InviteCard(is_asked=True)
    assert answer(LINK) == InviteCard(LINK, NOW)
    assert (known(viewer), known(charlie)) == (None, None)
    with pytest.raises(RoleError):
        ask(viewer)
    with pytest.raises(NotFoundError):
        ask(charlie)
    assert not ask(alice).is_asked  # it was told just now
    clock.move(minutes=2)
    assert ask(alice).is_asked  # another admin may have made another
    refused = Reason(Code.NO_INVITE_LINK)
    assert answer(SendError(refused, permanent=True)) == InviteCard(refusal=refused)
    assert LINK not in caplog.text


def test_a_link_is_forgotten_after_a_day_and_by_who_is_admin_no_more(
    scope: Scope, alice: Caller, account_id: int, group_id: int
) -> None:
    with scope() as session:
        invites.keep_answer(session, group_id, NOW, LINK)
        invites.forget_links(session, NOW + timedelta(hours=23))
        assert invites.invite_card(session, alice, group_id, NOW) == InviteCard(LINK, NOW)
        invites.forget_links(session, NOW + timedelta(hours=25))
        session.expire_all()
        assert invites.invite_card(session, alice, group_id, NOW) == InviteCard()

    sync(scope, alice, account_id, replace(CHOIR, is_admin=False))

    with scope() as session:
        assert invites.invite_card(session, alice, group_id, NOW) is None
        with pytest.raises(InputError, match="admins alone"):
            invites.ask_invite(session, alice, group_id, NOW)
