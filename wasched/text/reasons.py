"""The sentence of each reason, in English, for a reader."""

from datetime import datetime

from wasched.domain import media, sentences, wall_clock
from wasched.domain.reasons import Param, Reason, load_reason
from wasched.text import (
    change_reasons,
    deed_reasons,
    import_reasons,
    incident_reasons,
    link_reasons,
    media_reasons,
    message_reasons,
    number_reasons,
)

SENTENCES = {
    **message_reasons.SENTENCES,
    **link_reasons.SENTENCES,
    **deed_reasons.SENTENCES,
    **import_reasons.SENTENCES,
    **incident_reasons.SENTENCES,
    **media_reasons.SENTENCES,
    **number_reasons.SENTENCES,
    **change_reasons.SENTENCES,
}
"""By code; what stands in braces is a parameter, or a word made of one."""

_FORMS = {"clock": "%H:%M", "weekday": "%a", "date": "%-d %B"}


def reason_sentence(one: Reason, zone: str, now: datetime) -> str:
    """What a reason says to a reader in a zone; empty for none."""
    return SENTENCES[one.code].format_map(_Words(dict(one.params), zone, now))


class _Words(dict[str, Param]):
    """The parameters of a reason, and the words that are made of them when a sentence asks.

    Of what an earlier version stored some are words already, such as the clock.
    """

    def __init__(self, params: dict[str, Param], zone: str, now: datetime) -> None:
        super().__init__(params)
        self._zone, self._now = zone, now

    def __missing__(self, name: str) -> str:
        if (word := deed_reasons.deed_word(name, self)) is not None:
            return word
        if (word := incident_reasons.incident_word(name, self)) is not None:
            return word
        match name:
            case "clock" | "weekday" | "date":
                return self._told(_FORMS[name])
            case "day":
                return f"{datetime.fromisoformat(str(self['at'])):%d %B %Y, %H:%M} UTC"
            case "then":
                return self._then()
            case "why":
                return reason_sentence(load_reason(str(self["held"])), self._zone, self._now)
            case "length":
                return _length(int(self["minutes"]))
            case "stay":
                return _stay(int(self["waiting"]))
            case "what":
                return media.kind_word(str(self["kind"])).lower()
            case "size":
                return media.megabytes(int(self["bytes"]))
            case "enough":
                return media.megabytes(int(self["most"]))
            case "changes":
                return import_reasons.changes_sentence(self)
            case "file":
                return import_reasons.OTHER_FILES[str(self["what"])]
        raise KeyError(name)

    def _told(self, form: str) -> str:
        return f"{self._at():{form}}"

    def _at(self) -> datetime:
        """The instant as the reader's clock shows it."""
        return datetime.fromisoformat(str(self["at"])).astimezone(wall_clock.zone(self._zone))

    def _then(self) -> str:
        """When a pause ends: at 17:57, tomorrow at 02:13."""
        day = sentences.day_words(self._at(), wall_clock.zone(self._zone), self._now)
        clock = f"at {self['clock']}"
        if day == "Today":
            return clock
        return f"{day.lower()} {clock}" if sentences.is_near(day) else f"on {day} {clock}"


def _length(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


def _stay(waiting: int) -> str:
    if waiting == 0:
        return "Link it again with a new code."
    if waiting == 1:
        return "Your waiting message stays as it is."
    return f"Your {waiting} waiting messages stay as they are."
