"""Names are understood in a traceback without their file: fewer than half of them are one word."""

import ast

from tests.test_imports import PACKAGE

ONE_WORD_AT_MOST = 0.45


def test_most_functions_say_what_they_do_in_more_than_a_word() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
    ]

    assert _share_of_one_word(sources) <= ONE_WORD_AT_MOST


def test_one_word_is_counted_whoever_has_it() -> None:
    planted = "def take(): ...\nclass Tap:\n    async def _open(self): ...\ndef open_tap(): ..."

    assert _share_of_one_word([planted]) == 2 / 3


def _share_of_one_word(sources: list[str]) -> float:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for one in sources for node in ast.walk(ast.parse(one)))
    names = [node.name for node in nodes if isinstance(node, kinds)]
    ours = [name for name in names if not name.startswith("__")]
    return sum("_" not in name.strip("_") for name in ours) / len(ours)
