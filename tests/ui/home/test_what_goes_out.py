"""Home's sentences are true in every state: sending, stopped, away, not linked, overdue."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.services.permissions import ALL, Action
from wasched.services.server.health_views import HealthLine
from wasched.services.views import (
    AccountCard,
    AccountStop,
    Batch,
    Dashboard,
    DueToday,
    FellDue,
    MessageRow,
    WholeStop,
)
from wasched.ui.core import rows
from wasched.ui.frame.stop_text import fell_due_lines, stop_lines
from wasched.ui.health import text as health_text
from wasched.ui.home.text import home_lines

ZONE = "Europe/Berlin"
NOW = datetime.fromisoformat("2026-11-29T09:13:00+01:00")
SIX = NOW.replace(hour=18, minute=0)
AT_9_06 = NOW.replace(minute=6)


@pytest.fixture(autouse=True)
def server() -> None:
    """Plain functions need none."""


def a_card(
    number: int, name: str, state: str = LinkState.CONNECTED, **values: object
) -> AccountCard:
    card = AccountCard(
        id=number,
        name=name,
        phone="",
        state=state,
        standing=Reason(Code.RECONNECTING),
        since=NOW,
        until=None,
        sent_today=0,
        daily_cap=200,
        cap_today=200,
        waiting=0,
        next_due_at=None,
        is_linked=True,
        is_stopped=False,
    )
    return replace(card, **values)  # type: ignore[arg-type]


def a_row(due_at: datetime, status: str = Status.SCHEDULED, name: str = "Jörg") -> MessageRow:
    return MessageRow(
        1, due_at, status, NO_REASON, name, "person", "Hello", "Choir phone", 1, False
    )


def a_send(*statuses: str, due_at: datetime = SIX, name: str = "Jörg") -> Batch:
    tally = {one: statuses.count(one) for one in statuses}
    asks = sum(one in ("failed", "missed", "unknown") for one in statuses)
    return Batch(a_row(due_at, statuses[0], name), 1, len(statuses), asks, tally)


def said(
    *cards: AccountCard,
    due: dict[int, DueToday] | None = None,
    next_at: datetime | None = None,
    allowed: Collection[Action] = ALL,
    whole: WholeStop | None = None,
) -> str:
    """All that Home says first, as a person reads it."""
    found = {card.id: DueToday(0) for card in cards} | (due or {})
    coming = a_send(Status.SCHEDULED, due_at=next_at or SIX)
    is_going = any(card.state == "connected" and not card.is_stopped for card in cards)
    next_going = coming if next_at and is_going else None
    view = Dashboard(
        [], 0, [], [coming] if due else [], list(cards), 0, 0, 0, found, next_going, []
    )
    lines = home_lines(replace(view, whole_stop=whole), ZONE, NOW, allowed)
    works = "Sending works. " if lines.works else ""
    return f"{works}{lines.first} {lines.summary}".replace("\u2068", "").replace("\u2069", "")


CHOIR, BAKERY = a_card(1, "Choir phone"), a_card(2, "Bakery")
STOPPED = replace(CHOIR, is_stopped=True)
BY_ADMIN = WholeStop(NOW, "Ana", is_by_me=False, may_go_on=False, admin="Ana")
AWAY = replace(CHOIR, state=LinkState.RECONNECTING)
UNLINKED = replace(BAKERY, state=LinkState.LOGGED_OUT)


@pytest.mark.parametrize(
    ("home", "sentence"),
    [
        (said(CHOIR), "Sending works. Nothing needs you. Nothing is scheduled."),
        (
            said(CHOIR, due={1: DueToday(2)}, next_at=SIX),
            "Sending works. Nothing needs you. 2 go out today, the next at 18:00 to Jörg.",
        ),
        (
            said(CHOIR, due={1: DueToday(4, 3, AT_9_06)}, next_at=SIX),
            "Sending works. Nothing needs you. 1 goes out today, the next at 18:00 to Jörg. "
            "3 have been due since 09:06 and wait their turn.",
        ),
        (
            said(CHOIR, next_at=SIX + timedelta(days=1)),
            "Sending works. Nothing needs you. Next: tomorrow at 18:00 to Jörg.",
        ),
        (
            said(STOPPED, due={1: DueToday(3)}, next_at=SIX),
            "Sending is stopped. 0 go out today. 3 wait until you go on.",
        ),
        (
            said(STOPPED, due={1: DueToday(3)}, next_at=SIX, allowed={Action.WRITE}),
            "Sending is stopped. 0 go out today. 3 wait until an editor or manager goes on.",
        ),
        (
            said(STOPPED, due={1: DueToday(1)}, next_at=SIX, whole=BY_ADMIN),
            "Sending is stopped. 0 go out today. 1 waits until Ana, who runs this server, goes on.",
        ),
        (
            said(
                STOPPED,
                due={1: DueToday(1)},
                next_at=SIX,
                allowed={Action.RUN_SERVER},
                whole=replace(BY_ADMIN, may_go_on=True),
            ),
            "Sending is stopped. 0 go out today. 1 waits until you go on.",
        ),
        (
            said(STOPPED, BAKERY, due={1: DueToday(3), 2: DueToday(1)}, next_at=SIX),
            " 1 goes out today, the next at 18:00 to Jörg. 3 wait for Choir phone, which is "
            "stopped.",
        ),
        (
            said(AWAY, due={1: DueToday(3, 3, AT_9_06)}, next_at=SIX),
            "Choir phone: No connection to WhatsApp. It tries again by itself. 0 go out today. "
            "3 should have gone out since 09:06 and wait for the connection.",
        ),
        (
            said(AWAY, due={1: DueToday(3, 1, AT_9_06)}, next_at=SIX),
            "Choir phone: No connection to WhatsApp. It tries again by itself. 0 go out today. "
            "1 should have gone out at 09:06 and waits for the connection. "
            "2 more wait for the connection today.",
        ),
        (
            said(CHOIR, UNLINKED, due={1: DueToday(1), 2: DueToday(2)}, next_at=SIX),
            "One thing needs you. 1 goes out today, the next at 18:00 to Jörg. "
            "2 wait for Bakery today.",
        ),
        (
            said(CHOIR, UNLINKED, due={1: DueToday(1)}, next_at=SIX),
            "Sending works. One thing needs you. 1 goes out today, the next at 18:00 to Jörg.",
        ),
        (
            said(replace(UNLINKED, is_stopped=True)),
            "Sending is stopped. Nothing is scheduled.",
        ),
    ],
)
def test_home_says_what_goes_out_and_what_waits_for_whom(home: str, sentence: str) -> None:
    assert home == sentence


def test_the_banner_says_who_stopped_what_and_what_waits() -> None:
    at = NOW.replace(hour=8, minute=51)
    mine = [
        AccountStop(1, "Choir phone", at, "Miriam", True, 2),
        AccountStop(2, "Bakery", at, "Miriam", True, 1),
    ]
    other = AccountStop(3, "Shop", at - timedelta(days=1), "Ana", False, 0)

    def said(*stops: AccountStop, accounts: int) -> list[str]:
        return [line.sentence for line in stop_lines(stops, accounts, ZONE, NOW, may_go_on=True)]

    assert said(*mine, accounts=2) == ["0 go out today: you stopped it at 08:51. 3 wait."]
    two = stop_lines([other, *mine], 4, ZONE, NOW, may_go_on=False)
    assert [(one.ids, one.may_go_on) for one in two] == [("3", False), ("1,2", False)]
    assert said(other, *mine, accounts=4) == [
        "Shop: 0 go out today: Ana stopped it yesterday at 08:51. Nothing is due today.",
        "Choir phone and Bakery: 0 go out today: you stopped it at 08:51. 3 wait.",
    ]


def test_going_on_names_the_oldest_and_what_is_too_late() -> None:
    found = FellDue(("Choir phone",), 3, AT_9_06, ((a_row(AT_9_06), 3),), 2)

    assert fell_due_lines(found, ZONE, NOW) == [
        "3 messages fell due, the oldest today at 09:06.",
        "Today at 09:06 to \u2068Jörg\u2069 and 2 others",
        "2 are too late by now and will ask you on Home.",
    ]


@pytest.mark.parametrize(
    ("statuses", "held", "shown"),
    [
        (["delivered"] * 84 + ["failed"] * 2, {}, "partly"),
        (["failed"] * 2, {}, "failed"),
        (["sent", "unknown"], {}, "partly"),
        (["sent", "scheduled"], {}, "sending"),
        (["sent", "scheduled"], {1: "stopped"}, "stopped"),
        (["sent", "scheduled"], rows.held_accounts([AWAY]), "held"),
    ],
)
def test_a_batch_is_not_called_by_what_became_of_a_few(
    statuses: list[str], held: rows.Held, shown: str
) -> None:
    line = rows.message_line(a_send(*statuses), held, ZONE, NOW)

    assert line.status == shown
    if len(statuses) > 80:
        assert line.detail == "84 delivered, 2 failed"


def test_who_hears_the_page_hears_each_change_once() -> None:
    def shown(*held: str) -> list[rows.DayRows]:
        names = ("Jörg", "Jörg", "Ana", "Ben", "Cem")
        lines = [rows.message_line(a_send("scheduled", name=one), {}, ZONE, NOW) for one in names]
        keyed = [replace(one, key=str(number)) for number, one in enumerate(lines)]
        return [
            rows.DayRows(
                "Today", [replace(one, status=to) for one, to in zip(keyed, held, strict=True)]
            )
        ]

    before = shown(*["scheduled"] * 5)

    assert rows.changed_lines(rows.mark_changes(shown(*["held_by_me"] * 5), before)) == (
        "5 messages: waits for you"
    )
    two = shown("held_by_me", "held_by_me", "delivered", "scheduled", "stopped")
    assert (
        rows.changed_lines(rows.mark_changes(two, before)) == "Jörg: waits for you. Ana: delivered"
    )


@pytest.mark.parametrize(
    ("card", "works", "verdict"),
    [
        (CHOIR, True, "All is well."),
        (
            AWAY,
            False,
            "The server is well. Choir phone has no connection to WhatsApp; it tries again by "
            "itself.",
        ),
        (STOPPED, True, "The server is well. Sending is stopped."),
    ],
)
def test_health_agrees_with_home(card: AccountCard, works: bool, verdict: str) -> None:
    line = HealthLine("account 1", works, "Works." if works else "Is away.", NOW)

    assert (
        health_text.health_verdict(health_text.linked_lines([line], [card], ZONE, NOW)) == verdict
    )
