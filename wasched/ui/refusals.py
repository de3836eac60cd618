"""What a person sees when a handler refuses or fails."""

import logging
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from wasched.domain.errors import WaschedError
from wasched.ui import routes
from wasched.ui.states.session import SignedOutError

log = logging.getLogger(__name__)


def answer(exception: Exception) -> EventSpec:
    """Lead to signing in, say the refusal, or admit a fault that the log explains."""
    if isinstance(exception, SignedOutError):
        return rx.redirect(f"{routes.SIGN_IN}?{urlencode({'next': exception.path})}")
    sentence = "That did not work. The server's log says why."
    if isinstance(exception, WaschedError):
        sentence = str(exception)
    else:
        log.error("A page failed", exc_info=exception)
    shown: EventSpec = rx.toast(sentence, close_button=True)
    return shown
