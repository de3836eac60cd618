"""Links are of three kinds, each with a function of its own; Reflex's own asks the router."""

import ast
from pathlib import Path

import wasched.ui
from wasched.ui.components.links import link

UI = Path(wasched.ui.__file__).parent


def _routers_own(path: Path) -> list[str]:
    """Where a file uses what Reflex turns into a link of the router, as path:line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [one for one in ast.walk(tree) if isinstance(one, ast.Attribute)]
    names = [(ast.unparse(one), one.lineno) for one in found]
    return [f"{path.name}:{line}" for name, line in names if name in ("rx.el.a", "rx.link")]


def test_no_link_asks_the_router_for_what_is_no_page() -> None:
    assert [one for path in UI.rglob("*.py") for one in _routers_own(path)] == []


def test_a_link_stays_out_of_the_order_of_tab_where_it_is_told_to() -> None:
    drawn = str(link("29", href="/calendar", tab_index=-1))

    assert "tabIndex:-1" in drawn and "css:" not in drawn
