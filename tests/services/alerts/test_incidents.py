"""One message for each incident and one when it is over, to those whom it concerns."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_colleague
from tests.services.sent import a_send
from wasched.domain.incidents import IncidentKind, TellResult
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Alert, AlertWay, Incident, Message, Role
from wasched.services.alerts import incidents, outgoing, sightings, ways
from wasched.services.alerts.outgoing import Parcel
from wasched.services.caller import Caller

MINUTE = timedelta(minutes=1)


class Server:
    """A server whose minutes pass when a test says so; it keeps what is told to whom."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.now = scope, NOW
        self.told: list[Parcel] = []
        self.result = TellResult()
        self.others: list[sightings.Sighting] = []

    def pass_time(self, minutes: int = 1) -> list[str]:
        """Go on minute by minute; what was told: to whom, of what, and whether it is over."""
        before = len(self.told)
        for _ in range(minutes):
            self.now += MINUTE
            with self.scope() as session:
                seen = [*sightings.all_sightings(session, self.now), *self.others]
                incidents.note_sightings(session, seen, self.now, sends_mail=True)
            self.send()
        return [line for one in self.told[before:] for line in _lines(one)]

    def send(self) -> None:
        """Tell what is due, with the result that the other side gives now."""
        with self.scope() as session:
            parcels = outgoing.take_due(session, self.now)
        for one in parcels:
            with self.scope() as session:
                outgoing.finish(session, one, self.result, self.now)
            if not self.result.fault:
                self.told.append(one)

    def comes_to(self, account_id: int, state: LinkState) -> None:
        """The account's link comes to another state."""
        with self.scope() as session:
            account = session.get_one(Account, account_id)
            account.state, account.state_since = state, self.now


def _lines(one: Parcel) -> list[str]:
    who = one.target.name
    return [f"{who}: {told.kind}{' over' if told.over_at else ''}" for told in one.told]


@pytest.fixture
def server(scope: Scope) -> Server:
    return Server(scope)


def test_a_lost_link_is_told_its_managers_once_and_once_when_it_is_back(
    server: Server, scope: Scope, charlie: Caller
) -> None:
    """Charlie manages the account; Alice, who runs the server, is in another space."""
    account_id = add_account(scope, charlie)
    server.comes_to(account_id, LinkState.LOGGED_OUT)

    assert server.pass_time(30) == ["Charlie: link_ended"]
    server.comes_to(account_id, LinkState.CONNECTED)
    assert server.pass_time(30) == ["Charlie: link_ended over"]
    [end] = server.told[-1].told
    assert end.is_end and end.over_at is not None
    assert "phone ended the link" in words(end.what, "UTC", server.now)


def test_an_account_that_flaps_is_one_incident_and_one_that_keeps_coming_back_takes_longer(
    server: Server, account_id: int
) -> None:
    server.comes_to(account_id, LinkState.RECONNECTING)
    assert server.pass_time(9) == [], "it mends itself, most often"
    assert server.pass_time(3) == ["Alice: link_lost"]
    for _ in range(3):  # away and back within the settle time
        server.comes_to(account_id, LinkState.CONNECTED)
        server.pass_time(3)
        server.comes_to(account_id, LinkState.RECONNECTING)
        server.pass_time(11)
    assert len(server.told) == 1

    for _ in range(8):  # each time it is back for longer than that
        server.comes_to(account_id, LinkState.CONNECTED)
        server.pass_time(15)
        server.comes_to(account_id, LinkState.RECONNECTING)
        server.pass_time(15)
    assert len(server.told) < 8, "four hours of it are no flood"


def test_two_hundred_failed_messages_are_one_alert_with_their_number(
    server: Server, scope: Scope, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        ways.choose_kinds(session, alice, 0, ["failed"], NOW)
        a_send(session, alice, account_id, NOW, *[Status.FAILED] * 200)
        for one in session.scalars(select(Message)):
            one.settled_at = NOW

    assert server.pass_time(5) == ["Alice: failed"]
    [told] = server.told[0].told
    assert words(told.what).startswith("200 messages were not sent")
    assert server.pass_time(90) == ["Alice: failed over"]


def test_what_came_and_went_in_quiet_hours_is_told_once_when_they_end(
    server: Server, scope: Scope, alice: Caller, account_id: int
) -> None:
    """Alice is in Berlin: it is 17:42 there."""
    with scope() as session:
        ways.choose_quiet(session, alice, time(17, 0), time(19, 0))
    server.comes_to(account_id, LinkState.LOGGED_OUT)
    server.pass_time(10)
    server.comes_to(account_id, LinkState.CONNECTED)

    assert server.pass_time(60) == []
    assert server.pass_time(10) == ["Alice: link_ended over"]
    assert not server.told[0].told[0].is_end


def test_what_is_not_taken_is_tried_again_and_given_up_within_a_day(
    server: Server, scope: Scope, account_id: int
) -> None:
    server.result = TellResult("The mail server cannot be reached.")
    server.comes_to(account_id, LinkState.BANNED)
    server.pass_time(10)
    with scope(write=False) as session:
        [way] = session.scalars(select(AlertWay)).all()
        assert way.fault == "The mail server cannot be reached."
    server.result = TellResult()
    assert server.pass_time(20) == ["Alice: restricted"]

    server.result = TellResult("Gone.", permanent=True)
    server.comes_to(account_id, LinkState.CONNECTED)
    server.pass_time(20)
    with scope(write=False) as session:
        waits = select(Alert).where(Alert.sent_at.is_(None))  # type: ignore[union-attr]
        assert session.scalars(waits).one().given_up_at is not None


def test_all_that_happens_at_once_is_one_message(
    server: Server, scope: Scope, alice: Caller, account_id: int
) -> None:
    for account in (account_id, add_account(scope, alice), add_account(scope, alice)):
        server.comes_to(account, LinkState.RECONNECTING)

    assert server.pass_time(12) == ["Alice: link_lost"] * 3
    assert len(server.told) == 1


def test_a_silent_worker_is_told_all_managers_and_other_troubles_who_runs_the_server(
    server: Server, scope: Scope, alice: Caller, charlie: Caller
) -> None:
    add_colleague(scope, alice, "Erin", Role.EDITOR)
    for kind in (IncidentKind.WORKER_SILENT, IncidentKind.SERVER_SILENT):
        server.others.append(sightings.silent_part(kind, NOW))
    with scope() as session:
        ways.choose_kinds(session, alice, 0, list(IncidentKind), NOW)
        ways.choose_kinds(session, charlie, 0, list(IncidentKind), NOW)

    assert sorted(server.pass_time()) == [
        "Alice: server_silent",
        "Alice: worker_silent",
        "Charlie: worker_silent",
    ]


def test_nobody_is_told_of_what_they_chose_not_to_hear_of_or_of_stopped_accounts(
    server: Server, scope: Scope, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        session.get_one(Account, account_id).paused_at = NOW
    server.comes_to(account_id, LinkState.LOGGED_OUT)
    assert server.pass_time(5) == []

    with scope() as session:
        session.get_one(Account, account_id).paused_at = None
        ways.choose_kinds(session, alice, 0, [], NOW)
    assert server.pass_time(5) == []


def test_a_phone_that_is_not_heard_of_for_ten_days_is_told(
    server: Server, scope: Scope, account_id: int
) -> None:
    with scope() as session:
        session.get_one(Account, account_id).linked_at = NOW - timedelta(days=40)
        session.get_one(Account, account_id).heard_at = NOW - timedelta(days=9, hours=23)

    assert server.pass_time(30) == []
    assert server.pass_time(60) == ["Alice: phone_silent"]
    assert "was not heard of since" in words(server.told[0].told[0].what)


def test_two_processes_that_look_at_once_tell_it_once(
    server: Server, scope: Scope, account_id: int
) -> None:
    server.comes_to(account_id, LinkState.LOGGED_OUT)
    with scope() as session:
        seen = sightings.all_sightings(session, NOW)
    for _ in range(2):
        with scope() as session:
            incidents.note_sightings(session, seen, NOW, sends_mail=True)
    with scope() as session:
        first, second = outgoing.take_due(session, NOW), outgoing.take_due(session, NOW)
        assert (len(first), second) == (1, [])
        assert len(session.scalars(select(Incident)).all()) == 1


def test_another_persons_ways_are_not_there(scope: Scope, alice: Caller, charlie: Caller) -> None:
    with scope() as session:
        made = ways.add_service(
            session, alice, "ntfys://ntfy.example.org/secret", ["link_ended"], NOW,
            allows_private=False,
        )  # fmt: skip
        for deed in (
            lambda: ways.choose_kinds(session, charlie, made, [], NOW),
            lambda: ways.remove_way(session, charlie, made, NOW),
            lambda: ways.read_way(session, charlie, made),
        ):
            with pytest.raises(ways.NotFoundError):
                deed()
        shown = ways.list_ways(session, alice, sends_mail=False)
    assert [one.label for one in shown] == ["ntfy at ntfy.example.org"]
    assert "secret" not in repr(shown)
