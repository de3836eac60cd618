"""Who has the password and not the code has nothing: no page, no route, no other way in."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx
import pyotp
import pytest
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed

from tests.attacks.conftest import Target
from tests.attacks.visitors import KNOWN, SESSION, address, error, is_in, newcomer, signs_in
from tests.books import Books
from tests.owner import signed_in
from tests.tabs import Tab
from wasched.api.cookies import HALF
from wasched.models import PasswordLink, SecondStep, User
from wasched.services.identity import password_links, second_step
from wasched.services.identity.guess_limits import TRIES_MAX
from wasched.ui.settings.passkeys_state import PasskeysState
from wasched.ui.settings.second_step_state import SecondStepState

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Victim:
    """Somebody with a second step; what a thief has of theirs, and what only they have."""

    target: Target
    email: str
    known: str
    codes: list[str]

    def owes(self) -> str:
        """Sign in with the password; the cookie of a browser that owes a code."""
        answer = signs_in(self.target, self.email, cookies={KNOWN: self.known})
        assert answer.headers["location"].startswith("/sign-in/code?")
        assert SESSION not in answer.cookies
        return answer.cookies[HALF]

    def gives(self, half: str, **form: str) -> httpx.Response:
        """Give a code in a browser that owes one."""
        headers = {"X-Forwarded-For": address(), "Cookie": f"{HALF}={half}"}
        url = f"{self.target.url}/auth/code"
        return httpx.post(url, data=form, headers=headers, timeout=60)

    def app_code(self) -> str:
        """What their app shows now."""
        return pyotp.TOTP(SECRET).now()

    def reset_link(self, ends_second_step: bool) -> str:
        """A link to a new password."""
        with Books(self.target.product).scope() as session:
            _, token = password_links.link_for_email(session, self.email, datetime.now(UTC))
            row = session.get_one(PasswordLink, self._row(session).id)
            row.ends_second_step = ends_second_step
        return token

    def _row(self, session: object) -> User:
        found: User = session.scalars(select(User).where(User.email == self.email)).one()  # type: ignore[attr-defined]
        return found


@pytest.fixture
def victim(target: Target) -> Victim:
    """A new one, whose browser was there before."""
    email, kept = newcomer(target)
    with Books(target.product).scope() as session:
        now = datetime.now(UTC)
        row = session.scalars(select(User).where(User.email == email)).one()
        mine = replace(signed_in(session, row), confirmed_at=now)
        code = pyotp.TOTP(SECRET).at(now)
        codes = second_step.turn_on(session, mine, "", SECRET, code, now)
        session.get_one(SecondStep, row.id).last_step = 0
    assert not is_in(target, f"{SESSION}={kept[SESSION]}"), "who came in without a code is out"
    return Victim(target, email, kept[KNOWN], codes)


def test_a_browser_that_owes_a_code_gets_in_nowhere(target: Target, victim: Victim) -> None:
    half = victim.owes()
    for cookie in (f"{HALF}={half}", f"{SESSION}={half}", f"{HALF}={half}; {KNOWN}={victim.known}"):
        browser = target.browser(cookie, Origin=target.url)
        said = [
            browser.get("/export/people.csv").status_code,
            browser.get("/media/1").status_code,
            browser.post("/uploads", json={"name": "a", "size": 1}).status_code,
            len(browser.post("/auth/known").cookies),
            len(browser.post("/auth/sign-out").cookies),
        ]
        assert said == [303, 401, 401, 0, 0], cookie
        heard = asyncio.run(_hears(target, cookie))
        assert victim.email not in heard and "Robin Newcomer" not in heard
    with Books(target.product).scope(write=False) as session:
        assert session.scalars(select(User).where(User.email == victim.email)).one().password_hash
    assert is_in(target, f"{SESSION}={victim.gives(half, code=victim.app_code()).cookies[SESSION]}")


async def _hears(target: Target, cookie: str) -> str:
    """What the live line says to somebody who presses all that a thief would."""
    heard = ""
    for path in ("/", "/settings"):
        tab = Tab(target.url, cookie, path)
        with suppress(ConnectionClosed, TimeoutError):
            async with asyncio.timeout(2):
                await tab.come()
                for handler in ("begin", "renew_codes", "turn_off"):
                    await tab.press(SecondStepState, handler, lambda _: True)
                for name, given in (("begin", {"form": {}}), ("take", {"answer": "{}"})):
                    await tab.press(PasskeysState, name, lambda _: True, **given)
        heard += f"{tab.shows}{tab.events}"
        await tab.close()
    return heard


@pytest.mark.parametrize(
    "way",
    [
        lambda victim: signs_in(victim.target, victim.email),
        lambda victim: signs_in(victim.target, victim.email, cookies={KNOWN: victim.known}),
        lambda victim: _by_link(victim, victim.reset_link(ends_second_step=False)),
    ],
    ids=["the password", "a known browser", "a link to a new password"],
)
def test_no_way_in_goes_past_the_code(
    target: Target, victim: Victim, way: Callable[[Victim], httpx.Response]
) -> None:
    answer = way(victim)

    assert (SESSION in answer.cookies, HALF in answer.cookies) == (False, True)
    assert answer.headers["location"].startswith("/sign-in/code?")
    assert error(victim.gives("made-up", code=victim.app_code())) == "step-over"


def test_a_link_for_who_lost_both_takes_it_off(target: Target, victim: Victim) -> None:
    answer = _by_link(victim, victim.reset_link(ends_second_step=True))

    assert is_in(target, f"{SESSION}={answer.cookies[SESSION]}")


@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_a_code_that_was_seen_is_worth_nothing_also_at_the_same_moment(
    victim: Victim, kind: str
) -> None:
    halves = [victim.owes() for _ in range(4)]
    typed = victim.app_code() if kind == "code" else victim.codes[0]

    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda half: victim.gives(half, **{kind: typed}), halves))

    assert sorted(error(one) for one in given) == ["", *["wrong-code"] * 3]
    again = victim.gives(victim.owes(), **{kind: typed})
    assert (error(again), SESSION in again.cookies) == ("wrong-code", False)


def test_codes_are_guessed_ten_times_however_many_come_at_once(victim: Victim) -> None:
    halves = [victim.owes() for _ in range(3)]
    guesses = [(halves[n % 3], f"{n:06}") for n in range(2 * TRIES_MAX)]

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda one: error(victim.gives(one[0], code=one[1])), guesses))

    assert sorted(said) == ["wait-5"] * TRIES_MAX + ["wrong-code"] * TRIES_MAX
    assert error(victim.gives(halves[0], code=victim.app_code())) == "wait-5"


def _by_link(victim: Victim, token: str) -> httpx.Response:
    form = {"link": token, "password": "four words are easy"}
    return httpx.post(f"{victim.target.url}/auth/new-password", data=form, timeout=60)
