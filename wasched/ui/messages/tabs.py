"""The tabs of Messages, which its pages show alike."""

from wasched.ui.core import routes

TABS = (
    ("coming", "Coming up"),
    ("past", "Past"),
    ("needs", "Needs you"),
    ("replies", "Replies"),
    ("repeating", "Repeating"),
    ("all", "All"),
)
"""By what the address calls them; replies have a page of their own."""

REPLIES = "replies"


def tab_href(key: str) -> str:
    """Where a tab leads."""
    return routes.REPLIES if key == REPLIES else f"{routes.MESSAGES}?tab={key}"
