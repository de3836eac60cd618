"""What the page of somebody says of them under their name."""

from datetime import UTC, datetime

import pytest

from wasched.services.address_book.entries import AddressEntry, EntryCard
from wasched.ui.recipients.person_text import person_page

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "on_whatsapp", "said"),
    [
        ("+49 151 0000001", True, "+49 151 0000001 · On WhatsApp"),
        ("+49 151 0000001", None, "+49 151 0000001"),
        ("", True, "On WhatsApp"),
        ("", None, ""),
    ],
)
def test_only_what_is_known_is_told(phone: str, on_whatsapp: bool | None, said: str) -> None:
    entry = AddressEntry(1, "person", "Anna", "", on_whatsapp=on_whatsapp)
    card = EntryCard(entry, "Anna", phone, "", {}, None, None, False, 0, 0)

    assert person_page(card, "UTC", NOW).about == said
