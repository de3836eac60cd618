"""Common phrases about time, understood as one rule or one instant, or refused."""

from datetime import datetime

from wasched.domain import wall_clock
from wasched.domain.phrases import meaning
from wasched.domain.phrases.grammar import listen
from wasched.domain.phrases.said import PhraseError
from wasched.domain.recurrence import Recurrence

__all__ = ["PhraseError", "understand"]


def understand(
    text: str, now: datetime, zone: str, month_end: str | None = None
) -> Recurrence | datetime:
    """The rule of a phrase such as "every weekday at 9", or the instant (UTC) of "tomorrow at 8".

    `zone` is the IANA zone meant unless the phrase names one; `month_end` ("last" or "skip")
    answers what happens in months without a 31st if the phrase does not. PhraseError quotes
    what is not understood, asks for what is missing, and says what can be read in two ways;
    RuleError and UnknownZone likewise: all are DraftErrors with a sentence.
    """
    said = listen(text)
    where = said.zone or zone
    wall_clock.zone(where)
    if meaning.repeats(said):
        return meaning.rule(said, now, where, month_end)
    return meaning.once(said, now, where)
