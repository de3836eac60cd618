"""Refusals and faults of the product, each with a sentence a person can act on."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from wasched.domain.reasons import Code, Reason, from_sentence


class WaschedError(Exception):
    """The root of the tree; `str(error)` is a sentence for a person."""


class InputError(WaschedError):
    """Something a person entered cannot be taken; `field` names where.

    `code` names the refusal in an address, which must not carry sentences: else anybody could
    write what a page says. It is the field's name unless one field has several.

    `said` is a sentence, or a reason where it is kept for another reader or another language:
    whoever shows it puts `reason` into words (`text/refusals.py`), and `str` is for the log.
    """

    def __init__(self, field: str, said: str | Reason, code: str = "") -> None:
        self.reason = from_sentence(said) if isinstance(said, str) else said
        is_said = self.reason.code is Code.SAID
        super().__init__(dict(self.reason.params)["text"] if is_said else str(said))
        self.field, self.code = field, code or field


class TooLargeError(InputError):
    """A file is larger than this server, or WhatsApp, takes."""


class WrongKindError(InputError):
    """A file is not what it was meant to be, or cannot be made into it."""


class NoRoomError(InputError):
    """The disk has no room for it."""


class MediaAwayError(InputError):
    """The store of attached files does not answer, or refuses; it may not later.

    `words` say more to who runs the server, as the end of a sentence about the store.
    """

    def __init__(self, reason: Reason, words: str) -> None:
        super().__init__("media", reason)
        self.words = words


class ChangedError(InputError):
    """Somebody else changed it since the caller last saw it; `reason` says who, and when.

    `version` is the one that it has now; `is_gone`: it was removed or cancelled.
    """

    def __init__(self, reason: Reason, version: int = 0, *, is_gone: bool = False) -> None:
        super().__init__("changed", reason)
        self.version, self.is_gone = version, is_gone


class UnseenError(InputError):
    """A program would change a thing without saying which version of it it has seen."""

    def __init__(self) -> None:
        super().__init__(
            "If-Match",
            "Say what you have seen, as in `If-Match: ETAG`, by the `ETag` that came with it; "
            "or change it however it is now, by `If-Match: *`.",
        )


class NotFoundError(WaschedError):
    """The thing does not exist, or belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__("There is no such page, or it is not yours.")


class RoleError(WaschedError):
    """Somebody may see a thing, but their role does not let them do this with it."""

    def __init__(self) -> None:
        super().__init__("Your role does not let you do this. A manager can give you another one.")


class ScopeError(RoleError):
    """A key has no scope that lets a program do this."""

    def __init__(self, wanted: Collection[str]) -> None:
        named = " or ".join(f"`{one}`" for one in sorted(wanted))
        has_none = f"This key has no scope {named}. Use one that has it." if named else ""
        WaschedError.__init__(
            self, has_none or "No key lets a program do this. Do it on the pages."
        )


class ConflictError(InputError):
    """It goes against what is there: a name or number that is taken, a list that is in use."""


class MovedOnError(ConflictError):
    """What somebody decided about has gone on without them: it is to be looked at again."""


class ElsewhereError(WaschedError):
    """A page of another site made a browser ask in a person's name."""

    def __init__(self) -> None:
        super().__init__(
            "This form was sent from another site. Open this server's own page and try again; "
            "if it comes back, PUBLIC_URL is not the address in your browser."
        )


class BadHostError(WaschedError):
    """The Host header is missing, twice there, or no plain name and port."""

    def __init__(self) -> None:
        super().__init__("Ask this server by one name, with or without a port.")


class SignInError(WaschedError):
    """E-mail and password do not match, or too many tries were made; wait so many `minutes`."""

    def __init__(self, sentence: str, minutes: int = 0) -> None:
        super().__init__(sentence)
        self.minutes = minutes


class TooOftenError(WaschedError):
    """A program asks more often than it may; `seconds` until it may again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"That was too often. Wait {seconds} s, then go on more slowly.")
        self.seconds = seconds


class UnconfirmedError(WaschedError):
    """The password has to be given again before this."""

    def __init__(self) -> None:
        super().__init__("Give your password again first, then do it once more.")


class MailError(WaschedError):
    """An e-mail was not taken; `permanent`: trying again is useless."""

    def __init__(self, sentence: str, *, permanent: bool = False) -> None:
        super().__init__(sentence)
        self.permanent = permanent


class ConfigError(WaschedError):
    """A setting in the environment makes no sense; names the setting and the mend."""


class UnusableDatabaseError(WaschedError):
    """The database is of another program or of a newer version, or has no room; says what to do."""


class EndReason(StrEnum):
    """Why work in a process of its own ended before it was done."""

    TIME = "time"  # it took more seconds than it may
    MEMORY = "memory"  # it needed more memory than it may
    STOPPED = "stopped"  # nobody waits for it any more
    FAULT = "fault"  # a mistake of ours; the log has it


class WorkEndedError(WaschedError):
    """Work in a process of its own ended before it was done; `reason` says why."""

    def __init__(self, reason: EndReason) -> None:
        super().__init__("This takes too long, or too much memory. Try it with less.")
        self.reason = reason


class NotNow(WaschedError):  # noqa: N818 - neither an error nor an attempt
    """It cannot be sent at the moment, and why; nothing was handed over and nothing is lost."""

    def __init__(self, reason: Reason, until: datetime | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.until = until


class SendError(WaschedError):
    """An attempt failed; `reason` says why, in words only to a reader.

    `permanent`: trying again is useless. `left`: False when the message surely never left,
    True when WhatsApp saw and refused it, None when nobody can tell. `code`: WhatsApp's own.
    `ended_line`: the process that holds the link died of it, or while it was handed over.
    `not_found`: WhatsApp did not find the number, which may exist in another form.
    """

    def __init__(
        self,
        reason: Reason,
        *,
        permanent: bool,
        left: bool | None = False,
        code: int | None = None,
        ended_line: bool = False,
        not_found: bool = False,
    ) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.permanent = permanent
        self.ended_line = ended_line
        self.not_found = not_found
        self.left = left
        self.code = code
