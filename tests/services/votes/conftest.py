"""Polls that were sent, and people who answer them."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.scopes import Scope
from tests.sealed_votes import seal_vote
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from tests.services.requests import a_request, save
from wasched.adapters.poll_votes import open_vote
from wasched.domain.content import Poll
from wasched.domain.link import LinkEvent, ReactionSeen, VoteSeen
from wasched.models import Account, Message, RecipientKind
from wasched.services.caller import Caller
from wasched.services.line import link_events
from wasched.services.ports import GroupSeen
from wasched.services.recipients import recipients
from wasched.services.votes import settling, tally
from wasched.services.votes.vote_views import PollTally

OWN, OWN_LID = "4915100000001@s.whatsapp.net", "100000000000001@lid"
COMES = Poll("Who comes?", ("Yes", "No", "Maybe"))
GROUP = "120363000000000001@g.us"


def number_jid(number: str) -> str:
    """The address of an E.164 number."""
    return f"{number.lstrip('+')}@s.whatsapp.net"


@dataclass
class Polls:
    """Polls of Alice's account, and what comes back."""

    scope: Scope
    user: Caller
    account_id: int
    life: Life
    gateway: FakeGateway
    clock: FakeClock
    told: list[LinkEvent] = field(default_factory=list)

    def send(self, *to: int | str, poll: Poll = COMES) -> list[Message]:
        """Send a poll now; its messages in their order."""
        before = {one.id for one in self.life.messages()}
        request = a_request(self.account_id, *to, contents=(poll,))
        save(self.scope, self.user, request, self.clock.now())
        self.life.sweep()
        return [one for one in self.life.messages() if one.id not in before]

    def vote(self, sent: int, voter: str, *options: str, **more: Any) -> None:
        """Let somebody vote on what was sent as the n-th; `more` is as for `seal`."""
        self.tell(self.seal(sent, voter, *options, **more))

    def seal(
        self,
        sent: int,
        voter: str,
        *options: str,
        late_s: float = 0,
        alt: str = "",
        bound: str = "",
    ) -> VoteSeen:
        """A vote on what was sent as the n-th, given some seconds after the first could be."""
        outgoing, whatsapp_id = self.gateway.outbox[sent], f"3EB0{sent + 1:04}"
        iv, body = seal_vote(outgoing.secret, whatsapp_id, OWN_LID, bound or voter, options)
        known_as, at = secrets.token_hex(8), self._at(late_s)
        seen = VoteSeen(known_as, whatsapp_id, outgoing.to, "", voter, at, iv, body)
        return replace(seen, sender_alt=alt or None)

    def react(self, sent: int, voter: str, emoji: str, late_s: float = 0) -> None:
        """A reaction to what was sent as the n-th."""
        whatsapp_id, at = f"3EB0{sent + 1:04}", self._at(late_s)
        self.tell(ReactionSeen(f"R{len(self.told)}", whatsapp_id, voter, "", voter, at, emoji))

    def tell(self, event: LinkEvent) -> None:
        """Let the line report it."""
        self.told.append(event)
        with self.scope() as session:
            link_events.apply_event(session, self.account_id, [event], self.clock.now())

    def settle(self) -> int:
        """What the worker does each second."""
        with self.scope() as session:
            return settling.settle_answers(session, open_vote, self.clock.now())

    def tally(self, message: Message) -> PollTally:
        """The votes as the message's page shows them, those that just came among them."""
        self.settle()
        with self.scope(write=False) as session:
            found = tally.tally_message(session, self.user, message.id or 0)
        assert found is not None
        return found

    def group(self, *members: str, lids: tuple[tuple[str, str], ...] = ()) -> int:
        """A group of the account's with these members beside it; its id."""
        seen = GroupSeen(GROUP, "Choir", len(members) + 1, members=members, lids=lids)
        with self.scope() as session:
            space = self.user.space_id
            recipients.sync_groups(session, space, self.account_id, [seen], NOW)
            (found,) = (
                one
                for one in recipients.suggest_recipients(session, self.user, "Choir")
                if one.kind == RecipientKind.GROUP
            )
            return found.id

    def _at(self, late_s: float) -> datetime:
        return NOW + timedelta(seconds=10 + late_s)


def linked_polls(
    scope: Scope,
    user: Caller,
    account_id: int,
    life: Life,
    gateway: FakeGateway,
    clock: FakeClock,
) -> Polls:
    """Polls of an account that is linked to a phone of its own."""
    with scope() as session:
        account = session.get_one(Account, account_id)
        account.jid, account.lid = OWN, OWN_LID
    return Polls(scope, user, account_id, life, gateway, clock)


@pytest.fixture
def polls(
    scope: Scope,
    alice: Caller,
    account_id: int,
    life: Life,
    gateway: FakeGateway,
    clock: FakeClock,
) -> Polls:
    """Those of Alice's account."""
    return linked_polls(scope, alice, account_id, life, gateway, clock)
