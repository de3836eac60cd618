"""Who has not, in words: of filters, rows and nudges."""

from wasched.domain.nudge import HasNot, Nudge

WHO: dict[str, str] = {
    HasNot.VOTED: "have not voted",
    HasNot.REPLIED: "have not replied",
    HasNot.READ: "have not read it",
    HasNot.DELIVERED: "have not got it",
}
"""Behind “those who”."""

FILTERS: tuple[tuple[str, str], ...] = (
    (HasNot.VOTED, "Not voted"),
    (HasNot.REPLIED, "Not replied"),
    (HasNot.READ, "Not read"),
    (HasNot.DELIVERED, "Not delivered"),
)


def nudge_row(has_not: str, text: str) -> str:
    """What a row says of a nudge; of anything else its text alone."""
    return f"Nudge to those who {WHO[has_not]}: {text}" if has_not else text


def nudge_sentence(nudge: Nudge) -> str:
    """When a nudge goes, to whom, and what it says."""
    days = {0: "The same day", 1: "The day after"}.get(nudge.days, f"{nudge.days} days after")
    return f"{days} at {nudge.clock:%H:%M}, to those who {WHO[nudge.who]}: “{nudge.text}”"


def list_button(count: int) -> str:
    """The button that makes a list of those who are shown; empty for nobody."""
    if not count:
        return ""
    return "Make a list of this one" if count == 1 else f"Make a list of these {count:,}"
