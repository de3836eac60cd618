"""Alerts in Settings: ways are added, tried, changed and removed; an address is never shown."""

from datetime import timedelta

import pytest

from tests.owner import add_to_space
from tests.push_service import pushed_browser
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.settings.test_password_question import call
from wasched import alerting, bootstrap
from wasched.domain.incidents import IncidentKind, Sighting, TellResult
from wasched.domain.push_address import PushKeys
from wasched.domain.reasons import Code, because
from wasched.models import Role
from wasched.services.alerts import incidents
from wasched.services.alerts.outgoing import Target
from wasched.services.caller import Caller
from wasched.ui.settings.alerts_state import AlertsState
from wasched.ui.settings.browser_push_state import BrowserPushState

pytestmark = pytest.mark.asyncio

FORM = {"address": "ntfys://ntfy.example.org/secret", "tells-link_ended": "yes"}


async def test_a_way_is_added_tried_changed_and_removed(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Target] = []
    result = TellResult("The service answered with 403 (Forbidden).")
    monkeypatch.setattr(alerting, "tell_test", lambda to: (asked.append(to), result)[1])
    root = tab(alice, "/settings/alerts")
    await call(root, AlertsState, "load")
    page = await state_in(root, AlertsState)
    assert page.ways == [] and not page.sends_mail
    assert next(one.label for one in page.kinds if one.is_taken) == "An account's link ended"

    await call(root, AlertsState, "save", form={**FORM, "address": "syslog://"})
    assert page.field == "address" and "name of a service" in page.error
    await call(root, AlertsState, "save", form=FORM)
    (row,) = page.ways
    assert (row.name, row.about) == ("ntfy at ntfy.example.org", "An account's link ended")
    assert page.error == "" and "secret" not in repr(page.dict())

    await call(root, AlertsState, "test", way_id=row.id)
    assert page.tested == {row.id: "The service answered with 403 (Forbidden)."}
    assert asked[0].address == FORM["address"]
    await call(root, AlertsState, "edit", way_id=row.id)
    await call(root, AlertsState, "save", form={"tells-missed": "yes", "tells-nothing": "yes"})
    assert page.ways[0].about == "Messages were missed" and page.editing == ""
    await call(root, AlertsState, "remove", way_id=row.id)
    assert page.ways == []


async def test_this_browser_is_switched_on_and_off(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerting, "application_keys", lambda: PushKeys("", "", "BKey"))
    root = tab(alice, "/settings/alerts")
    await call(root, AlertsState, "load")
    page, here = await state_in(root, AlertsState), await state_in(root, BrowserPushState)
    await call(root, BrowserPushState, "switch_on")
    await call(root, BrowserPushState, "take", said='{"error": "denied"}')
    assert "Allow them in the browser's settings" in here.error and not here.is_on
    await call(root, BrowserPushState, "take", said='{"endpoint": "https://push.example.net"}')
    assert "Try again" in here.error and page.ways == []

    with pushed_browser() as browser:
        said = browser.said.replace(browser.origin, "https://push.example.net")
    await call(root, BrowserPushState, "take", said=said)
    await call(root, AlertsState, "refresh")
    assert here.is_on and here.error == "" and "secret" not in repr(page.dict())
    (row,) = page.ways
    assert row.name.startswith("Notifications: ") and "Messages were missed" in row.about
    await call(root, BrowserPushState, "switch_off")
    await call(root, AlertsState, "refresh")
    assert not here.is_on and page.ways == []


async def test_quiet_hours_are_kept_or_refused(tab: Tab, alice: Caller) -> None:
    root = tab(alice, "/settings/alerts")
    await call(root, AlertsState, "load")
    page = await state_in(root, AlertsState)
    for wrong in ({"quiet_from": "22:00", "quiet_to": ""}, {"quiet_from": "x", "quiet_to": ""}):
        await call(root, AlertsState, "save_quiet", form=wrong)
        assert page.field == "quiet_from" and page.error and not page.saved
    await call(root, AlertsState, "save_quiet", form={"quiet_from": "22:00", "quiet_to": "07:30"})
    assert page.saved
    await call(root, AlertsState, "refresh")
    assert page.quiet == {"quiet_from": "22:00", "quiet_to": "07:30"}


async def test_what_was_wrong_is_for_managers_and_others_are_offered_nothing(
    tab: Tab, alice: Caller
) -> None:
    now = bootstrap.clock().now()
    what = because(Code.WAIT_FOR_WORD, space="Choir", count=2)
    seen = [Sighting(IncidentKind.APPROVAL, "1", alice.space_id, what, now - timedelta(hours=1))]
    with session_scope() as session:
        viewer = add_to_space(session, alice, "Eve", Role.VIEWER, now)
        incidents.note_sightings(session, seen, now, sends_mail=False)
    for who, shown in ((alice, ["Choir: something waits to be approved"]), (viewer, [])):
        root = tab(who, "/settings/alerts")
        await call(root, AlertsState, "load")
        page = await state_in(root, AlertsState)
        assert [one.title for one in page.incidents] == shown
        assert bool(page.kinds) == (who is alice)
