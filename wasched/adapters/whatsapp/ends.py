"""Why a link ended."""

from enum import IntEnum


class LineEnd(IntEnum):
    """What the supervisor does next follows from it; any other code is an incident, too."""

    REST = 0  # as it was told, or because somebody must act first
    INCIDENT = 1  # something broke: start again after a while
    STORE_FAULT = 74  # the store cannot be written: start again once it can
    NEW_CODES = 75  # nobody scanned: start again at once
    MOVED = 77  # it made room, and begins in another process at once
    RETAKEN = 78  # by who has no right to it any more, such as a sleeper that woke: log in again
    LINKED = 76  # a phone took the device: the library may log in from where it is kept
