"""What is said of what was wrong for a while, in English, while it is so."""

from collections.abc import Mapping

from wasched.domain.reasons import Code, Param
from wasched.domain.wording import count_words

SENTENCES: dict[Code, str] = {
    Code.ACCOUNT_HELD: "{why}",
    Code.NO_CONNECTION_SINCE: "There is no connection to WhatsApp since {weekday} {clock}. It is "
    "tried again by itself; look at this server's internet.",
    Code.PHONE_NOT_HEARD: "The phone itself was not heard of since {date}, {clock}. WhatsApp ends "
    "the links of a phone that stays away for 14 days: open WhatsApp on it, with the internet on. "
    "If it is in use all the same, there is nothing to do.",
    Code.WERE_MISSED: "{gone_wrong} missed within the last hour. Decide in wasched whether to send "
    "them now.",
    Code.WERE_FAILED: "{gone_wrong} not sent within the last hour, or perhaps not. wasched says "
    "why, and what can be done.",
    Code.SENDS_STOPPED: "A send went clearly worse than usual and stopped itself: {still_wait} "
    "for a word. Decide in wasched, before their time is over.",
    Code.WAIT_FOR_WORD: "{to_approve} to be approved before anything is sent.",
    Code.WEBHOOKS_OFF: "{ended_hooks} off: they took nothing for three days, or want no more.",
    Code.WORKER_SILENT: "The sending part of the server does not report any more. Nothing is sent "
    "until it does: look at the worker's log, and start it anew.",
    Code.SERVER_SILENT: "The part of the server that shows the pages does not report any more. "
    "What is scheduled is sent all the same: look at its log, and start it anew.",
    Code.TROUBLE: "{text}",
    Code.DISK_LOW: "{megabytes} MB are free on the disk with the data. Without any, nothing is "
    "sent: make room.",
    Code.BACK_UP_OLD: "The last back-up is of {day}. Make one: docs/operate.md says how.",
    Code.NO_BACK_UP: "There is no back-up yet. Make one: docs/operate.md says how.",
}


def incident_word(name: str, params: Mapping[str, Param]) -> str | None:
    """A word that a sentence here has in its braces; None for any other."""
    match name:
        case "gone_wrong":
            return count_words(int(params["count"]), "message was", "messages were")
        case "still_wait":
            return count_words(int(params["count"]), "message waits", "messages wait")
        case "to_approve":
            return count_words(int(params["count"]), "schedule waits", "schedules wait")
        case "ended_hooks":
            return count_words(int(params["count"]), "webhook is", "webhooks are")
    return None
