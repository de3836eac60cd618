"""How an account's number is doing, on its page: a sentence, the counts, and four weeks of days."""

from dataclasses import dataclass, field

from wasched.domain.number_health import Compared, HealthDay, NumberHealth, Standing, is_worse
from wasched.domain.wording import day_and_month
from wasched.text.number_health_words import (
    LABELS,
    count_of,
    health_sentence,
    is_counted,
    mend_sentence,
    percent,
    refused_of,
)


@dataclass(frozen=True)
class HealthRow:
    """One count: of the last seven days, and what is usual."""

    label: str
    now: str
    usual: str
    is_worse: bool


@dataclass(frozen=True)
class HealthBar:
    """One day of the chart; `said` is what it shows, in words."""

    day: str
    height: str
    said: str
    is_empty: bool


@dataclass(frozen=True)
class HealthLines:
    """All of it; without a sentence nothing is shown."""

    sentence: str = ""
    mend: str = ""
    is_worse: bool = False
    rows: list[HealthRow] = field(default_factory=list)
    refused: str = ""
    chart: str = ""  # what the bars come to, for who does not see them
    bars: list[HealthBar] = field(default_factory=list)


def health_lines(found: NumberHealth | None) -> HealthLines:
    """How a number is doing; nothing for no account."""
    if found is None:
        return HealthLines()
    refused = refused_of(found)
    return HealthLines(
        sentence=health_sentence(found),
        mend=mend_sentence(found),
        is_worse=found.standing is Standing.WORSE,
        rows=[_row(one) for one in found.counts if is_counted(one)],
        refused=f"Refused: {refused}." if refused else "",
        chart=_chart_sentence(found.days),
        bars=[_bar(one) for one in found.days] if _sending(found.days) else [],
    )


def _row(one: Compared) -> HealthRow:
    now = f"{count_of(one.now)} ({percent(one.now)})" if one.now.of else "nothing sent"
    return HealthRow(LABELS[one.vital], now, percent(one.before), is_worse(one))


def _sending(days: tuple[HealthDay, ...]) -> list[HealthDay]:
    return [one for one in days if one.arrived.of]


def _chart_sentence(days: tuple[HealthDay, ...]) -> str:
    """The ends of it; the days stand below, one by one."""
    sent = _sending(days)
    if not sent:
        return ""
    least = min(sent, key=lambda one: one.arrived.share)
    most = max(sent, key=lambda one: one.arrived.share)
    return (
        f"Delivered within an hour, by day of the last four weeks: from {percent(least.arrived)} "
        f"on {day_and_month(least.day)} to {percent(most.arrived)} on {day_and_month(most.day)}."
    )


def _bar(one: HealthDay) -> HealthBar:
    day = day_and_month(one.day)
    if not one.arrived.of:
        return HealthBar(day, "0%", "nothing sent", True)
    said = f"{count_of(one.arrived)} ({percent(one.arrived)})"
    return HealthBar(day, f"{max(4, round(one.arrived.share * 100))}%", said, False)
