"""A password that anybody guesses is not taken, on any way; what there is goes on working."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from tests.attacks.conftest import Target
from tests.attacks.visitors import SESSION, address, error, is_in, newcomer
from tests.books import Books
from tests.browser.person import OWNER
from tests.tabs import Tab
from wasched.services.identity import team
from wasched.ui.settings.state import SettingsState

WEAK = ("1234567890", "aaaaaaaaaa", "{email}", "{name}", "Robin.Weak-1", "waschedwasched")


def test_an_invitation_does_not_let_a_weak_password_in(target: Target) -> None:
    books, now = Books(target.product), datetime.now(UTC)
    with books.scope() as session:
        invite = team.invite_member(
            session, replace(books.owner, confirmed_at=now), "Robin", team.OWN, now
        )
    form = {"name": "Robin Weak", "email": "robin@choir.example", "zone": "UTC", "invite": invite}

    def signs_up(password: str) -> httpx.Response:
        said = {**form, "password": password.format(**form)}
        return httpx.post(
            f"{target.url}/auth/register",
            data=said,
            headers={"X-Forwarded-For": address()},
            timeout=60,
        )

    refused = [error(signs_up(password)) for password in WEAK]
    assert all(code.startswith("weak-") for code in refused), refused
    assert error(signs_up("Räksmörgås är gott")) == "", "no kinds of signs are asked for"


@pytest.mark.parametrize("weak", ["1234567890", "Robin Newcomer"])
def test_a_weak_password_does_not_take_the_place_of_a_good_one(target: Target, weak: str) -> None:
    _email, kept = newcomer(target)

    async def change() -> str:
        tab = Tab(target.url, f"{SESSION}={kept[SESSION]}", "/settings")
        await tab.come()
        form = {"current": OWNER.password, "password": weak}
        await tab.press(SettingsState, "change_password", lambda shown: shown["error"], form=form)
        await tab.close()
        return str(tab.of(SettingsState)["error"])

    assert asyncio.run(change()).startswith("Easy to guess: ")
    assert is_in(target, f"{SESSION}={kept[SESSION]}")
