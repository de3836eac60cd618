"""Rules said in words that, read again, are the same rule with the same begin."""

from dataclasses import replace

from wasched.domain import sentences, wording
from wasched.domain.recurrence import Recurrence, wall_times
from wasched.domain.wording import day_and_month


def say_rule(rule: Recurrence) -> str:
    """The phrase that means a rule, for as long as its first occurrence is to come.

    `sentences.sentence` is for reading: it leaves the begin out, and counts many exceptions. Here
    all of them are said. Afterwards the phrase means what is left of the rule, in its own steps.
    """
    parts = rule.parts
    endless = replace(rule, rrule=replace(parts, count=None, until=None).text(), exdates=())
    whole = replace(rule, exdates=())
    said = [sentences.rule_sentence(endless)]
    if rule.exdates:
        said.append(sentences.exception_words(wording.spans(one.date() for one in rule.exdates)))
    if parts.count is not None:
        said.append(sentences.times_words(parts.count))
    if parts.until is not None:
        said.append(f"until {day_and_month(sentences.last_day(parts.until, rule.dtstart))}")
    first = next(wall_times(whole, rule.dtstart), rule.dtstart)
    return ", ".join([*said, f"from {day_and_month(first.date())}"])
