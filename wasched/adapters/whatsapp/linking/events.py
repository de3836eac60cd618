"""What a round of linking tells, as the events of a link."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from wasched.adapters.whatsapp.linking.told import (
    AnswerRefused,
    AnswerTaken,
    Comparison,
    Linked,
    NoCode,
    PasskeyRequest,
    ScanCode,
    Told,
    TypeCode,
)
from wasched.domain.link import (
    BY_PASSKEY,
    CodeRefused,
    CodeShown,
    LinkEvent,
    LinkState,
    PasskeyAsked,
    PasskeyRefused,
    PasskeyTaken,
    QrShown,
    StateChanged,
)

_CODE_LASTS = timedelta(seconds=160)  # as long as the codes to scan beside it


def read_told(told: Told, now: datetime) -> Iterator[LinkEvent]:
    """The events that follow from what was told just now."""
    match told:
        case ScanCode(text, lasts_s):
            yield StateChanged(LinkState.NEEDS_LINK, now, BY_PASSKEY)
            yield QrShown(text, now, now + timedelta(seconds=lasts_s))
        case TypeCode(text, phone):
            yield CodeShown(text, phone, now, now + _CODE_LASTS)
        case NoCode(phone, reason):
            yield CodeRefused(phone, reason, now)
        case PasskeyRequest(options, lasts_s):
            yield PasskeyAsked(json.dumps(options), now, now + timedelta(seconds=lasts_s))
        case AnswerRefused(reason):
            yield PasskeyRefused(reason, now)
        case AnswerTaken():
            yield PasskeyTaken(now)
        case Comparison(text, must_confirm):
            yield PasskeyTaken(now, text, must_confirm)
        case Linked():
            yield StateChanged(LinkState.CONNECTING, now, "paired")
