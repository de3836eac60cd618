"""Coming from the Node.js version: its database is chosen, looked at, and brought over."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import reflex as rx

from wasched import bootstrap
from wasched.api.long_work import LongWork
from wasched.api.media_work import ask_store
from wasched.domain.errors import EndReason, InputError, NotFoundError, WorkEndedError
from wasched.domain.node_server import NodeReport, read_report
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.files import uploads
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.node_import.target import Target, choose_target, require_bringer
from wasched.services.permissions import Action, may
from wasched.text.node_words import left_sentences, report_sentences
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, signed_in
from wasched.ui.live.accepted_events import SENTENCE_MAX
from wasched.ui.settings.invitation_links import server_origin

_KEY_MAX, _ZONE_MAX = 100, 64
_GONE = "The file is gone. Choose it again."
_ENDED = {
    EndReason.TIME: "This database takes too long to read here.",
    EndReason.MEMORY: "This database needs too much memory to be read here.",
}
_IN_SHELL = "Bring it over in the server's shell: `import-node`. What is here stays once."


@dataclass(frozen=True)
class NewcomerLine:
    """Somebody who came along, and their link to a first password."""

    email: str
    name: str
    link: str


class NodeState(rx.State):
    """The file that waits, what would come of it, and what came."""

    is_shown: bool = False
    accounts: list[Choice] = []
    account: str = ""
    zone: str = ""
    name: str = ""  # of the file; empty if none waits
    is_busy: bool = False
    plan: list[str] = []
    left: list[str] = []
    told: list[str] = []  # what was brought
    links: list[NewcomerLine] = []  # shown once
    is_local: bool = False  # links lead to the machine they are opened on
    error: str = ""
    _token: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        user = await signed_in(self)
        self.is_shown = may(user, Action.RUN_SERVER) and may(user, Action.MANAGE)
        if not self.is_shown:
            self.links, self.told = [], []
            return
        cards = await ask_database(lambda s, now: accounts.list_accounts(s, user, now))
        self.accounts = [Choice(str(one.id), one.name) for one in cards]

    @rx.event
    async def take(self, token: str) -> None:
        """Have a file that was just uploaded wait."""
        user, token = await signed_in(self), token[:_KEY_MAX]
        require_bringer(user)
        try:
            found = await ask_database(lambda s, _now: uploads.find_upload(s, user, token))
        except NotFoundError:
            self.error = _GONE
            return
        self._token, self.name, self.zone = token, found.name, self.zone or user.zone
        self.plan, self.left, self.told, self.links, self.error = [], [], [], [], ""

    @rx.event
    async def refuse(self, sentence: str) -> None:
        """Say why a file was not taken."""
        await signed_in(self)
        self.error = sentence[:SENTENCE_MAX]

    @rx.event
    async def look(self, form: dict[str, str]) -> Any:
        """Say what would come along, before anything does."""
        require_bringer(await signed_in(self))
        self.account = str(read_id(form.get("node-account", "")))
        self.zone = form.get("node-zone", "")[:_ZONE_MAX].strip()
        self.is_busy, self.error = True, ""
        return NodeState.work(False)

    @rx.event
    @asks_password
    async def bring(self) -> Any:
        """Bring over what was looked at."""
        user = await signed_in(self)
        require_bringer(user)
        require_recent_password(user, bootstrap.clock().now())
        self.is_busy, self.error = True, ""
        return NodeState.work(True)

    @rx.event(background=True)
    async def work(self, bring: bool) -> None:
        """Read the file, and bring it over if that was asked."""
        async with self:
            user = await signed_in(self)
            require_bringer(user)
            if bring:
                require_recent_password(user, bootstrap.clock().now())
            token, account, zone = self._token, self.account, self.zone
            origin, self.is_local = server_origin(self)
        try:
            report = await _read(user, token, account, zone, bring)
        except (InputError, NotFoundError) as refusal:
            async with self:
                self.is_busy, self.error = False, error_sentence(refusal)
            return
        if bring:
            await _forget(user, token)
        async with self:
            self.is_busy = False
            self._show(report, origin, is_done=bring)

    @rx.event
    async def turn_back(self) -> None:
        """Bring nothing, and forget the file."""
        user = await signed_in(self)
        token, self._token = self._token, ""
        self.name, self.plan, self.left, self.error = "", [], [], ""
        self.is_busy = False
        await _forget(user, token)

    def _show(self, report: NodeReport, origin: str, *, is_done: bool) -> None:
        said = report_sentences(report, is_done=is_done)
        self.left = left_sentences(report, self.zone)
        self.plan, self.told = ([], said) if is_done else (said, [])
        if is_done:
            self.name = self._token = ""
            self.links = [
                NewcomerLine(one.email, one.name, f"{origin}{routes.NEW_PASSWORD}?link={one.token}")
                for one in report.invited
            ]


@cache
def _reading() -> LongWork:
    return LongWork("node", 1)


async def _read(user: Caller, token: str, account: str, zone: str, bring: bool) -> NodeReport:
    """What the process says that reads it; InputError if it cannot."""

    def target(session: Any, _now: Any) -> Target:
        uploads.find_upload(session, user, token)
        return choose_target(session, user, account, zone)

    try:
        chosen = await ask_database(target)
    except NotFoundError:
        raise InputError("file", _GONE) from None
    asked = {
        "bring": bring,
        "account": chosen.account_id,
        "zone": chosen.zone,
        "user": user.id,
        "space": user.space_id,
        "address": user.address,
    }
    work = bootstrap.node_reading()

    def ask() -> Any:
        with bootstrap.media_store().uploaded(token) as path:
            return work.ask(asked | {"path": str(path)})

    try:
        return read_report(await _reading().run(user.id, ask, work.stop))
    except FileNotFoundError:
        raise InputError("file", _GONE) from None
    except WorkEndedError as end:
        why = _ENDED.get(end.reason, "This database cannot be read here.")
        raise InputError("file", f"{why} {_IN_SHELL}") from None


async def _forget(user: Caller, token: str) -> None:
    try:
        await ask_store(lambda: bootstrap.give_up_upload(user, token))
    except NotFoundError:
        return  # it was cleaned up already
