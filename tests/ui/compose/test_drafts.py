"""The draft in the browser: read back whole, or not at all."""

import pytest

from wasched.services.content.named_people import Mention
from wasched.ui.compose import draft_text
from wasched.ui.compose.content_fields import File, Written
from wasched.ui.compose.draft_text import BrowserDraft, Chip, Options
from wasched.ui.compose.time_fields import REPEAT, Fields

WRITTEN = Written(
    wordings=("Half a sen", ""),
    files=(File(7, "image"), File(9, "voice")),
    mentions=(Mention("Anna", "491510000012@s.whatsapp.net"),),
    options=("Soup", "Salad", ""),
    choices="0",
)
AT = Fields(REPEAT, "2026-03-17", "18:00", "UTC", weekdays=(1, 3), ends="count", count="12")
KEPT = BrowserDraft(1, (Chip("7", "group", "ليلى", "64 people"),), AT, Options("3", "300", "yes"),
            written=WRITTEN)  # fmt: skip


def test_a_draft_comes_back_as_it_was() -> None:
    assert draft_text.load_draft(draft_text.dump_draft(KEPT), 1) == KEPT


def test_a_draft_of_somebody_else_is_none() -> None:
    assert draft_text.load_draft(draft_text.dump_draft(KEPT), 2) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"chips": [1]}', '{"chips": 3}', '{"user_id": 1}']
)
def test_a_damaged_draft_is_none(text: str) -> None:
    assert draft_text.load_draft(text, 1) is None
