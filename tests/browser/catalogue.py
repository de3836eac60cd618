"""Every page in every state it can be in: where it is, and words that are seen there.

The tests look at all of it in each of the `LOOKS`, and `make screenshots` keeps a picture of what
has a name for one.
"""

from dataclasses import dataclass

LOOKS = ((360, "dark"), (360, "light"), (1280, "light"), (1280, "dark"))
"""A phone and a desktop, by day and by night."""

TWO_LOOKS = (LOOKS[0], LOOKS[2])
"""For what all pages have alike, which each page is seen with in all four looks anyway."""


@dataclass(frozen=True)
class View:
    """A page in a state: its address, words that are seen there, and the name of its picture."""

    path: str
    words: str
    picture: str = ""


def shape(path: str) -> str:
    """An address without what differs from one thing to the next."""
    page, _, _ = path.partition("?")
    return "/".join("*" if one.isdecimal() or "[" in one else one for one in page.split("/"))


EMPTY = (
    View("/", "Link a phone, then write your first message", "empty-home"),
    View("/new", "Link a phone first", "empty-compose"),
    View("/calendar", "Nothing on this day", "empty-calendar"),
    View("/calendar?view=week", "Nothing on this day"),
    View("/calendar?view=list", "Nothing from"),
    View("/messages", "Nothing is scheduled", "empty-messages"),
    View("/messages?tab=past", "No message has gone out yet"),
    View("/messages?tab=needs", "Nothing needs you", "empty-needs-you"),
    View("/messages?tab=repeating", "Nothing repeats yet", "empty-repeating"),
    View("/messages?q=zzz", "Nothing matches"),
    View("/replies", "Nobody has written back yet"),
    View("/recipients", "Nobody yet", "empty-recipients"),
    View("/recipients?tab=groups", "No groups yet"),
    View("/recipients?tab=lists", "No lists yet"),
    View("/recipients/import", "A file of people"),
    View("/templates", "No templates yet", "empty-templates"),
    View("/accounts", "Link a phone", "empty-accounts"),
    View("/settings", "This browser"),
    View("/health", "Figures appear after the first message", "empty-health"),
    View("/more", "Recipients"),
)
"""Of somebody who has only just signed up."""

CALM = (
    View("/", "Nothing needs you", "calm-home"),
    View("/new", "To"),
    View("/accounts", "Choir phone"),
)
"""Of somebody whose phone is linked and who has written nothing yet."""

FULL = (
    View("/", "Going out now", "home"),
    View("/new", "To", "compose"),
    View("/calendar", "Dilnoza Karimova", "calendar"),
    View("/calendar?view=week", "Dilnoza Karimova", "week"),
    View("/calendar?view=list", "Tomorrow"),
    View("/messages", "Choose all", "messages"),
    View("/messages?tab=past", "84 delivered, 2 failed"),
    View("/messages?tab=needs", "Maybe sent", "needs-you"),
    View("/messages?tab=repeating", "Every Tuesday and Thursday", "repeating"),
    View("/messages?tab=all&status=failed", "Failed"),
    View("/replies", "A voice note"),
    View("/messages/6", "Did it arrive?", "story"),
    View("/messages/10", "It did not go out"),
    View("/schedules/147", "Every Tuesday and Thursday"),
    View("/recipients", "Dilnoza Karimova", "recipients"),
    View("/recipients?tab=lists", "Whole choir"),
    View("/recipients/1", "They want no more", "person"),
    View("/lists/1", "In it", "list"),
    View("/recipients/import", "twice in the file", "import"),
    View("/templates", "Market day", "templates"),
    View("/templates/1", "Edit template"),
    View("/accounts", "Bakery"),
    View("/accounts/1", "Pace and quiet hours", "accounts"),
    View("/accounts/2", "Linked devices", "pairing"),
    View("/settings", "Make an invitation", "settings"),
    View("/settings/audit-log", "Nobody can change an entry"),
    View("/settings/webhooks", "hooks.example.org"),
    View("/settings/alerts", "Add another way"),
    View("/settings/keywords", "Add a keyword"),
    View("/health", "Keeping the accounts failed", "health"),
    View("/more", "Recipients"),
)
"""Of the owner of a server that has run for a while."""

GONE = (
    View("/messages/9999", "There is no such page, or it is not yours"),
    View("/schedules/9999", "or it is not yours"),
    View("/recipients/9999", "There is nobody here, or they are not yours"),
    View("/lists/9999", "There is no such list"),
    View("/templates/9999", "There is no such template, or it is not yours"),
    View("/accounts/9999", "There is no such account, or it is not yours"),
    View("/nowhere", "There is no such page", "gone"),
)
"""Addresses of what is not there, or somebody else's."""

DOORS = (
    View("/sign-in", "to localhost", "sign-in"),
    View("/sign-in?error=no-match", "do not match", "sign-in-refused"),
    View("/sign-in?error=wait-5", "Wait 5 minutes"),
    View("/sign-in/code", "to localhost"),  # whose browser owes no code is led on
    View("/sign-in/forgot", "to localhost"),  # where no e-mail is sent
    View("/set-up", "This server is set up. Sign in."),
    View("/sign-up?invite=made-up", "This invitation is over"),
    View("/new-password?link=made-up", "This link is over"),
)
"""Of nobody in particular."""

PAGES = (
    *{shape(one.path): one for one in reversed(FULL) if "?" not in one.path}.values(),
    View("/set-up/phone", "Going out now"),  # who has linked a phone is led on
)
"""Each page that is loaded over the socket, once: all of them wait, and all of them may fail."""

AT_ONCE = {
    "/": "Sending works.",
    "/new": "Message",
    "/calendar": "Month",
    "/messages": "Coming up",
    "/set-up/phone": "3 of 3",
    "/more": "Recipients",
}
"""What has words before anybody answers; the other pages show their shape."""

FAILED = "This page could not be loaded."
