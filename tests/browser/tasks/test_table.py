"""The table of what tasks take: each has its test, and people read the same table in the docs."""

import pkgutil
from importlib import import_module

from tests.browser import tasks
from tests.browser.tasks import table
from tests.product import ROOT


def test_each_task_of_the_table_is_tried() -> None:
    names = [one.name for one in pkgutil.iter_modules(tasks.__path__) if one.name[:5] == "test_"]
    modules = [import_module(f"{tasks.__name__}.{name}") for name in names if name != "test_table"]

    tried = {name for module in modules for name in vars(module) if name[:5] == "test_"}

    assert tried == set(table.TASKS)
    assert set(table.TASKS) >= table.QUICK


def test_the_docs_show_the_same_table() -> None:
    measured = {name: one.takes for name, one in table.TASKS.items()}

    assert table.written(measured) in (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
