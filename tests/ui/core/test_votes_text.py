"""Votes in words: what bars show is said beside them."""

from datetime import timedelta

from tests.services.conftest import NOW
from wasched.services.votes.answers import MessageAnswers
from wasched.services.votes.vote_views import (
    EmojiCount,
    OptionTally,
    PollTally,
    ReactionRow,
    Reactions,
    VoterRow,
)
from wasched.ui.core import votes_text

ANNA = VoterRow("Anna", ("Yes", "Maybe"), NOW, changes=1)


def tally(*voters: VoterRow, messages: int = 1, unreadable: int = 0) -> PollTally:
    """A poll that two of three have voted in."""
    options = (OptionTally("Yes", 2, 100), OptionTally("Maybe", 1, 50))
    return PollTally(
        "Who?", 0, options, 2, 3, 1, unreadable, voters, 7, NOW, messages
    )  # fmt: skip


def panels(own: PollTally | None, whole: PollTally | None, *, is_group: bool = False) -> list[str]:
    """The titles and notes of a message's page."""
    found = MessageAnswers(own, whole, Reactions(), is_group)
    return [
        f"{one.title}: {one.note}" for one in votes_text.message_panels(found, "Europe/Berlin", NOW)
    ]


def test_a_bar_says_what_it_shows_and_who_chose_what() -> None:
    panel = votes_text.poll_panel(tally(ANNA), "Votes", "Europe/Berlin", NOW)

    assert panel.summary == "2 of 3 voted"
    assert [(one.text, one.said, one.width) for one in panel.bars] == [
        ("Yes", "2 · 100 %", "100%"),
        ("Maybe", "1 · 50 %", "50%"),
    ]
    (line,) = panel.voters
    assert (line.said, line.when) == ("Yes and Maybe", "today at 17:42 · changed their mind")
    assert panel.more == "The latest 1 are shown. The file has all."
    assert panel.note == "1 vote was taken back."


def test_what_cannot_be_read_is_said() -> None:
    panel = votes_text.poll_panel(tally(unreadable=2), "Votes", "Europe/Berlin", NOW)

    assert panel.note.endswith("2 votes could not be read: they are only seen on the linked phone.")


def test_a_persons_page_says_their_vote_and_shows_that_of_all() -> None:
    whole = tally(messages=3)

    assert panels(tally(ANNA), whole) == [
        "Votes of the whole send: Their vote: Yes and Maybe. 1 vote was taken back."
    ]
    assert panels(tally(), whole)[0].startswith("Votes of the whole send: They have not voted.")
    assert [one.partition(":")[0] for one in panels(tally(), whole, is_group=True)] == [
        "Votes",
        "Votes of the whole send",
    ]
    assert panels(None, None) == []


def test_reactions_are_told_by_emoji_and_by_person() -> None:
    rows = (ReactionRow("👍", "Ben", NOW - timedelta(days=1)),)
    found = votes_text.reaction_panel(
        Reactions((EmojiCount("👍", 2), EmojiCount("❤️", 1)), rows), "Europe/Berlin", NOW
    )

    assert found.summary == "👍 2 · ❤️ 1"
    assert [(one.name, one.said) for one in found.people] == [("Ben", "👍")]
