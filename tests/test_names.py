"""Names are understood in a traceback without their file: fewer than half of them are one word."""

import ast

from tests.test_imports import PACKAGE

ONE_WORD_AT_MOST = 0.45


def _functions() -> list[str]:
    trees = (
        ast.parse(path.read_text(encoding="utf-8"))
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
    )
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, kinds)]
    return [name for name in names if not name.startswith("__")]


def test_most_functions_say_what_they_do_in_more_than_a_word() -> None:
    names = _functions()
    one_word = [name for name in names if "_" not in name.strip("_")]

    assert len(one_word) <= ONE_WORD_AT_MOST * len(names)
