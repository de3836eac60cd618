"""The door of the api container: the pages, with the plain HTTP routes beside them."""

import asyncio
import gc
import json
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import reflex as rx

from wasched import alerting, bootstrap, db, packaged, process, self_check, tasks
from wasched.api.app import make_api
from wasched.api.built_files import BuiltFiles
from wasched.api.cookies import OneName
from wasched.api.filled_page import FilledPages
from wasched.api.forwarded import ForwardedScheme
from wasched.api.preparing import Preparing
from wasched.api.secure_headers import SecureHeaders
from wasched.services.identity import first_run, users
from wasched.ui.accounts import page as accounts_page
from wasched.ui.accounts.state import AccountsState
from wasched.ui.build import script_hashes, theme
from wasched.ui.build.plain_app import PlainApp
from wasched.ui.calendar import page as calendar_page
from wasched.ui.calendar.state import CalendarState
from wasched.ui.components.links import links_lead_on
from wasched.ui.compose import page as compose_page
from wasched.ui.compose.state import ComposeState
from wasched.ui.core import routes
from wasched.ui.entrance import code_page, forgot_page, new_password_page
from wasched.ui.entrance import page as entrance_page
from wasched.ui.entrance.code_state import CodeState
from wasched.ui.entrance.first_phone_state import FirstPhoneState
from wasched.ui.entrance.forgot_state import ForgotState
from wasched.ui.entrance.new_password_state import NewPasswordState
from wasched.ui.entrance.state import EntranceState
from wasched.ui.frame import handler_errors, live_updates, more_page, not_found_page
from wasched.ui.frame.banner import line_banner
from wasched.ui.frame.more_state import MoreState
from wasched.ui.frame.state import ShellState
from wasched.ui.health import page as health_page
from wasched.ui.health.state import HealthState
from wasched.ui.home import page as home_page
from wasched.ui.home.state import HomeState
from wasched.ui.live import connections, lean_states, left_tabs
from wasched.ui.live.connection_limits import BoundedLines
from wasched.ui.live.event_door import add_event_door, note_report
from wasched.ui.live.message_limits import WatchedLines
from wasched.ui.live.socket_origin import SocketDoor
from wasched.ui.live.subscriptions import Handler
from wasched.ui.live.visitors import visitor_of
from wasched.ui.messages import message_page, replies_page
from wasched.ui.messages import page as messages_page
from wasched.ui.messages.message_state import MessageState
from wasched.ui.messages.replies_state import RepliesState
from wasched.ui.messages.state import MessagesState
from wasched.ui.prefill import first_words
from wasched.ui.recipients import import_page, list_page, person_page
from wasched.ui.recipients import page as recipients_page
from wasched.ui.recipients.import_state import ImportState
from wasched.ui.recipients.list_state import ListState
from wasched.ui.recipients.person_state import PersonState
from wasched.ui.recipients.state import AddressBookState
from wasched.ui.schedule import page as schedule_page
from wasched.ui.schedule.state import ScheduleState
from wasched.ui.settings import alerts_page, audit_log_page, keywords_page, webhooks_page
from wasched.ui.settings import page as settings_page
from wasched.ui.settings.alerts_state import AlertsState
from wasched.ui.settings.audit_log_state import AuditLogState
from wasched.ui.settings.keywords_state import KeywordsState
from wasched.ui.settings.state import SettingsState
from wasched.ui.settings.webhooks_state import WebhooksState
from wasched.ui.templates import page as templates_page
from wasched.ui.templates.state import TemplatesState

log = logging.getLogger(__name__)

_AGAIN_S = 3.0
_MOMENT_S = 1.0  # what is prepared within it needs no words


@asynccontextmanager
async def started_app(app: rx.App, preparing: Preparing) -> AsyncIterator[None]:
    """Bring the database up to date before the first request, or say meanwhile what is done."""
    process.begin_process()  # where the server under the app has not inherited it
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
            await asyncio.to_thread(bootstrap.presence().end)


async def _start(app: rx.App, preparing: Preparing, stack: AsyncExitStack) -> None:
    gc.enable()  # all is loaded, and who waits here for the database may wait for long
    while fault := await asyncio.to_thread(bootstrap.start_fault):
        preparing.fault = fault
        bootstrap.note_health(fault)
        await asyncio.sleep(_AGAIN_S)
        preparing.fault = ""
    bootstrap.carry_out_effects(tasks.carry_out)
    # What was loaded up to now stays. Looking through it all for garbage stopped every page for
    # a tenth of a second now and then.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    if not bootstrap.answer(lambda session, _now: users.is_set_up(session)):
        log.info("To set up from elsewhere: %s", first_run.setup_word(bootstrap.secret_key()))
    self_check.start_watches(holds_links=False)
    alerting.keep_watch()
    await stack.enter_async_context(live_updates.listen_for_changes(app))
    await stack.enter_async_context(left_tabs.bound_states(app))
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
            lambda inner: BoundedLines(inner, visitor_of),
            SocketDoor,
            ForwardedScheme,
            lambda inner: BuiltFiles(inner, routes.FIXED),
            lambda inner: FilledPages(inner, first_words.PAGES, first_words.page_fillings),
            OneName,
            preparing.before,
        ],
        toaster=rx.toast.provider(position="bottom-center"),
        extra_app_wraps={(5, "Overlay"): line_banner, (6, "Router"): links_lead_on},
        backend_exception_handler=handler_errors.answer_error,
        frontend_exception_handler=note_report,
    )
    lean_states.make_sets_late()
    connections.install_connections(made)
    add_event_door(made)  # around what the lines are by then
    made.register_lifespan_task(started_app, preparing=preparing)
    _add_pages(made)
    return made


def _add_pages(made: rx.App) -> None:
    title: str | rx.Var[str]  # the browser's tab tells a page that edits from one that begins
    for component, route, title, load in (
        (entrance_page.sign_in, routes.SIGN_IN, "Sign in", EntranceState.load_sign_in),
        (code_page.code_page, routes.SIGN_IN_CODE, "Sign in", CodeState.load),
        (forgot_page.forgot_page, routes.FORGOT, "Forgot your password?", ForgotState.load),
        (entrance_page.set_up, routes.SET_UP, "Set up", EntranceState.load_set_up),
        (entrance_page.sign_up, routes.SIGN_UP, "Sign up", EntranceState.load_sign_up),
        (
            new_password_page.new_password_page,
            routes.NEW_PASSWORD,
            "New password",
            NewPasswordState.load,
        ),
    ):
        _add(made, component, route, title, [load])
    for component, route, title, load in (
        (entrance_page.first_phone, routes.FIRST_PHONE, "Link a phone", FirstPhoneState.load),
        (home_page.home_page, routes.HOME, "Home", HomeState.load),
        (compose_page.compose_page, routes.COMPOSE, compose_page.title(), ComposeState.load),
        (calendar_page.calendar_page, routes.CALENDAR, "Calendar", CalendarState.load),
        (messages_page.messages_page, routes.MESSAGES, "Messages", MessagesState.load),
        (replies_page.replies_page, routes.REPLIES, "Replies", RepliesState.load),
        (message_page.message_page, routes.MESSAGE, "Message", MessageState.load),
        (schedule_page.schedule_page, routes.SCHEDULE, "Schedule", ScheduleState.load),
        (templates_page.templates_page, routes.TEMPLATES, "Templates", TemplatesState.load),
        (templates_page.template_detail, routes.TEMPLATE, "Template", TemplatesState.load),
        (recipients_page.recipients_page, routes.RECIPIENTS, "Recipients", AddressBookState.load),
        (import_page.import_page, routes.IMPORT, "Import people", ImportState.load),
        (person_page.person_page, routes.RECIPIENT, "Recipient", PersonState.load),
        (list_page.list_page, routes.LIST, "List", ListState.load),
        (accounts_page.accounts_page, routes.ACCOUNTS, "Accounts", AccountsState.load),
        (accounts_page.account_detail, routes.ACCOUNT, "Account", AccountsState.load),
        (settings_page.settings_page, routes.SETTINGS, "Settings", SettingsState.load),
        (
            audit_log_page.audit_log_page,
            routes.AUDIT_LOG,
            "Audit log",
            AuditLogState.load,
        ),
        (alerts_page.alerts_page, routes.ALERTS, "Alerts", AlertsState.load),
        (keywords_page.keywords_page, routes.KEYWORDS, "Keywords", KeywordsState.load),
        (webhooks_page.webhooks_page, routes.WEBHOOKS, "Webhooks", WebhooksState.load),
        (health_page.health_page, routes.HEALTH, "Health", HealthState.load),
        (more_page.more_page, routes.MORE, "More", MoreState.load),
    ):
        _add(made, component, route, title, [ShellState.arrive, load])
    _add(made, not_found_page.not_found_page, "404", "Not found", [])


def _add(
    made: rx.App,
    component: Callable[[], rx.Component],
    route: str,
    title: str | rx.Var[str],
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
    hashes = packaged.WEB / "build" / script_hashes.FILE
    return SecureHeaders(app(), json.loads(hashes.read_text()))
