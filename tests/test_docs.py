"""What README and docs lead to is there."""

import re

import pytest

from tests.product import ROOT

_LED_TO = re.compile(r'(?:\]\(|src="|srcset=")([^)"#\s]+)')


@pytest.mark.parametrize("page", ["README.md", *sorted(one.name for one in ROOT.glob("docs/*.md"))])
def test_each_file_that_a_page_leads_to_is_there(page: str) -> None:
    path = ROOT / page if page == "README.md" else ROOT / "docs" / page
    led_to = _LED_TO.findall(path.read_text(encoding="utf-8"))

    missing = [one for one in led_to if "://" not in one and not (path.parent / one).exists()]

    assert missing == []
