"""The addresses of the pages."""

HOME = "/"
SIGN_IN = "/sign-in"
SIGN_UP = "/sign-up"
SET_UP = "/set-up"
COMPOSE = "/new"
MESSAGES = "/messages"
MESSAGE = "/messages/[message_id]"
ACCOUNTS = "/accounts"
ACCOUNT = "/accounts/[account_id]"
HEALTH = "/health"
MORE = "/more"


def message(message_id: int) -> str:
    """The page of one message."""
    return f"{MESSAGES}/{message_id}"


def account(account_id: int) -> str:
    """The page of one account."""
    return f"{ACCOUNTS}/{account_id}"
