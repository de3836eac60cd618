"""Links: to pages of the app, which do not load anew, and the browser's own."""

import reflex as rx
from reflex_components_core.base.fragment import Fragment
from reflex_components_core.el.element import Element

LEAVES = {"data-leaves": ""}
"""Marks a button whose row is about to go: it fades before the server has answered."""

FREEZES = "data-freezes"
"""Names what stays as it is, by a selector, while what a form has sent is not answered
(scripts/presses.js); else the form itself does."""

PAGE = "data-page"
"""Marks a link to a page of the app: scripts/links.js follows it without loading."""

STAYS = "stays"
"""As the value of PAGE: the page stays where it was scrolled to."""


BACK = {"data-back": ""}
"""Marks a link that leads back to where somebody came from: scripts/back.js."""


class PlainLink(Element):
    """The browser's own link.

    React Router's draws itself anew whenever the address changes, and a list has hundreds; of a
    place on this page it would make another address.
    """

    tag = "a"
    href: rx.Var[str]
    dir: rx.Var[str]
    tab_index: rx.Var[int]  # what is not named here would become a style


def link(
    *children: rx.Component | rx.Var | str,
    href: rx.Var | str,
    custom_attrs: dict[str, object] | None = None,
    **props: object,
) -> rx.Component:
    """A link to another page of the app."""
    attrs = {PAGE: "", **(custom_attrs or {})}
    return PlainLink.create(*children, href=href, custom_attrs=attrs, **props)


def plain_link(
    *children: rx.Component | rx.Var | str, href: rx.Var | str, **props: object
) -> rx.Component:
    """A link that the browser follows itself: a file to download, another site, a page anew.

    Reflex's own `a` asks the router instead, which knows pages alone.
    """
    return PlainLink.create(*children, href=href, **props)


def link_here(*children: rx.Component | str, place: str, **props: object) -> rx.Component:
    """A link to a place on the same page; `place` is an element's id."""
    return PlainLink.create(*children, href=f"#{place}", **props)


def text_link(text: str, href: rx.Var | str) -> rx.Component:
    """A link within or beside a text."""
    return link(text, href=href, class_name="link")


class _Router(Fragment):
    """Gives the links of all pages the router's own way to another page."""

    def add_imports(self) -> dict[str, str | list[str]]:
        """Where the ways come from."""
        return {
            "react-router": ["useLocation", "useNavigate", "useNavigation"],
            "react": "useEffect",
        }

    def add_hooks(self) -> list[str]:
        """Kept for scripts/links.js and told to back.js; presses.js hears that a way is over."""
        return [
            "const goTo = useNavigate();",
            "useEffect(() => { window.goTo = goTo; }, [goTo]);",
            "const at = useLocation();",
            "useEffect(() => { window.cameTo?.(); }, [at]);",
            "const { state: way } = useNavigation();",
            'useEffect(() => { if (way === "idle") window.presses?.landed(); }, [way]);',
        ]


@rx.memo
def _router() -> rx.Component:
    return _Router.create()


def links_lead_on(_stateful: bool = True) -> rx.Component:
    """Stands once beside all pages, so that their links need no router of their own."""
    return rx.fragment(_router())  # what it stands around is put into the fragment
