"""What README and docs lead to is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import ROOT

_LED_TO = re.compile(r'(?:\]\(|src="|srcset=")([^)"#\s]+)')


def _pages() -> Iterator[Path]:
    return (one.relative_to(ROOT) for one in (ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", ["README.md", *sorted(str(one) for one in _pages())])
def test_each_file_that_a_page_leads_to_is_there(page: str) -> None:
    path = ROOT / page
    led_to = _LED_TO.findall(path.read_text(encoding="utf-8"))

    missing = [one for one in led_to if "://" not in one and not (path.parent / one).exists()]

    assert missing == []
