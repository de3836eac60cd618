"""How a number is doing: counted by the worker, said beside its own four weeks before."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.requests import a_request, save
from wasched.domain.early_stop import Tally
from wasched.domain.errors import NotFoundError
from wasched.domain.message import Status
from wasched.domain.number_health import NumberHealth, Standing, Vital, judge_number
from wasched.domain.reasons import Code, Reason
from wasched.models import AccountDay, Message, Recipient, Reply
from wasched.services.accounts import daily_tally, number_health
from wasched.services.caller import Caller
from wasched.text.number_health_words import health_sentence, mend_sentence
from wasched.ui.accounts.health_text import health_lines

WELL = {Vital.REFUSED: 1, Vital.ARRIVED: 96, Vital.OPTED_OUT: 0, Vital.READ: 60, Vital.ANSWERED: 9}


def judged(of: int = 80, **more: int) -> NumberHealth:
    """A week of so many messages that went as usual but for what is said."""
    now = {one: Tally(more.get(one, round(WELL[one] * of / 100)), of) for one in Vital}
    return judge_number(now, {one: Tally(WELL[one] * 5, 500) for one in Vital})


def test_it_is_fine_in_a_word() -> None:
    assert health_sentence(judged()) == "Fine."


def test_what_is_worse_is_said_beside_what_is_usual_with_its_mend() -> None:
    found = judged(arrived=61)

    assert health_sentence(found) == "Fewer arrive than usual: 61 of 80, usually 96 %."
    assert "send less" in mend_sentence(found)
    assert [row.label for row in health_lines(found).rows if row.is_worse] == [
        "Delivered within an hour"
    ]


@pytest.mark.parametrize(
    ("worse", "begins"),
    [
        ({"refused": 15}, "More are refused"),
        ({"opted_out": 6}, "More people ask for no more"),
        ({"read": 20}, "Fewer are read"),
    ],
)
def test_each_count_can_be_what_is_worse(worse: dict[str, int], begins: str) -> None:
    assert health_sentence(judged(**worse)).startswith(begins)


def test_of_little_nothing_is_said() -> None:
    assert judged(of=12, arrived=2).standing is Standing.NEW
    nothing = {one: Tally() for one in Vital}
    assert judge_number(nothing, nothing).standing is Standing.QUIET


def _sent(message: Message, at: datetime, minutes: int | None) -> None:
    message.status, message.sent_at = Status.SENT, at
    if minutes is not None:
        message.delivered_at = at + timedelta(minutes=minutes)


def test_the_worker_counts_what_became_of_a_days_messages(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int
) -> None:
    people = [f"+49 151 2345 {number}" for number in range(6000, 6008)]
    save(scope, alice, a_request(account_id, *people), NOW)
    at = NOW - timedelta(hours=3)
    with scope() as session:
        first, second, third, fourth, fifth, sixth, *_ = session.scalars(select(Message)).all()
        for message, minutes in ((first, 1), (second, 5), (third, 50), (fourth, 90)):
            _sent(message, at, minutes)
        first.read_at = at + timedelta(minutes=2)
        session.get_one(Recipient, second.recipient_id).opted_out_at = at + timedelta(hours=1)
        answer = {"whatsapp_id": "A", "by": "x", "matched_by": "quote", "at": at}
        session.add(
            Reply(
                space_id=alice.space_id,
                account_id=account_id,
                message_id=first.id or 0,
                recipient_id=first.recipient_id,
                **answer,
            )
        )
        for message, code in ((fifth, Code.STRANGERS_REFUSED), (sixth, Code.NOT_ON_WHATSAPP)):
            message.status, message.reason = Status.FAILED, Reason(code)
        session.flush()
        while daily_tally.count_days(session, NOW):
            pass
        day = session.get_one(AccountDay, (account_id, date(2026, 3, 12)))
        counted = day.model_dump(exclude={"account_id", "day", "counted_at"})

    assert counted == {
        "sent": 4,
        "soon": 1,
        "in_time": 2,
        "arrived": 3,
        "read": 1,
        "answered": 1,
        "opted_out": 1,
        "refused": 2,
        "strangers_refused": 1,
        "absent": 1,
    }
    with scope(write=False) as session:
        found = number_health.number_health(session, alice, account_id, NOW)
        assert found.of(Vital.ARRIVED).now == Tally(3, 4)
        assert (found.strangers_refused, found.absent, len(found.days)) == (1, 1, 28)
        assert daily_tally.count_days(session, NOW) is False  # nothing is counted twice at once
        with pytest.raises(NotFoundError):
            number_health.number_health(session, charlie, account_id, NOW)
