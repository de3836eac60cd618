"""What ends a link, and what makes an answer of no use: each with a reason for people."""

from wasched.domain.errors import WaschedError
from wasched.domain.reasons import Reason


class LinkEndedError(WaschedError):
    """This attempt cannot go on; `code` is what WhatsApp is answered where it waits for one."""

    def __init__(self, reason: Reason, code: str = "") -> None:
        super().__init__(str(reason))
        self.reason, self.code = reason, code


class AnswerRefusedError(WaschedError):
    """A passkey answer that cannot be used; another one may follow."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason
