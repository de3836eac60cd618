"""What README, docs and pages lead to, and what they say to type, is there."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.product import ROOT
from wasched import cli, config
from wasched.ui.core import server_commands

_LED_TO = re.compile(r'(?:\]\(|src="|srcset=")([^)"\s]+)')
_WORDS_OF_COMMAND = re.compile(r"(?:python -m|exec worker) wasched((?: +[a-z-]+)*)")
_MADE = re.compile(r"(?:`|^|&& )make ([a-z-]+)", re.MULTILINE)
_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|sh|js|css|md|sql|yaml|toml))`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ROOTS = (ROOT, *(ROOT / one for one in ("wasched", "wasched/services", "tests", "docs")))

PAGES = [
    "README.md",
    "SECURITY.md",
    *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/*.md")),
]
SPEAKING = [*PAGES, "CHANGELOG.md", ".env.example", "compose.yaml"]
"""What people read: these, and the sentences of the program."""


def _texts() -> Iterator[tuple[str, str]]:
    for name in SPEAKING:
        yield name, (ROOT / name).read_text(encoding="utf-8")
    for path in sorted((ROOT / "wasched").rglob("*.py")):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_each_file_and_heading_that_a_page_leads_to_is_there(page: str) -> None:
    path = ROOT / page
    led_to = _LED_TO.findall(path.read_text(encoding="utf-8"))

    missing = [one for one in led_to if "://" not in one and not _is_there(path, one)]

    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_each_file_that_a_page_names_is_there(page: str) -> None:
    named = _FILE.findall((ROOT / page).read_text(encoding="utf-8"))

    assert [one for one in named if not _is_anywhere(one)] == []


def test_each_command_that_anything_names_is_there() -> None:
    unknown = [
        f"{name}: {words}"
        for name, text in _texts()
        for words in _WORDS_OF_COMMAND.findall(text)
        if not _is_command(words.split())
    ]

    assert unknown == []


@pytest.mark.parametrize("way", [{}, {"IN_CONTAINER": "yes"}], ids=["a clone", "a container"])
def test_each_command_that_settings_and_the_door_show_is_there(way: dict[str, str]) -> None:
    found = config.read_settings({"SECRET_KEY": "k" * 40, **way})

    for line in (server_commands.back_up_line(found), server_commands.reset_line(found)):
        [words] = _WORDS_OF_COMMAND.findall(line)
        assert words and _is_command(words.split()), line


def test_each_target_of_make_that_anything_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = {one for _, text in _texts() for one in _MADE.findall(text)}

    assert named >= {"run", "test", "demo"}, "they are found at all"
    assert named <= targets


def test_each_setting_that_can_be_chosen_is_read_by_somebody() -> None:
    chosen = re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    read = "".join((ROOT / one).read_text() for one in ("wasched/config.py", "compose.yaml"))

    assert [one for one in chosen if one.removesuffix("_FILE") not in read] == []


def _is_anywhere(file: str) -> bool:
    """True if a page may name a file so; NAME stands for any."""
    return any(list(root.glob(file.replace("NAME", "*"))) for root in _ROOTS)


def _is_there(page: Path, led_to: str) -> bool:
    name, _, place = led_to.partition("#")
    path = (page.parent / name) if name else page
    return path.exists() and (not place or place in _places(path))


@cache
def _places(path: Path) -> set[str]:
    """The headings of a page as GitHub calls them in addresses."""
    headings = _HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


def _is_command(words: list[str]) -> bool:
    """True if the shell knows them; after a command come its options and what it is about."""
    found: Any = typer.main.get_command(cli.app)
    for word in words:
        if not hasattr(found, "commands"):  # a command and no group of them
            return True
        found = found.commands.get(word)
        if found is None:
            return False
    return True
