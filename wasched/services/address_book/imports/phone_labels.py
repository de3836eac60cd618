"""What the label of a number says about it, in whatever words a phone or a program has."""

import re
from enum import IntEnum

_OTHER_DEVICES = re.compile(
    r"fax|pager|beeper|telex|modem|\bbbs\b|\btty\b|факс|传真|傳真|ファックス|ファクス|팩스|فاكس|פקס"
)
_WHATSAPP = re.compile(r"whats ?app|\bwaid\b|\bwa\b")
_MOBILE = re.compile(
    r"mobil|mobiel|m[oó]vil|telem[oó]vel|handy|iphone|smartphone|cell|celular|portable|kom[oó]rk"
    r"|k[aä]nnyk|matkapuh|\b(?:cel|cep|gsm|mob|natel)\b|моб|携帯|手机|手機|휴대|핸드폰|جوال|موبايل|נייד"
)


class Kind(IntEnum):
    """What a number is by its label, the likeliest to be on WhatsApp first."""

    WHATSAPP = 0
    MOBILE = 1
    OTHER = 2
    NO_PHONE = 3  # a fax or a pager: nobody reads messages there


def kind_of(label: str) -> Kind:
    """What a label says: the types of a vCard, or the words of a column."""
    said = label.casefold()
    if _OTHER_DEVICES.search(said):
        return Kind.NO_PHONE
    if _WHATSAPP.search(said):
        return Kind.WHATSAPP
    return Kind.MOBILE if _MOBILE.search(said) else Kind.OTHER
