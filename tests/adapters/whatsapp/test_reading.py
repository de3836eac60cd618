"""Whether it was the phone that did something, or another device of the account."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from wasched.adapters.whatsapp import reading
from wasched.domain.link import PhoneHeard

AT = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("is_own", "device", "heard"), [(True, 0, [PhoneHeard(AT)]), (True, 7, []), (False, 0, [])]
)
def test_the_phone_is_heard_of_by_its_own_messages_and_receipts(
    is_own: bool, device: int, heard: list[PhoneHeard]
) -> None:
    own = SimpleNamespace(User="1", Server="s.whatsapp.net", Device=device)
    source = SimpleNamespace(IsFromMe=is_own, Sender=own, Chat=own)
    receipt = SimpleNamespace(Type=99, MessageSource=source, Timestamp=int(AT.timestamp()))

    assert list(reading._receipt(receipt)) == heard
