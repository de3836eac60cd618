"""The door of the api container: the pages, with the plain HTTP routes beside them."""

import asyncio
import gc
import json
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import reflex as rx

from wasched import bootstrap, db, process, self_check
from wasched.api.app import make_api
from wasched.api.built_files import BuiltFiles
from wasched.api.cookies import OneName
from wasched.api.filled_page import FilledPages
from wasched.api.forwarded import ForwardedScheme
from wasched.api.preparing import Preparing
from wasched.api.secure_headers import SecureHeaders
from wasched.config import settings
from wasched.services import people, setting_up
from wasched.ui import first_words, left_tabs, lines, live, refusals, routes, script_hashes, theme
from wasched.ui.components.banner import line_banner
from wasched.ui.components.links import links_lead_on
from wasched.ui.door import SocketDoor
from wasched.ui.event_door import add_event_door, note_report
from wasched.ui.followers import Handler
from wasched.ui.line_bounds import BoundedLines
from wasched.ui.line_watch import WatchedLines
from wasched.ui.pages import (
    accounts,
    calendar,
    compose,
    entrance,
    health,
    home,
    imports,
    list_page,
    message,
    messages,
    more,
    new_password,
    nowhere,
    person,
    recipients,
    schedule,
    templates,
)
from wasched.ui.pages import settings as settings_page
from wasched.ui.plain_app import PlainApp
from wasched.ui.states.accounts import AccountsState
from wasched.ui.states.address_book import AddressBookState
from wasched.ui.states.calendar import CalendarState
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.entrance import EntranceState
from wasched.ui.states.first_phone import FirstPhoneState
from wasched.ui.states.health import HealthState
from wasched.ui.states.home import HomeState
from wasched.ui.states.imports import ImportState
from wasched.ui.states.list_page import ListState
from wasched.ui.states.message import MessageState
from wasched.ui.states.messages import MessagesState
from wasched.ui.states.more import MoreState
from wasched.ui.states.new_password import NewPasswordState
from wasched.ui.states.person import PersonState
from wasched.ui.states.schedule import ScheduleState
from wasched.ui.states.settings import SettingsState
from wasched.ui.states.shell import ShellState
from wasched.ui.states.templates import TemplatesState
from wasched.ui.visitors import visitor

log = logging.getLogger(__name__)

_AGAIN_S = 3.0
_MOMENT_S = 1.0  # what is prepared within it needs no words


@asynccontextmanager
async def started(app: rx.App, preparing: Preparing) -> AsyncIterator[None]:
    """Bring the database up to date before the first request, or say meanwhile what is done."""
    process.begin()  # where the server under the app has not inherited it
    async with AsyncExitStack() as stack:
        task = asyncio.create_task(_start(app, preparing, stack))
        if (await asyncio.wait({task}, timeout=_MOMENT_S))[0]:
            task.result()
        else:
            task.add_done_callback(_end_if_failed)
            bootstrap.note_health(preparing.sentence)
        try:
            yield
        finally:
            task.cancel()
            bootstrap.end_long_work()
            await asyncio.wait({task})


async def _start(app: rx.App, preparing: Preparing, stack: AsyncExitStack) -> None:
    while fault := await asyncio.to_thread(bootstrap.start_fault):
        preparing.fault = fault
        bootstrap.note_health(fault)
        await asyncio.sleep(_AGAIN_S)
        preparing.fault = ""
    # What was loaded up to now stays. Looking through it all for garbage stopped every page for
    # a tenth of a second now and then.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    with bootstrap.session_scope(write=False) as session:
        if not people.owner_exists(session):
            log.info("To set up from elsewhere: %s", setting_up.word(settings().secret_key))
    self_check.start(holds_links=False)
    await stack.enter_async_context(live.listening(app))
    await stack.enter_async_context(left_tabs.bounded(app))
    bootstrap.note_health("")
    preparing.is_over = True


def _end_if_failed(task: asyncio.Task[None]) -> None:
    """An upgrade that failed while pages were served ends the api, as one before that does."""
    if not task.cancelled() and (fault := task.exception()):
        log.error("The api cannot start", exc_info=fault)
        os._exit(1)  # whoever started it starts it again


def make_app() -> rx.App:
    """The application with every page."""
    preparing = Preparing(db.upgrade_step)
    made = PlainApp(
        stylesheets=theme.STYLESHEETS,
        head_components=theme.head_components(),
        html_lang="en",
        api_transformer=[
            make_api,
            WatchedLines,
            lambda inner: BoundedLines(inner, visitor),
            SocketDoor,
            ForwardedScheme,
            lambda inner: BuiltFiles(inner, routes.FIXED),
            lambda inner: FilledPages(inner, first_words.PAGES, first_words.fillings),
            OneName,
            preparing.before,
        ],
        toaster=rx.toast.provider(position="bottom-center"),
        extra_app_wraps={(5, "Overlay"): line_banner, (6, "Router"): links_lead_on},
        backend_exception_handler=refusals.answer,
        frontend_exception_handler=note_report,
    )
    lines.install(made)
    add_event_door(made)  # around what the lines are by then
    made.register_lifespan_task(started, preparing=preparing)
    _add_pages(made)
    return made


def _add_pages(made: rx.App) -> None:
    for component, route, title, load in (
        (entrance.sign_in, routes.SIGN_IN, "Sign in", EntranceState.load_sign_in),
        (entrance.set_up, routes.SET_UP, "Set up", EntranceState.load_set_up),
        (entrance.sign_up, routes.SIGN_UP, "Sign up", EntranceState.load_sign_up),
        (new_password.page, routes.NEW_PASSWORD, "New password", NewPasswordState.load),
    ):
        _add(made, component, route, title, [load])
    for component, route, title, load in (
        (entrance.first_phone, routes.FIRST_PHONE, "Link a phone", FirstPhoneState.load),
        (home.page, routes.HOME, "Home", HomeState.load),
        (compose.page, routes.COMPOSE, "New message", ComposeState.load),
        (calendar.page, routes.CALENDAR, "Calendar", CalendarState.load),
        (messages.page, routes.MESSAGES, "Messages", MessagesState.load),
        (message.page, routes.MESSAGE, "Message", MessageState.load),
        (schedule.page, routes.SCHEDULE, "Schedule", ScheduleState.load),
        (templates.page, routes.TEMPLATES, "Templates", TemplatesState.load),
        (templates.detail, routes.TEMPLATE, "Template", TemplatesState.load),
        (recipients.page, routes.RECIPIENTS, "Recipients", AddressBookState.load),
        (imports.page, routes.IMPORT, "Import people", ImportState.load),
        (person.page, routes.RECIPIENT, "Recipient", PersonState.load),
        (list_page.page, routes.LIST, "List", ListState.load),
        (accounts.page, routes.ACCOUNTS, "Accounts", AccountsState.load),
        (accounts.detail, routes.ACCOUNT, "Account", AccountsState.load),
        (settings_page.page, routes.SETTINGS, "Settings", SettingsState.load),
        (health.page, routes.HEALTH, "Health", HealthState.load),
        (more.page, routes.MORE, "More", MoreState.load),
    ):
        _add(made, component, route, title, [ShellState.arrive, load])
    _add(made, nowhere.page, "404", "Not found", [])


def _add(
    made: rx.App,
    component: Callable[[], rx.Component],
    route: str,
    title: str,
    loads: list[Handler],
) -> None:
    made.add_page(
        component,
        route=route,
        title=f"{title} · wasched",
        on_load=loads,
        image="/icon-512.png",
        meta=theme.page_meta(),
    )


app = make_app()


def serve() -> SecureHeaders:
    """What answers browsers: the application, and outside of all of it the headers."""
    return SecureHeaders(app(), json.loads(script_hashes.FILE.read_text()))
