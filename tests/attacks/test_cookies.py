"""On https only a cookie that this very host gave counts; nobody is signed out by that rule."""

import asyncio

import pytest
from sqlalchemy import select

from tests.attacks.conftest import Target
from tests.attacks.visitors import KNOWN, ON_HTTPS, SESSION, is_in, newcomer, signs_in
from tests.books import Books
from tests.tabs import Tab
from wasched.models import SignIn
from wasched.services.identity.users import hash_secret
from wasched.ui.frame.state import ShellState

HTTPS = {name.replace("-", "_"): value for name, value in ON_HTTPS.items()}
HOST = f"__Host-{SESSION}"


def test_a_cookie_given_on_https_is_this_hosts_alone(target: Target) -> None:
    email, _ = newcomer(target)

    given = signs_in(target, email, **HTTPS).headers.get_list("set-cookie")

    kept = [one for one in given if "Max-Age=0" not in one]
    assert sorted(one.partition("=")[0] for one in kept) == [f"__Host-{KNOWN}", HOST]
    for one in kept:
        said = one.lower()
        assert all(
            word in said for word in ("; secure", "; httponly", "; samesite=lax", "; path=/")
        )
        assert "domain" not in said


def test_a_plain_cookie_planted_from_beside_gets_nobody_in_on_https(target: Target) -> None:
    """The thief's own sign-in, planted, would have the owner write into the thief's account."""
    planted = target.member.partition("=")[2]
    owner = target.owner.partition("=")[2]

    assert is_in(target, f"{SESSION}={planted}"), "on http it is the only name"
    assert not is_in(target, f"{SESSION}={planted}", **HTTPS)
    for both in (f"{HOST}={owner}; {SESSION}={planted}", f"{SESSION}={planted}; {HOST}={owner}"):
        asked = target.browser(both, **HTTPS).get("/")
        assert "set-cookie" not in asked.headers
        assert asyncio.run(_name_on_the_live_line(target, both)) == "Miriam Okafor"
    assert not is_in(target, f"{HOST}={owner}"), "no browser has that name on http"


@pytest.mark.parametrize("on_the_way", ["", "lang=de; [odd]=1; "])
def test_a_sign_in_from_before_stays_and_its_cookie_changes_its_name(
    target: Target, on_the_way: str
) -> None:
    _email, kept = newcomer(target)
    plain = f"{on_the_way}{SESSION}={kept[SESSION]}"
    with Books(target.product).scope() as session:
        token_hash = hash_secret(kept[SESSION])
        row = session.scalars(select(SignIn).where(SignIn.token_hash == token_hash)).one()
        row.confirmed_at = None

    assert is_in(target, plain, **HTTPS)
    assert asyncio.run(_name_on_the_live_line(target, plain)) == "Robin Newcomer"
    page = target.browser(plain, **HTTPS).get("/")

    given = page.headers.get_list("set-cookie")
    assert any(one.startswith(f"{HOST}={kept[SESSION]};") for one in given)
    assert any(one.startswith(f'{SESSION}="";') and "Max-Age=0" in one for one in given)
    assert is_in(target, f"{HOST}={kept[SESSION]}", **HTTPS)


def test_signing_in_over_a_sign_in_ends_the_older_one(target: Target) -> None:
    email, kept = newcomer(target)

    again = signs_in(target, email, cookies=kept).cookies[SESSION]

    assert not is_in(target, f"{SESSION}={kept[SESSION]}")
    assert is_in(target, f"{SESSION}={again}")


def test_signing_out_on_https_ends_the_session_and_leaves_the_browser_known(
    target: Target,
) -> None:
    email, _ = newcomer(target)
    kept = signs_in(target, email, **HTTPS).cookies
    cookie = "; ".join(f"{name}={value}" for name, value in kept.items() if value)

    answer = target.browser(cookie, **HTTPS).post("/auth/sign-out")

    assert not is_in(target, cookie, **HTTPS)
    assert answer.cookies[f"__Host-{KNOWN}"]
    assert any(
        one.startswith(f"{HOST}=") and "Max-Age=0" in one and "Secure" in one
        for one in answer.headers.get_list("set-cookie")
    )


async def _name_on_the_live_line(target: Target, cookie: str) -> str:
    tab = Tab(target.url, cookie, "/settings", ON_HTTPS)
    await tab.come()
    await tab.close()
    return str(tab.of(ShellState)["name"])
