"""Unfinished messages: private, several, none eaten by another tab, and gone when they are sent."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.services.conftest import NOW
from wasched.domain.errors import InputError, NotFoundError
from wasched.models import KeptDraft
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.services.content.kept_drafts import DraftBody, SavedDraft
from wasched.services.identity import server_people


def body(words: str, *media: int) -> DraftBody:
    """A draft of some words."""
    return DraftBody(f'{{"words": "{words}"}}', "Bob", words, media)


def words(session: Session, user: Caller) -> list[str]:
    """What this user has not finished."""
    return [one.words for one in kept_drafts.list_drafts(session, user)]


def test_several_are_kept_the_newest_first_and_only_for_who_writes_them(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    first = kept_drafts.keep_draft(session, alice, body("First"), NOW)
    kept_drafts.keep_draft(session, alice, body("Second"), NOW + timedelta(minutes=1))
    kept_drafts.keep_draft(
        session, alice, body("First again"), NOW + timedelta(hours=1), *at(first)
    )

    assert words(session, alice) == ["First again", "Second"]
    assert words(session, charlie) == []
    with pytest.raises(NotFoundError):
        kept_drafts.fetch_draft(session, charlie, first.id)
    with pytest.raises(NotFoundError):
        kept_drafts.throw_away(session, charlie, first.id, NOW)
    assert not kept_drafts.keep_draft(session, charlie, body("Mine"), NOW, first.id, 2).is_apart
    assert words(session, alice) == ["First again", "Second"]


def test_two_tabs_on_one_draft_do_not_eat_each_others_words(
    session: Session, alice: Caller
) -> None:
    read = kept_drafts.keep_draft(session, alice, body("Begun"), NOW)

    one = kept_drafts.keep_draft(session, alice, body("In one tab"), NOW, *at(read))
    other = kept_drafts.keep_draft(session, alice, body("In the other"), NOW, *at(read))

    assert (one.is_apart, other.is_apart) == (False, True)
    assert sorted(words(session, alice)) == ["In one tab", "In the other"]


def test_what_is_sent_is_no_draft_any_more_and_not_sent_by_another_tab_unasked(
    session: Session, alice: Caller
) -> None:
    sent, changed = (kept_drafts.keep_draft(session, alice, body(one), NOW) for one in ("A", "B"))
    kept_drafts.keep_draft(session, alice, body("B, changed elsewhere"), NOW, *at(changed))

    kept_drafts.finish_draft(session, alice, *at(sent), NOW)
    kept_drafts.finish_draft(session, alice, *at(changed), NOW)
    assert words(session, alice) == ["B, changed elsewhere"]
    with pytest.raises(InputError, match="sent or thrown away meanwhile") as refusal:
        kept_drafts.finish_draft(session, alice, *at(sent), NOW)
    assert refusal.value.code == kept_drafts.GONE
    kept_drafts.finish_draft(session, alice, 0, 0, NOW)  # a message that was never kept


def test_there_is_room_for_fifty_and_for_no_book(session: Session, alice: Caller) -> None:
    kept = [kept_drafts.keep_draft(session, alice, body(str(one)), NOW) for one in range(50)]

    with pytest.raises(InputError, match="Throw one away first"):
        kept_drafts.keep_draft(session, alice, body("One more"), NOW)
    with pytest.raises(InputError, match="too long"):
        kept_drafts.keep_draft(session, alice, body("ü" * 100_001), NOW, *at(kept[0]))
    kept_drafts.keep_draft(session, alice, body("Changed"), NOW, *at(kept[0]))


def test_drafts_go_with_who_wrote_them(session: Session, alice: Caller, charlie: Caller) -> None:
    kept_drafts.keep_draft(session, alice, body("Mine"), NOW)
    kept_drafts.keep_draft(session, charlie, body("Theirs"), NOW)

    server_people.remove_user(session, alice, charlie.id, NOW)

    assert session.scalars(select(KeptDraft.space_id)).all() == [alice.space_id]


def at(kept: SavedDraft) -> tuple[int, int]:
    """The draft and the version of it."""
    return kept.id, kept.version
