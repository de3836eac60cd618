"""How a number is doing, in English: one sentence first, then each count."""

from wasched.domain.early_stop import Tally
from wasched.domain.number_health import Compared, NumberHealth, Standing, Vital

LABELS = {
    Vital.REFUSED: "Refused",
    Vital.ARRIVED: "Delivered within an hour",
    Vital.OPTED_OUT: "Asked for no more",
    Vital.READ: "Read",
    Vital.ANSWERED: "Answered",
}
_WORSE = {
    Vital.REFUSED: "More are refused than usual: {0}, usually {1}.",
    Vital.ARRIVED: "Fewer arrive than usual: {0}, usually {1}.",
    Vital.OPTED_OUT: "More people ask for no more than usual: {0}, usually {1}.",
    Vital.READ: "Fewer are read than usual: {0}, usually {1}.",
    Vital.ANSWERED: "Fewer are answered than usual: {0}, usually {1}.",
}
MENDS = {
    Vital.REFUSED: "Send less for some days, first of all to people who never wrote to you.",
    Vital.ARRIVED: "People may have blocked this number, or WhatsApp may hold it back: send less "
    "for some days, and only to people who expect it.",
    Vital.OPTED_OUT: "Write more seldom, and only to people who asked for it.",
    Vital.READ: "Write more seldom, or at another time of day.",
    Vital.ANSWERED: "Write more seldom, or ask something that is easily answered.",
}


def health_sentence(found: NumberHealth) -> str:
    """How the number is doing, in one sentence."""
    match found.standing:
        case Standing.QUIET:
            return "Nothing was sent in the last seven days."
        case Standing.NEW:
            return "Too little was sent so far to compare it."
        case Standing.FINE:
            return "Fine."
    assert found.worse is not None
    one = found.of(found.worse)
    return _WORSE[found.worse].format(count_of(one.now), percent(one.before))


def mend_sentence(found: NumberHealth) -> str:
    """What helps where something is worse, else nothing."""
    return MENDS[found.worse] if found.worse is not None else ""


def count_of(tally: Tally) -> str:
    """61 of 80."""
    return f"{tally.bad:,} of {tally.of:,}"


def percent(tally: Tally) -> str:
    """A share as people read it, or that there is none."""
    return f"{tally.share:.0%}".replace("%", " %") if tally.of else "none"


def refused_of(found: NumberHealth) -> str:
    """What WhatsApp refused in the last week, by its two commonest reasons; nothing for none."""
    parts = []
    if found.strangers_refused:
        parts.append(f"{found.strangers_refused:,} as strangers (463)")
    if found.absent:
        parts.append(f"{found.absent:,} not on WhatsApp")
    return ", ".join(parts)


def is_counted(one: Compared) -> bool:
    """True if there is anything to show of it."""
    return bool(one.now.of or one.before.of)
