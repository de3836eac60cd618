"""The audit log's page: narrowed by its address, and for those alone who may read it."""

import pytest
from sqlmodel import select

from tests.scopes import session_scope
from tests.ui.conftest import Tab, move, state_in
from wasched import bootstrap
from wasched.models import Membership, Role
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.ui.settings.audit_log_state import AuditLogState

pytestmark = pytest.mark.asyncio


async def test_the_page_shows_what_its_address_chooses_and_leads_on(
    tab: Tab, alice: Caller, charlie: Caller
) -> None:
    with session_scope() as session:
        for number in range(9):
            accounts.add_account(session, alice, f"Phone {number}", bootstrap.clock().now(), 10)
    root = tab(alice, "/settings/audit-log?kind=accounts&bad=1")
    page = await state_in(root, AuditLogState)

    await AuditLogState.event_handlers["load"].fn(page)

    [today] = page.days
    assert (today.label, len(today.lines), page.older) == ("Today", 9, "")
    assert (today.lines[0].who, today.lines[0].what) == (alice.name, "added Phone 8")
    assert (page.query, page.filters, page.logs) == ("kind=accounts", 1, 2)
    move(root, alice, f"/settings/audit-log?of=server&who={charlie.id}&from=2001-01-01")
    await AuditLogState.event_handlers["refresh"].fn(page)
    assert {one.who for day in page.days for one in day.lines} <= {charlie.name}
    assert page.query == f"of=server&who={charlie.id}&from=2001-01-01"


async def test_who_may_not_read_it_is_led_back(tab: Tab, charlie: Caller) -> None:
    with session_scope() as session:
        mine = select(Membership).where(Membership.user_id == charlie.id)
        session.exec(mine).one().role = Role.VIEWER
    page = await state_in(tab(charlie, "/settings/audit-log"), AuditLogState)

    told = await AuditLogState.event_handlers["load"].fn(page)

    assert len(told) == 2 and not page.is_loaded and page.days == []
