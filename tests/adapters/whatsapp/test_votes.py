"""Votes and reactions through the real library, told until they are written down."""

import secrets
from datetime import timedelta

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched
from tests.whatsapp_server.client import Simulator
from wasched.adapters.poll_votes import open_vote
from wasched.domain.content import Poll, Text
from wasched.domain.link import Identified, LinkState, ReactionSeen, VoteSeen
from wasched.domain.votes import option_hash
from wasched.services.ports import Outgoing, SealedVote

COMES = Poll("Who comes?", ("Yes", "No"))


def chosen(vote: VoteSeen, secret: bytes, me: Identified) -> tuple[str, ...] | None:
    """What a vote says, as the worker reads it."""
    voters = tuple(one for one in (vote.sender, vote.sender_alt) if one)
    authors = (me.lid or "", me.jid)
    return open_vote(SealedVote(secret, vote.poll_id, authors, voters, vote.iv, vote.body))


def test_a_vote_is_told_changed_and_taken_back_by_number_and_lid(
    whatsapp: Simulator, linked: Watched
) -> None:
    me = linked.next(Identified)
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB, EVE])
    for to in (f"{BOB}@s.whatsapp.net", group):
        secret = secrets.token_bytes(32)
        sent = linked.line.send(Outgoing(to, COMES, secret))
        whatsapp.wait_inbox(phone=BOB, id=sent.message_id)

        said = []
        for choices, by in ((["Yes"], "lid"), (["No"], "pn"), ([], "lid")):
            whatsapp.vote(phone=BOB, poll=sent.message_id, choices=choices, by=by)
            seen = linked.next(VoteSeen)
            assert (seen.poll_id, seen.name) == (sent.message_id, "Bob")
            assert {seen.sender.split("@")[1], (seen.sender_alt or "").split("@")[1]} == {
                "lid",
                "s.whatsapp.net",
            }
            assert abs(seen.at - sent.at) < timedelta(minutes=5)
            said.append(chosen(seen, secret, me))
        assert said == [(option_hash("Yes"),), (option_hash("No"),), ()]
        assert chosen(seen, secrets.token_bytes(32), me) is None


def test_what_is_not_written_down_is_told_again(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine
) -> None:
    """The worker may be killed before its commit, and the link with it."""
    sent = linked.line.send(Outgoing(f"{BOB}@s.whatsapp.net", Text("Hello"), bytes(32)))
    whatsapp.wait_inbox(phone=BOB)
    for emoji in ("👍", "❤️", ""):
        whatsapp.react(phone=BOB, to=sent.message_id, emoji=emoji)
    first, second, third = (linked.next(ReactionSeen) for _ in range(3))
    assert [one.emoji for one in (first, second, third)] == ["👍", "❤️", ""]
    assert first.about_id == sent.message_id

    linked.line.note_written(second.number)
    linked.process().kill()
    linked.state(LinkState.CONNECTED)
    linked.line.stop()

    anew = open_line()
    assert [anew.next(ReactionSeen) for _ in range(3)] == [first, second, third]
    anew.line.note_written(third.number)
    anew.state(LinkState.CONNECTED)
    anew.line.stop()

    third_start = open_line()
    whatsapp.react(phone=BOB, to=sent.message_id, emoji="🙏")
    assert third_start.next(ReactionSeen).emoji == "🙏"
