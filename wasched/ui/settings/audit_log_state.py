"""The audit log: every filter lives in the address."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import RoleError
from wasched.services.caller import Caller
from wasched.services.change_notes import AUDIT
from wasched.services.permissions import Action, may
from wasched.services.server import audit_page
from wasched.services.server.audit_page import AuditFilters, AuditPage
from wasched.ui.core import routes, toasts
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.settings import audit_log_text
from wasched.ui.settings.audit_log_text import DeedDay

NAMES = ("of", "who", "kind", "from", "to")
"""What an address may say about the log, besides the page."""


class AuditLogState(rx.State):
    """One page of the log; `logs` is how many the reader may choose from."""

    is_loaded: bool = False
    logs: int = 0
    given: dict[str, str] = {}
    days: list[DeedDay] = []
    people: list[Choice] = []
    kinds: list[Choice] = []
    older: str = ""
    query: str = ""
    is_first: bool = True

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Show the page that the address names, and keep it current."""
        user = await signed_in(self)
        if not (may(user, Action.MANAGE) or may(user, Action.RUN_SERVER)):
            return [toasts.toast_told(str(RoleError())), rx.redirect(routes.SETTINGS)]
        subscriptions.follow_topics(self, user, (AUDIT,), AuditLogState.refresh)
        await self._show(user)
        return []

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.var
    def filters(self) -> int:
        """How many filters leave something out."""
        return sum(bool(self.given.get(name)) for name in NAMES if name != "of")

    async def _show(self, user: Caller) -> None:
        said = self.router.url.query_parameters
        manages, runs = may(user, Action.MANAGE), may(user, Action.RUN_SERVER)
        self.logs = manages + runs
        self.given = {name: said.get(name, "") for name in NAMES}
        if not manages and runs:
            self.given["of"] = audit_page.SERVER
        wanted = audit_page.read_filters(self.given, user.zone)
        cursor = said.get("cursor", "")
        page, people = await ask_database(lambda s, _now: _read(s, user, wanted, cursor))
        self.people = [Choice(str(number), name) for number, name in people]
        there = audit_log_text.OF_SERVER if wanted.of_server else audit_log_text.OF_SPACE
        self.kinds = [Choice(kind, word) for kind, word in audit_log_text.KINDS if kind in there]
        self.days = audit_log_text.deed_days(page.lines, user.zone, bootstrap.clock().now())
        self.query = _query(self.given)
        more = _query({**self.given, "cursor": page.next_cursor})
        self.older = f"{routes.AUDIT_LOG}?{more}" if page.next_cursor else ""
        self.is_first = not cursor
        self.is_loaded = True


def _read(
    session: Session, user: Caller, wanted: AuditFilters, cursor: str
) -> tuple[AuditPage, list[tuple[int, str]]]:
    return (
        audit_page.audit_page(session, user, wanted, cursor),
        audit_page.people_of_log(session, user, wanted),
    )


def _query(given: dict[str, str]) -> str:
    return urlencode({key: value for key, value in given.items() if value})
