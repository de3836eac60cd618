"""The door of the api container: the pages, with the plain HTTP routes beside them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from wasched import bootstrap
from wasched.api.app import make_api
from wasched.config import settings
from wasched.services import people
from wasched.ui import live, refusals, routes, theme
from wasched.ui.components.banner import connection_banner
from wasched.ui.pages import doors, home, more
from wasched.ui.states.doors import DoorState
from wasched.ui.states.home import HomeState
from wasched.ui.states.shell import ShellState

log = logging.getLogger(__name__)


@asynccontextmanager
async def started() -> AsyncIterator[None]:
    """Bring the database up to date before the first request, and say how to set up."""
    bootstrap.start()
    with bootstrap.session_scope(write=False) as session:
        if not people.owner_exists(session):
            log.info("To set up from elsewhere: %s", people.setup_token(settings().secret_key))
    yield


def make_app() -> rx.App:
    """The application with every page."""
    made = rx.App(
        stylesheets=theme.STYLESHEETS,
        head_components=theme.head_components(),
        html_lang="en",
        api_transformer=make_api(),
        toaster=rx.toast.provider(position="bottom-center"),
        extra_app_wraps={(5, "Overlay"): connection_banner},
        backend_exception_handler=refusals.answer,
    )
    made.register_lifespan_task(started)
    made.register_lifespan_task(live.listening)
    _add_pages(made)
    return made


def _add_pages(made: rx.App) -> None:
    for component, route, title, load in (
        (doors.sign_in, routes.SIGN_IN, "Sign in", DoorState.load_sign_in),
        (doors.set_up, routes.SET_UP, "Set up", DoorState.load_set_up),
        (doors.sign_up, routes.SIGN_UP, "Sign up", DoorState.load_sign_up),
    ):
        _add(made, component, route, title, [load])
    for component, route, title, load in (
        (home.page, routes.HOME, "Home", HomeState.load),
        (more.page, routes.MORE, "More", None),
    ):
        _add(made, component, route, title, [ShellState.refresh, *([load] if load else [])])


def _add(made, component, route, title, on_load):
    made.add_page(
        component, route=route, title=f"{title} · wasched", on_load=on_load, meta=theme.page_meta()
    )


app = make_app()
