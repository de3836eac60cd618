"""The draft in the browser: read back whole, or not at all."""

import pytest

from wasched.domain.content import Media
from wasched.ui import drafts
from wasched.ui.drafts import Chip, Kept, Options
from wasched.ui.when import REPEAT, Fields

PICTURE = Media("image", "", "image/jpeg", caption="Half a sen", digest="ab" * 32)
AT = Fields(REPEAT, "2026-03-17", "18:00", "UTC", weekdays=(1, 3), ends="count", count="12")
KEPT = Kept(1, (Chip("7", "group", "ليلى", "64 people"),), AT, Options("3", "300", "yes"),
            text="Half a sen", contents=(PICTURE,))  # fmt: skip


def test_a_draft_comes_back_as_it_was() -> None:
    assert drafts.load(drafts.dump(KEPT), 1) == KEPT


def test_a_draft_of_somebody_else_is_none() -> None:
    assert drafts.load(drafts.dump(KEPT), 2) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"chips": [1]}', '{"chips": 3}', '{"user_id": 1}']
)
def test_a_damaged_draft_is_none(text: str) -> None:
    assert drafts.load(text, 1) is None
