"""The addresses of the pages."""

HOME = "/"
SIGN_IN = "/sign-in"
SIGN_UP = "/sign-up"
SET_UP = "/set-up"
COMPOSE = "/new"
CALENDAR = "/calendar"
MESSAGES = "/messages"
MESSAGE = "/messages/[message_id]"
ACCOUNTS = "/accounts"
ACCOUNT = "/accounts/[account_id]"
RECIPIENTS = "/recipients"
TEMPLATES = "/templates"
TEMPLATE = "/templates/[template_id]"
HEALTH = "/health"
SETTINGS = "/settings"
MORE = "/more"


def message(message_id: int) -> str:
    """The page of one message."""
    return f"{MESSAGES}/{message_id}"


def account(account_id: int) -> str:
    """The page of one account."""
    return f"{ACCOUNTS}/{account_id}"


def template(template_id: int) -> str:
    """The page of one template."""
    return f"{TEMPLATES}/{template_id}"


def from_template(template_id: int) -> str:
    """A new message that begins with a template's text."""
    return f"{COMPOSE}?template={template_id}"


def number_in(path: str) -> int:
    """The id at the end of a page's address, 0 if there is none."""
    tail = path.rstrip("/").rpartition("/")[2]
    return int(tail) if tail.isascii() and tail.isdigit() and len(tail) < 16 else 0
