"""Accounts: the linked numbers, and one of them beside the list."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.domain.link import LinkState
from wasched.services.accounts import account_limits, accounts, number_health, warm_up
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.services.messages import stopping
from wasched.services.permissions import Action, may
from wasched.services.phone_numbers import phones
from wasched.services.schedules import first_message
from wasched.services.views import AccountCard, PairingCard
from wasched.text.reasons import reason_sentence
from wasched.text.refusals import error_sentence
from wasched.ui.accounts.health_text import HealthLines, health_lines
from wasched.ui.accounts.pace_state import PaceState
from wasched.ui.accounts.pairing_state import PairingState
from wasched.ui.accounts.passkey_state import PasskeyLinkState
from wasched.ui.accounts.warm_up_text import WarmUpLine, warm_up_line
from wasched.ui.core import routes, rows, times, toasts
from wasched.ui.core.page_calls import call_page, focus_on
from wasched.ui.core.rows import AccountLine
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.frame.stop_text import account_line
from wasched.ui.live import subscriptions

_PAPER_PX = 294
_PAIRS = (LinkState.NEEDS_LINK, LinkState.LOGGED_OUT)


@dataclass(frozen=True)
class AccountPage:
    """One account for its page; `shows` is pairing, or detail."""

    id: int = 0
    name: str = ""
    phone: str = ""
    state: str = ""
    sentence: str = ""
    is_stopped: bool = False
    stopped: str = ""  # by whom and since when
    shows: str = ""
    pair_title: str = ""
    use: str = ""
    percent: str = "0%"
    waiting: str = ""
    unlink_sentence: str = ""
    is_untried: bool = False  # linked, and nothing was ever written for it


@dataclass(frozen=True)
class Codes:
    """What a phone can link with now; the ring's times are seconds for the style sheet."""

    qr_path: str = ""
    qr_box: str = "0 0 1 1"
    qr_width: str = "1"  # a whole number of pixels for each module, or scanning suffers
    qr_key: str = ""
    qr_lasts: str = "20"
    qr_age: str = "0"
    code: str = ""
    code_plain: str = ""  # as a phone takes it when it is pasted
    code_phone: str = ""
    code_until: str = ""
    refusal: str = ""


class AccountsState(rx.State):
    """All accounts, and the one that the address names."""

    is_loaded: bool = False
    accounts: list[AccountLine] = []
    account: AccountPage = AccountPage()
    pairing: Codes = Codes()
    warm_up: WarmUpLine = WarmUpLine()
    health: HealthLines = HealthLines()
    error: str = ""

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Show the page and keep it current."""
        user = await signed_in(self)
        self.error = ""
        subscriptions.follow_topics(self, user, (ACCOUNTS, MESSAGES), AccountsState.refresh)
        await self._show(user)
        begin = call_page("pairingWay", callback=PairingState.begin)
        return [PaceState.load, PasskeyLinkState.load, begin]  # type: ignore[list-item]

    @rx.event
    async def refresh(self) -> EventSpec:
        """Show what is so now."""
        await self._show(await signed_in(self))
        return PasskeyLinkState.refresh  # type: ignore[return-value]

    @rx.event
    async def add(self, form: dict[str, str]) -> EventSpec | None:
        """Add an account by its name and go to its codes."""
        user = await signed_in(self)
        name, most = form.get("name", ""), settings().accounts_max
        try:
            new = await do_in_database(
                lambda s, now: accounts.add_account(s, user, name, now, most)
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return focus_on("name")
        return rx.redirect(routes.account(new))

    @rx.event
    async def steer(self, wish: str) -> None:
        """Connect or unlink the account of this page, or switch its warm-up."""
        user = await signed_in(self)
        chosen = self.account.id
        deeds = {
            "connect": accounts.connect_account,
            "unlink": accounts.unlink_account,
            "warm_up_off": partial(warm_up.switch_warm_up, is_on=False),
            "warm_up_on": partial(warm_up.switch_warm_up, is_on=True),
        }
        if wish in deeds:
            await do_in_database(lambda session, now: deeds[wish](session, user, chosen, now))
        await self._show(user)

    @rx.event
    async def send_test(self) -> EventSpec:
        """Have the account of this page write to its own phone, and show what becomes of it."""
        user = await signed_in(self)
        chosen = self.account.id
        try:
            sent = await do_in_database(
                lambda session, now: first_message.send_test(session, user, chosen, now)
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        return rx.redirect(routes.message(sent))

    @rx.event
    async def remove(self) -> list[EventSpec] | EventSpec:
        """Let go of the account of this page, and go to the others."""
        user = await signed_in(self)
        chosen = self.account.id
        try:
            await do_in_database(
                lambda session, now: account_limits.remove_account(session, user, chosen, now)
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        return [toasts.toast_told(f"{self.account.name} is removed."), rx.redirect(routes.ACCOUNTS)]

    async def _show(self, user: Caller) -> None:
        chosen = routes.number_in(self.router.url.path)
        cards, stops = await ask_database(
            lambda session, now: (
                accounts.list_accounts(session, user, now),
                stopping.list_stops(session, user, now),
            )
        )
        stop = next((one for one in stops if one.account_id == chosen), None)
        now = bootstrap.clock().now()
        lines = {card.id: rows.account_line(card, user.zone, now) for card in cards}
        self.accounts = list(lines.values())
        found = next((card for card in cards if card.id == chosen), None)
        stopped = account_line(stop, user.zone, now) if stop else ""
        untried = await ask_database(lambda session, now: first_message.is_untried(session, chosen))
        links = may(user, Action.MANAGE)
        self.account, self.pairing = AccountPage(), Codes()
        self.warm_up = warm_up_line(found.warm_up if found else None)
        if found:
            self.account = _page(found, lines[found.id], stopped, untried, links)
        self.health = await self._health(user, chosen) if found else HealthLines()
        if found and links:
            codes = await ask_database(
                lambda session, now: accounts.pairing_card(session, user, chosen, now)
            )
            self.pairing = _codes(codes, user.zone, now)
        self.is_loaded = True

    async def _health(self, user: Caller, chosen: int) -> HealthLines:
        return health_lines(
            await ask_database(
                lambda session, now: number_health.number_health(session, user, chosen, now)
            )
        )


def _page(
    card: AccountCard, line: rows.AccountLine, stopped: str, is_untried: bool, links: bool
) -> AccountPage:
    """An account for its page; `links`: the reader may link its phone."""
    pairs = card.state in _PAIRS or (card.state == LinkState.CONNECTING and not card.is_linked)
    again = card.state == LinkState.LOGGED_OUT
    missed = (
        f"{line.waiting} for it and will be missed unless you link it again in time."
        if card.waiting
        else "Nothing waits for it."
    )
    return AccountPage(
        id=card.id,
        name=card.name,
        phone=card.phone,
        state=card.state,
        sentence=line.sentence,
        is_stopped=card.is_stopped,
        stopped=stopped,
        shows="pairing" if pairs and links else "detail",
        pair_title=f"Link {card.name} again" if again else f"Link {card.name}",
        use=line.use,
        percent=line.percent,
        waiting=line.waiting,
        unlink_sentence=missed,
        is_untried=is_untried and card.state == LinkState.CONNECTED and bool(card.phone),
    )


def _codes(card: PairingCard, zone: str, now: datetime) -> Codes:
    until = times.clock(card.code_expires_at, zone) if card.code_expires_at else ""
    return Codes(
        qr_path=card.qr_path,
        qr_box=f"0 0 {card.qr_size} {card.qr_size}",
        qr_width=str(card.qr_size * max(3, _PAPER_PX // max(card.qr_size, 1))),
        qr_key=card.qr_key,
        qr_lasts=str(round(card.qr_lasts_s)),
        qr_age=f"{card.qr_age_s:.1f}",
        code=card.code,
        code_plain=card.code.replace("-", ""),
        code_phone=phones.pretty_number(card.code_phone),
        code_until=until,
        refusal=reason_sentence(card.refusal, zone, now),
    )
