"""What Home says of a send that stopped itself."""

from datetime import UTC, datetime, timedelta

from wasched.services.views import HeldSend
from wasched.ui.core.held_text import held_sentence, held_title, rest_question

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)


def test_it_says_what_was_seen_what_waits_and_until_when() -> None:
    one = HeldSend(
        schedule_id=1,
        due_at=NOW,
        held_at=NOW,
        account_id=1,
        account="Choir phone",
        text="Tickets",
        measure="slow",
        bad=20,
        seen=49,
        past_bad=30,
        past_seen=1000,
        waiting=1,
        late_at=NOW + timedelta(hours=2),
        may_go_on=True,
        may_take_back=True,
    )

    assert held_title(one) == "A send through Choir phone went badly and stopped itself"
    assert held_sentence(one, "UTC", NOW) == (
        "20 of the first 49 were not on a phone after two minutes, usually 3 %. 1 message waits: "
        "what has not gone on by today at 11:00 is missed."
    )
    assert rest_question(one) == "Take back 1 message?"
