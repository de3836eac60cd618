"""What is asked before something is sent ahead of its time, wherever that is offered."""

from wasched.ui.core.rows import count_words


def send_question(who: str, recipients: int) -> str:
    """The question itself; one recipient is named."""
    name = who if recipients == 1 and who else count_words(recipients, "recipient", "recipients")
    return f"Send to {name} now?"


def send_sentence(due: str, others: int = 0) -> str:
    """What becomes of it; `due` is its time in words, `others` get theirs as before."""
    if not due:
        return "It goes out now instead of at its time."
    said = f"What is due {due} goes out now instead of then."
    if not others:
        return said
    return f"{said} {count_words(others, 'other gets', 'others get')} it at its time."
