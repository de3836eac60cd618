"""What pages and refusals give as an example of a phrase is understood when somebody types it."""

import re
from datetime import UTC, datetime

import pytest

from tests.product import ROOT
from wasched.domain.errors import InputError
from wasched.domain.phrases import understand_phrase

NOW = datetime(2027, 3, 17, 12, tzinfo=UTC)
_PLACEHOLDER = re.compile(r'"When, in your words".*?placeholder="([^"]+)"', re.DOTALL)
_EXAMPLE = re.compile(
    r'as in (?:"(?P<quoted>[^"\n]+)"|(?P<date>\d+ [A-Z]\w+(?: \d{4})?|every [\w ]+))'
)


def _of_the_page() -> list[str]:
    source = (ROOT / "wasched/ui/compose/parts/time.py").read_text(encoding="utf-8")
    [shown] = _PLACEHOLDER.findall(source)
    return [one for one in shown.split(", ") if one != "…"]


def _of_refusals() -> set[str]:
    """Examples of the sentences that refuse a phrase, whole however their lines are broken."""
    sources = sorted((ROOT / "wasched/domain/phrases").glob("*.py"))
    texts = (re.sub(r"'\s*\n\s*f?'", "", one.read_text(encoding="utf-8")) for one in sources)
    found = (match for text in texts for match in _EXAMPLE.finditer(text))
    return {match["quoted"] or match["date"] for match in found}


def _whole(example: str) -> str:
    """The example as a phrase: a date wants a time, an exception something it is one of."""
    if example.startswith("except"):
        return f"every day at 9 {example}"
    return example if re.search(r"\bat\b|\bin\b|:\d\d$", example) else f"{example} at 9"


@pytest.mark.parametrize("example", _of_the_page())
def test_the_compose_page_s_own_examples_are_understood(example: str) -> None:
    assert understand_phrase(example, NOW, "Europe/Berlin")


def test_what_refusals_say_to_write_is_understood() -> None:
    examples = {one for one in _of_refusals() if "{" not in one}
    refused = []
    for one in examples:
        try:
            understand_phrase(_whole(one), NOW, "Europe/Berlin")
        except InputError as fault:
            refused.append(f"{one}: {fault}")

    assert len(examples) > 8
    assert refused == []
