"""Guessing a password: hopeless, and no way to keep its owner out."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.attacks.conftest import Target
from tests.attacks.visitors import KNOWN, SESSION, error, is_in, newcomer, signs_in
from tests.browser.conftest import gave_password
from tests.browser.person import OWNER
from tests.tabs import Tab
from wasched.services.identity.guess_limits import TRIES_MAX
from wasched.ui.core.password_state import PASSWORD_FIELD, ConfirmingState
from wasched.ui.settings.state import SettingsState
from wasched.ui.settings.team_state import TeamState


def test_whoever_knows_an_email_keeps_no_known_browser_out(target: Target) -> None:
    email, kept = newcomer(target)
    out = target.browser("; ".join(f"{name}={value}" for name, value in kept.items()))
    left = out.post("/auth/sign-out").cookies
    known = {KNOWN: left[KNOWN]}
    assert not is_in(target, f"{SESSION}={kept[SESSION]}")

    with ThreadPoolExecutor(8) as threads:
        guesses = [f"guess number {n}" for n in range(3 * TRIES_MAX)]
        refused = list(threads.map(lambda guess: error(signs_in(target, email, guess)), guesses))

    assert refused.count("no-match") == TRIES_MAX
    assert error(signs_in(target, email)) == "wait-5"
    assert error(signs_in(target, email, cookies=known)) == ""
    assert error(signs_in(target, email)) == "wait-5", "the others go on waiting"


def test_a_known_browser_tells_nobody_which_emails_there_are(target: Target) -> None:
    _email, kept = newcomer(target)
    other, _ = newcomer(target)

    said = {
        who: [error(signs_in(target, who, "wrong", kept)) for _ in range(TRIES_MAX + 1)]
        for who in (other, "nobody-at-all@choir.example")
    }

    first, second = said.values()
    assert first == second == ["no-match"] * TRIES_MAX + ["wait-5"]


def test_the_present_password_is_not_guessed_from_within(target: Target) -> None:
    email, kept = newcomer(target)

    async def guess() -> list[str]:
        tab = Tab(target.url, f"{SESSION}={kept[SESSION]}", "/settings")
        await tab.come()
        said = []
        for number in range(2 * TRIES_MAX):
            form = {"current": f"guess number {number}", "password": "four words are easy"}
            tab.shows[SettingsState.get_full_name()].pop("error_rx_state_", None)
            await tab.press(
                SettingsState, "change_password", lambda shown: shown.get("error"), form=form
            )
            said.append(tab.of(SettingsState)["error"])
        await tab.close()
        return said

    said = asyncio.run(guess())

    assert said[:TRIES_MAX] == ["That is not your present password."] * TRIES_MAX
    assert all(one.startswith("Too many tries.") for one in said[TRIES_MAX:])
    assert error(signs_in(target, email)) == "", "the door is not shut by it"


def test_a_stolen_cookie_does_not_become_the_account(target: Target) -> None:
    """Neither by the e-mail nor by an invitation, once the password was given a while ago."""
    gave_password(target.product, timedelta(hours=1))

    async def try_all() -> tuple[bool, str, str]:
        tab = Tab(target.url, target.owner, "/settings")
        await tab.come()
        mine = {"name": OWNER.name, "email": "thief@evil.example", "zone": "UTC"}
        await tab.press(SettingsState, "save", lambda _: _asks(tab), form=mine)
        await tab.press(ConfirmingState, "turn", lambda _: not _asks(tab), is_open=False)
        await tab.press(
            TeamState, "invite", lambda _: _asks(tab), form={"note": "me", "role": "editor"}
        )
        form = {PASSWORD_FIELD: "no idea"}
        await tab.press(ConfirmingState, "give", lambda shown: shown["error"], form=form)
        shown = tab.of(SettingsState)["email"], tab.of(TeamState)["link"]
        still = _asks(tab)
        form = {PASSWORD_FIELD: OWNER.password}
        await tab.press(ConfirmingState, "give", lambda _: tab.of(TeamState)["link"], form=form)
        [waiting] = [one for one in tab.of(TeamState)["invitations"] if one["note"] == "me"]
        await tab.press(
            TeamState,
            "take_back",
            lambda shown: waiting not in shown["invitations"],
            invitation_id=waiting["id"],
        )
        await tab.close()
        return still, *shown

    try:
        assert asyncio.run(try_all()) == (True, OWNER.email, "")
    finally:
        gave_password(target.product, timedelta(0))


def _asks(tab: Tab) -> bool:
    return bool(tab.of(ConfirmingState)["is_open"])
