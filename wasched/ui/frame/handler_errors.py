"""What a person sees when a handler refuses or fails."""

import logging
import traceback

from reflex.event import EventSpec

from wasched import client_faults
from wasched.domain.errors import WaschedError
from wasched.domain.storage import sentence_for
from wasched.ui.core.page_calls import call_page, show_toast
from wasched.ui.core.session import SignedOutError, SpaceChangedError, lead_to_sign_in
from wasched.ui.frame.state import ShellState

log = logging.getLogger(__name__)

_WRONG = "That did not work: the page sent what the server cannot read. Load the page anew."
_SHOWING = ("arrive", "load", "refresh")
"""What handlers are called that change nothing: they show what is so."""


def answer_error(exception: Exception) -> EventSpec:
    """Lead to signing in or to Home, say the refusal, or admit a fault that the log explains.

    A page that could not show what is so says this until it can; a deed that failed is told once.
    """
    if isinstance(exception, SignedOutError):
        return lead_to_sign_in(exception.path)
    if isinstance(exception, SpaceChangedError):
        return call_page("beginAnew")
    if client_faults.is_of_client(exception):
        client_faults.wrong_events.note(client_faults.fault_words(exception))
        return show_toast(_WRONG)
    sentence = sentence_for(exception) or "That did not work. The server's log says why."
    if isinstance(exception, WaschedError):
        sentence = str(exception)
    else:
        log.error("A page failed", exc_info=exception)
        if _was_showing(exception):
            return ShellState.fail()  # type: ignore[no-any-return] # an event, once it is called
    return show_toast(sentence)


def _was_showing(exception: Exception) -> bool:
    frames = (frame for frame, _line in traceback.walk_tb(exception.__traceback__))
    return any(
        frame.f_code.co_name in _SHOWING and frame.f_globals["__name__"].startswith("wasched.ui.")
        for frame in frames
    )
