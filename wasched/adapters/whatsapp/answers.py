"""The answer to a question of the worker, or the refusal in its place."""

import logging
from collections.abc import Callable

from wasched.adapters.whatsapp import wire
from wasched.domain.errors import NotNow, SendError
from wasched.domain.reasons import Code, because

log = logging.getLogger(__name__)


def answer_command(
    asked: wire.Asked, do: Callable[[wire.Ask], wire.Result]
) -> wire.Answered | wire.Refused:
    """Do what is asked; whatever goes wrong becomes a refusal with all that is known of it."""
    try:
        return wire.Answered(asked.number, do(asked.ask))
    except NotNow as pause:
        return wire.Refused(asked.number, pause.reason, not_now=True, until=pause.until)
    except SendError as fault:
        return wire.Refused(
            asked.number,
            fault.reason,
            permanent=fault.permanent,
            left=fault.left,
            code=fault.code,
            not_found=fault.not_found,
        )
    except Exception as fault:
        log.exception("%s failed unexpectedly", type(asked.ask).__name__)
        unexpected = because(Code.UNEXPECTED_FAULT, text=str(fault))
        return wire.Refused(asked.number, unexpected, left=None)
