"""The addresses of the pages."""

from collections.abc import Mapping
from urllib.parse import quote

from wasched.domain.typed import read_id

HOME = "/"
SIGN_IN = "/sign-in"
SIGN_IN_CODE = "/sign-in/code"
FORGOT = "/sign-in/forgot"
SIGN_UP = "/sign-up"
NEW_PASSWORD = "/new-password"
SET_UP = "/set-up"
FIRST_PHONE = "/set-up/phone"
COMPOSE = "/new"
CALENDAR = "/calendar"
MESSAGES = "/messages"
MESSAGE = "/messages/[message_id]"
REPLIES = "/replies"
SCHEDULES = "/schedules"
SCHEDULE = "/schedules/[schedule_id]"
ACCOUNTS = "/accounts"
ACCOUNT = "/accounts/[account_id]"
RECIPIENTS = "/recipients"
RECIPIENT = "/recipients/[recipient_id]"
IMPORT = "/recipients/import"
LIST = "/lists/[list_id]"
TEMPLATES = "/templates"
TEMPLATE = "/templates/[template_id]"
HEALTH = "/health"
SETTINGS = "/settings"
SETTINGS_REPLIES = "/settings?part=replies"
AUDIT_LOG = "/settings/audit-log"
WEBHOOKS = "/settings/webhooks"
ALERTS = "/settings/alerts"
KEYWORDS = "/settings/keywords"
MORE = "/more"

SPACE = "space"
"""What an address calls the space that it is about."""

ALL = "all"
"""In place of a space: all of one's own, which only Home shows."""

FIXED = (
    *(SIGN_IN, SIGN_UP, SET_UP, FIRST_PHONE, COMPOSE, CALENDAR, MESSAGES, ACCOUNTS, RECIPIENTS),
    REPLIES,
    *(TEMPLATES, HEALTH, SETTINGS, AUDIT_LOG, WEBHOOKS, ALERTS, KEYWORDS, MORE),
    *(NEW_PASSWORD, SIGN_IN_CODE, FORGOT),
)
"""The pages below Home whose address is always the same."""


def shows_all(path: str, given: Mapping[str, str]) -> bool:
    """True for Home of all spaces that somebody belongs to."""
    return path == HOME and given.get(SPACE) == ALL


def in_space(href: str, space_id: int) -> str:
    """The same page for who may be in another space when they follow the address."""
    return f"{href}{'&' if '?' in href else '?'}{SPACE}={space_id}"


def message(message_id: int) -> str:
    """The page of one message."""
    return f"{MESSAGES}/{message_id}"


def messages_of(schedule_id: int, at: str) -> str:
    """The list of all messages of a send; `at` is its instant, ISO 8601."""
    return f"{MESSAGES}?tab=all&schedule={schedule_id}&at={quote(at)}"


def votes_file(schedule_id: int, at: str) -> str:
    """The file of all votes on a send; `at` is its instant, ISO 8601."""
    return f"/export/votes.csv?schedule={schedule_id}&at={quote(at)}"


def replies_to(schedule_id: int, at: str) -> str:
    """What people wrote back to a send; `at` is its instant, ISO 8601."""
    return f"{REPLIES}?schedule={schedule_id}&at={quote(at)}"


def write_to(recipient_id: int, account_id: int) -> str:
    """The compose page with a message to somebody, through an account."""
    return f"{COMPOSE}?to={recipient_id}&account={account_id}"


def schedule(schedule_id: int) -> str:
    """The page of one schedule."""
    return f"{SCHEDULES}/{schedule_id}"


def schedule_at(schedule_id: int, at: str) -> str:
    """The same with one of its times on top; `at` is its usual instant, ISO 8601."""
    return f"{schedule(schedule_id)}?at={quote(at)}"


def draft(draft_id: int) -> str:
    """The compose page with an unfinished message."""
    return f"{COMPOSE}?draft={draft_id}"


def edit(schedule_id: int, at: str = "") -> str:
    """The compose page with a schedule to change; `at` is an occurrence's instant, ISO 8601."""
    occurrence = f"&at={quote(at)}" if at else ""
    return f"{COMPOSE}?schedule={schedule_id}{occurrence}"


def duplicate(schedule_id: int) -> str:
    """The compose page with a schedule to make another like it."""
    return f"{COMPOSE}?schedule={schedule_id}&copy=yes"


def account(account_id: int) -> str:
    """The page of one account."""
    return f"{ACCOUNTS}/{account_id}"


def recipient(recipient_id: int) -> str:
    """The page of one person or group."""
    return f"{RECIPIENTS}/{recipient_id}"


def list_page(list_id: int) -> str:
    """The page of one list."""
    return f"/lists/{list_id}"


def template(template_id: int) -> str:
    """The page of one template."""
    return f"{TEMPLATES}/{template_id}"


def number_in(path: str) -> int:
    """The id at the end of a page's address, 0 if there is none."""
    return read_id(path.rstrip("/").rpartition("/")[2])
