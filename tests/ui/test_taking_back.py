"""What pages say of taking back what has gone out."""

from datetime import UTC, datetime, timedelta

from wasched.domain.amendment import AmendmentKind
from wasched.domain.reasons import Code, Reason
from wasched.services.messages.amend_story import AmendTally
from wasched.services.messages.amending import AmendResult
from wasched.services.messages.history_views import AmendOffer
from wasched.ui.messages import amend_text

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)
KEY = (7, NOW)
DELETE, CORRECT = AmendmentKind.DELETE, AmendmentKind.CORRECT
REFUSED, LATE = Reason(Code.NOT_IN_GROUP), Reason(Code.TOO_LATE_TO_CORRECT)


def test_what_was_asked_for_is_told_with_what_had_not_gone_and_what_cannot_be_done() -> None:
    def said(kind: AmendmentKind, asked: int = 0, ahead: int = 0, *left: tuple[Reason, int]) -> str:
        return amend_text.result_sentence(AmendResult(kind, asked, ahead, left), "UTC", NOW)

    assert said(DELETE, 188, 12) == "12 had not gone: cancelled. 188 are being taken back."
    assert said(CORRECT, 1, 0, (LATE, 3)).startswith(
        "1 is being corrected. With 3 it cannot be done: WhatsApp takes corrections within"
    )
    assert said(CORRECT, 0, 2) == "2 had not gone: they go with the new words."
    assert said(DELETE) == "There is nothing to do."


def test_a_send_tells_until_when_how_long_it_takes_and_how_far_it_is() -> None:
    offer = AmendOffer(
        delete_until=NOW + timedelta(hours=50),
        correct_until=NOW + timedelta(minutes=9),
        words="At 8",
        many=200,
        to_go=12,
        takes=timedelta(minutes=57),
    )
    tally = AmendTally(DELETE, "Alice", NOW, NOW, 150, 38, ((REFUSED, 7, ("Ada", "Bob")),))

    words = amend_text.send_words(offer, tally, KEY, "UTC", NOW)

    assert words.until == (
        "What has gone out can be deleted for everyone until Sat 14 March at 18:42 "
        "and corrected until today at 16:51."
    )
    assert words.progress == (
        "150 of 188 are deleted for everyone; the others follow one after another."
    )
    assert words.failed[0].startswith("Not deleted for everyone: Ada, Bob and 5 more. This number")
    assert words.delete_title == "Delete all 200 messages for everyone?"
    assert "12 of them have not gone out: they are cancelled." in words.delete_about
    assert "about 57 minutes" in words.correct_about
    assert amend_text.read_asked(words.asked) == KEY
    assert amend_text.read_asked("12") == 12 and amend_text.read_asked("x") == 0


def test_where_nothing_can_be_done_any_more_nothing_is_offered() -> None:
    words = amend_text.message_words(AmendOffer(), 12, "Ada", "UTC", NOW)

    assert (words.may_delete, words.may_correct, words.until, words.progress) == (
        False,
        False,
        "",
        "",
    )
