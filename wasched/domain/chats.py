"""What an address of WhatsApp is a chat with: a person, a group, or everybody who may look."""

STATUS = "status@broadcast"
"""Where a status is posted; the same for every account."""

_PEOPLE = ("@s.whatsapp.net", "@lid")
_FOR_ALL = ("@broadcast", "@newsletter")


def is_person(chat: str) -> bool:
    """True for a chat with one person."""
    return chat.endswith(_PEOPLE)


def is_for_all(chat: str) -> bool:
    """True for statuses, lists of broadcasts and channels: nothing there is said to us."""
    return chat.endswith(_FOR_ALL)
