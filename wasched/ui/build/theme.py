"""What every page has in its head, and the style sheets of the app."""

import reflex as rx

STYLESHEETS = [
    "/radix.css",
    "/theme.css",
    "/app.css",
    "/pages.css",
    "/content.css",
    "/widths.css",
    "/forced.css",
]

# Forest green stands in the place of "grass": theme.css gives that scale new values.
THEME = rx.theme(
    accent_color="grass",
    gray_color="olive",
    radius="large",
    scaling="100%",
    panel_background="solid",
)

_VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover"


def head_components() -> list[rx.Component]:
    """Icons, manifest, our own scripts, and the one font needed for the first paint."""
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icon-192.png"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.script(src="/app.js", defer=True),
        rx.el.link(
            rel="preload",
            href="/fonts/inter-latin-wght-normal.woff2",
            custom_attrs={"as": "font"},
            type="font/woff2",
            cross_origin="anonymous",
        ),
    ]


def page_meta() -> list[rx.Component]:
    """The meta tags of a page; with its own viewport Reflex adds none."""
    return [
        rx.el.meta(name="viewport", content=_VIEWPORT),
        _bar_colour("light", "#f8faf8"),
        _bar_colour("dark", "#111210"),
    ]


def _bar_colour(scheme: str, colour: str) -> rx.Component:
    """The colour of a phone's own bar around the page, by day or by night."""
    # Reflex knows no `media` of a meta tag: as a plain property it would become a style.
    when = {"media": f"(prefers-color-scheme: {scheme})"}
    return rx.el.meta(name="theme-color", content=colour, custom_attrs=when)
