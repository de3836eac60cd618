"""Links are of three kinds, each with a function of its own; Reflex's own asks the router."""

import ast
from pathlib import Path

import wasched.ui
from wasched.ui.components.links import link

UI = Path(wasched.ui.__file__).parent


def _routers_own(source: str) -> list[int]:
    """The lines that use what Reflex turns into a link of the router."""
    found = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Attribute)]
    return [one.lineno for one in found if ast.unparse(one) in ("rx.el.a", "rx.link")]


def test_no_link_asks_the_router_for_what_is_no_page() -> None:
    wrong = [
        f"{path.name}:{line}"
        for path in UI.rglob("*.py")
        for line in _routers_own(path.read_text(encoding="utf-8"))
    ]

    assert wrong == []
    assert _routers_own("def more():\n    return rx.el.a('More', href='/more.csv')") == [2]


def test_a_link_stays_out_of_the_order_of_tab_where_it_is_told_to() -> None:
    drawn = str(link("29", href="/calendar", tab_index=-1))

    assert "tabIndex:-1" in drawn and "css:" not in drawn
