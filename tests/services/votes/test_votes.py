"""Votes: each person's latest counts, whoever tells it how often and in whatever order."""

from datetime import timedelta

import pytest

from tests.services.conftest import NOW
from tests.services.requests import ANNA, BEN
from tests.services.votes.conftest import OWN, Polls, number_jid
from wasched.domain.content import Poll
from wasched.domain.errors import NotFoundError
from wasched.domain.opaque_ids import OpaqueIds
from wasched.models import Recipient, Schedule
from wasched.services.address_book import entries, merging
from wasched.services.caller import Caller
from wasched.services.recipients import recipients
from wasched.services.votes import export_votes, settling, tally, unsettled
from wasched.services.votes.vote_views import PollTally
from wasched.services.webhooks import events, readers
from wasched.text.event_payload import event_payload

ANNAS, BENS = number_jid(ANNA), number_jid(BEN)
ANNAS_LID, STRANGERS_LID = "200000000000001@lid", "200000000000009@lid"


def counted(found: PollTally) -> dict[str, int]:
    """How many chose each option."""
    return {one.text: one.count for one in found.options}


def test_a_vote_is_counted_and_its_voter_named(polls: Polls) -> None:
    (message,) = polls.send(ANNA)

    polls.vote(0, ANNAS, "Yes")

    found = polls.tally(message)
    assert counted(found) == {"Yes": 1, "No": 0, "Maybe": 0}
    assert (found.voted, found.asked) == (1, 1)
    assert [(one.chosen, one.at) for one in found.voters] == [
        (("Yes",), NOW + timedelta(seconds=10))
    ]


def test_the_latest_vote_counts_in_whatever_order_they_come(polls: Polls) -> None:
    (message,) = polls.send(ANNA)

    polls.vote(0, ANNAS, "No", late_s=5)
    polls.vote(0, ANNAS, "Yes", late_s=0)  # which was on its way for longer
    assert counted(polls.tally(message)) == {"Yes": 0, "No": 1, "Maybe": 0}

    polls.vote(0, ANNAS, "Maybe", late_s=9)
    found = polls.tally(message)
    assert counted(found) == {"Yes": 0, "No": 0, "Maybe": 1}
    assert (found.voted, found.voters[0].changes) == (1, 1)


def test_a_vote_that_is_told_again_is_counted_once(polls: Polls) -> None:
    (message,) = polls.send(ANNA)
    polls.vote(0, ANNAS, "Yes")
    polls.settle()

    polls.tell(polls.told[0])  # the worker was killed before it could say that it had it

    found = polls.tally(message)
    assert (found.voted, found.voters[0].changes) == (1, 0)


def test_a_vote_is_taken_back(polls: Polls) -> None:
    (message,) = polls.send(ANNA)
    polls.vote(0, ANNAS, "Yes")
    polls.vote(0, ANNAS, late_s=1)

    found = polls.tally(message)

    assert (found.voted, found.taken_back, found.voters) == (0, 1, ())


@pytest.mark.parametrize("is_known", [True, False])
def test_one_person_by_number_and_by_lid_is_one_voter(polls: Polls, is_known: bool) -> None:
    """Known from the group, or told by the last vote: then two voters turn out to be one."""
    lids = ((ANNA, ANNAS_LID),) if is_known else ()
    (message,) = polls.send(polls.group(ANNA, BEN, lids=lids))

    polls.vote(0, ANNAS, "Yes")
    polls.vote(0, ANNAS_LID, "No", late_s=1)
    if not is_known:
        assert polls.tally(message).voted == 2
        polls.vote(0, ANNAS_LID, "No", late_s=2, alt=ANNAS)

    found = polls.tally(message)
    assert counted(found) == {"Yes": 0, "No": 1, "Maybe": 0}
    assert (found.voted, found.asked) == (1, 2)


def test_a_vote_bound_to_the_voters_other_address_is_read(polls: Polls) -> None:
    (message,) = polls.send(ANNA)

    polls.vote(0, ANNAS, "Yes", alt=ANNAS_LID, bound=ANNAS_LID)

    assert polls.tally(message).voted == 1


def test_a_vote_that_cannot_be_read_is_said(polls: Polls) -> None:
    (message,) = polls.send(ANNA)

    polls.vote(0, ANNAS, "Yes", bound="somebody else")
    found = polls.tally(message)
    assert (found.voted, found.unreadable) == (0, 1)

    polls.vote(0, ANNAS, "Yes", late_s=1)
    found = polls.tally(message)
    assert (found.voted, found.unreadable) == (1, 0)


def test_an_answer_that_comes_before_it_is_known_to_what_waits_for_that(polls: Polls) -> None:
    def waits() -> bool:
        with polls.scope(write=False) as session:
            return settling.has_unsettled(session)

    polls.react(0, ANNAS, "👍")
    assert (waits(), polls.settle()) == (False, 0)

    polls.send(ANNA)

    assert (waits(), polls.settle(), polls.settle()) == (True, 1, 0)


def test_two_weeks_of_one_poll_never_mix(polls: Polls) -> None:
    first, second = polls.send(ANNA) + polls.send(ANNA)

    polls.vote(0, ANNAS, "Yes")
    polls.vote(1, ANNAS, "No", late_s=1)

    assert counted(polls.tally(first)) == {"Yes": 1, "No": 0, "Maybe": 0}
    assert counted(polls.tally(second)) == {"Yes": 0, "No": 1, "Maybe": 0}


def test_a_poll_is_counted_as_it_was_sent(polls: Polls) -> None:
    (message,) = polls.send(ANNA)
    with polls.scope() as session:
        made = session.get_one(Schedule, message.schedule_id)
        made.contents = [{**made.contents[0], "options": ["Red", "Blue"]}]

    polls.vote(0, ANNAS, "Maybe")

    assert counted(polls.tally(message)) == {"Yes": 0, "No": 0, "Maybe": 1}


def test_a_send_to_many_is_the_sum_of_its_messages(polls: Polls) -> None:
    several = Poll("Which days?", ("Mon", "Tue"), 0)
    anna, _ben = polls.send(ANNA, BEN, poll=several)
    polls.vote(0, ANNAS, "Mon", "Tue")
    polls.vote(1, BENS, "Tue")
    polls.settle()

    with polls.scope(write=False) as session:
        send = (anna.schedule_id, anna.due_at)
        found = tally.tally_send(session, polls.user, send)
        turnout = tally.turnouts(session, {anna.id or 0: send})

    assert found is not None
    assert [(one.text, one.count, one.percent) for one in found.options] == [
        ("Mon", 1, 50),
        ("Tue", 2, 100),
    ]
    assert (found.voted, found.asked, found.messages) == (2, 2, 2)
    assert [(one.voted, one.asked) for one in turnout.values()] == [(2, 2)]


def test_a_vote_on_the_accounts_own_phone_is_one_of_its_own(polls: Polls) -> None:
    (message,) = polls.send(ANNA)

    polls.vote(0, OWN, "Yes")

    assert [one.name for one in polls.tally(message).voters] == ["Choir phone"]


def test_whoever_is_removed_goes_from_the_votes_by_name(polls: Polls) -> None:
    (message,) = polls.send(polls.group(ANNA, BEN))
    (annas,) = polls.send(ANNA)
    polls.vote(0, ANNAS, "Yes", alt=ANNAS_LID)
    polls.settle()

    with polls.scope() as session:
        entries.remove_entry(session, polls.user, annas.recipient_id, NOW)

    (voter,) = polls.tally(message).voters
    assert (voter.name, voter.number, voter.chosen) == ("Somebody who was removed", "", ("Yes",))
    polls.vote(0, ANNAS, "No", late_s=1)
    assert counted(polls.tally(message)) == {"Yes": 0, "No": 1, "Maybe": 0}


def test_two_entries_that_become_one_are_one_voter(polls: Polls) -> None:
    (message,) = polls.send(polls.group(ANNA, BEN))
    anna, ben = polls.send(ANNA, BEN)
    polls.vote(0, ANNAS, "Yes")
    polls.vote(0, BENS, "No", late_s=1)
    polls.settle()

    with polls.scope() as session:
        kept, other = (session.get_one(Recipient, one.recipient_id) for one in (anna, ben))
        merging.join_entries(session, polls.user, kept, other, NOW)

    assert counted(polls.tally(message)) == {"Yes": 0, "No": 1, "Maybe": 0}


def test_reactions_are_counted_and_taken_back(polls: Polls) -> None:
    (message,) = polls.send(ANNA)
    polls.react(0, ANNAS, "👍")
    polls.react(0, ANNAS, "❤️", late_s=1)
    polls.settle()

    def shown() -> list[tuple[str, int]]:
        with polls.scope(write=False) as session:
            found = tally.react_message(session, polls.user, message.id or 0)
        return [(one.emoji, one.count) for one in found.counts]

    assert shown() == [("❤️", 1)]
    polls.react(0, ANNAS, "", late_s=2)
    polls.settle()
    assert shown() == []


def test_answers_about_nothing_of_ours_are_forgotten_in_a_day(polls: Polls) -> None:
    polls.react(0, ANNAS, "👍")

    with polls.scope() as session:
        unsettled.prune_answers(session, NOW + timedelta(hours=25))

    polls.send(ANNA)
    assert polls.settle() == 0


def test_charlie_sees_no_votes(polls: Polls, charlie: Caller) -> None:
    (message,) = polls.send(ANNA)
    polls.vote(0, ANNAS, "Yes")
    polls.settle()

    with polls.scope(write=False) as session:
        with pytest.raises(NotFoundError):
            tally.tally_message(session, charlie, message.id or 0)
        assert tally.tally_send(session, charlie, (message.schedule_id, message.due_at)) is None


def test_votes_are_told_to_who_reads_events(polls: Polls) -> None:
    with polls.scope() as session:
        readers.note_asking(session, polls.user.space_id, NOW)
    (message,) = polls.send(polls.group(ANNA, BEN))
    polls.vote(0, ANNAS, "Yes", bound="nobody")  # which says nothing
    polls.vote(0, ANNAS, "No", late_s=1)
    polls.settle()
    polls.tell(polls.told[-1])
    polls.vote(0, ANNAS, late_s=2)
    polls.settle()

    with polls.scope(write=False) as session:
        told, _ = events.list_events(session, polls.user, 0, 50, has_texts=False)
    of_votes = [one for one in told if one.kind == "poll.voted"]
    assert [(one.object_id, one.state) for one in of_votes] == [
        (message.id, "2"),
        (message.id, "0"),
    ]
    said = event_payload(of_votes[0], OpaqueIds("secret"))["data"]
    assert said["chosen"] == [1]
    assert said["message"].startswith("msg_") and said["recipient"].startswith("grp_")


def test_the_file_has_a_column_for_each_option(polls: Polls) -> None:
    anna, _ben = polls.send(ANNA, BEN, poll=Poll("Which?", ("=1+1", "Tue"), 0))
    polls.vote(0, ANNAS, "=1+1", "Tue")
    polls.vote(1, BENS, "Tue", late_s=1)
    polls.settle()

    with polls.scope(write=False) as session:
        send = (anna.schedule_id, anna.due_at)
        head, *lines = export_votes.csv_lines(session, polls.user, send)

    assert head.endswith('"Chose anew","\'=1+1","Tue"\r\n')
    assert [line.rstrip().split(",")[-2:] for line in lines] == [['""', '"x"'], ['"x"', '"x"']]


def test_who_is_removed_elsewhere_keeps_their_name_here(polls: Polls, charlie: Caller) -> None:
    (message,) = polls.send(polls.group(ANNA, BEN))
    polls.vote(0, ANNAS, "Yes")
    polls.settle()

    with polls.scope() as session:
        theirs = recipients.person_with_number(session, charlie.space_id, ANNA, NOW)
        entries.remove_entry(session, charlie, theirs.id or 0, NOW)

    assert [one.number for one in polls.tally(message).voters] == [ANNA]
