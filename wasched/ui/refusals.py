"""What a person sees when a handler refuses or fails."""

import logging
from urllib.parse import urlencode

import reflex as rx

from wasched.domain.errors import WaschedError
from wasched.ui import routes
from wasched.ui.states.session import SignedOutError

log = logging.getLogger(__name__)


def answer(exception: Exception) -> rx.event.EventSpec:
    """Lead to signing in, say the refusal, or admit a fault that the log explains."""
    if isinstance(exception, SignedOutError):
        return rx.redirect(f"{routes.SIGN_IN}?{urlencode({'next': exception.path})}")
    if isinstance(exception, WaschedError):
        return rx.toast(str(exception), close_button=True)
    log.error("A page failed", exc_info=exception)
    return rx.toast("That did not work. The server's log says why.", close_button=True)
