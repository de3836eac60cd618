"""Why a Signal message cannot be read or written."""


class SignalError(Exception):
    """A message of the Signal protocol cannot be handled."""


class NoSessionError(SignalError):
    """There is no session with this device, or no sender key of it: it must be set up first."""


class DuplicateMessageError(SignalError):
    """The message was read before; its key is gone."""


class InvalidMessageError(SignalError):
    """The message is damaged, forged, or made for other keys."""
