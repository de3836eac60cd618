"""What a tab showed is for the sign-in it was shown to, whoever comes with the tab's token."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import Session
from websockets.exceptions import ConnectionClosed

from tests.attacks.conftest import Target
from tests.books import Books, now
from tests.owner import add_person, signed_in
from tests.product import ROOT
from tests.tabs import Tab
from wasched import bootstrap
from wasched.api.cookies import SESSION
from wasched.models import SignIn, User
from wasched.services.address_book import entries
from wasched.services.caller import Caller
from wasched.services.identity import password_links, profile, server_people, users
from wasched.ui.recipients.state import AddressBookState

SECRET = "Dorothea Geheim"
QUIET_S = 0.8

pytestmark = pytest.mark.asyncio


class Spy(Tab):
    """A tab that keeps all that its line was sent."""

    def __init__(self, url: str, cookie: str, path: str = "/", token: str = "") -> None:
        super().__init__(url, cookie, path)
        self.token = token or self.token
        self.heard = ""

    async def listen(self, seconds: float = QUIET_S) -> str:
        """All that was sent, until nothing comes for a while."""
        with suppress(TimeoutError, ConnectionClosed):
            while True:
                await asyncio.wait_for(self._hear(), seconds)
        return self.heard

    async def say(self, name: str) -> None:
        """Say an event of Reflex's own."""
        await self._say(self._event(f"reflex___state____state.{name}", {}))

    async def _next_frame(self) -> str:
        frame = await super()._next_frame()
        self.heard += f"{frame}\n"
        return frame


class Member:
    """A member of the server with somebody in the address book, and browsers of theirs."""

    def __init__(self, target: Target, email: str) -> None:
        self.target, self.books = target, Books(target.product)
        with self.books.scope() as session:
            user = session.scalar(select(User).where(User.email == email))
            self.user = signed_in(session, user) if user else _joined(session, email)

    def browser(self) -> str:
        """The cookie of another browser that is signed in now."""
        with self.books.scope() as session:
            token = users.open_session(session, self.user.id, "127.0.0.1", "test", now())
        return f"{SESSION}={token}"

    @asynccontextmanager
    async def tab(self, cookie: str) -> AsyncIterator[Spy]:
        """A tab that shows who is in the address book."""
        tab = Spy(self.target.url, cookie, "/recipients")
        await tab.come()
        assert SECRET in await tab.listen(0.5)  # what was noted before shows within half a second
        tab.heard = ""
        yield tab
        await tab.close()


@pytest.fixture
def member(target: Target) -> Member:
    """Somebody whose browsers the tests sign in and out."""
    return Member(target, "dora@choir.example")


async def test_signing_out_takes_the_state_from_the_tab_that_comes_back_without_a_cookie(
    target: Target, member: Member
) -> None:
    cookie = member.browser()
    async with member.tab(cookie) as tab:
        await tab.close()
        sign_out(target, cookie)

        heard = await comes_with(target, "", tab.token)

    assert SECRET not in heard and member.user.email not in heard


@pytest.mark.parametrize("who", ["a stranger", "another member", "another browser of theirs"])
async def test_a_token_alone_opens_nothing(target: Target, member: Member, who: str) -> None:
    cookies = {"a stranger": "", "another member": target.member}
    async with member.tab(member.browser()) as tab:
        await tab.close()
        heard = await comes_with(target, cookies.get(who) or "", tab.token)
        if who == "another browser of theirs":
            heard = await comes_with(target, member.browser(), tab.token, "/more")

    assert SECRET not in heard


async def test_who_comes_back_with_the_same_sign_in_finds_what_was_there(
    target: Target, member: Member
) -> None:
    async with member.tab(member.browser()) as tab:
        before = tab.token
        await tab.close()
        tab.path = "/more"
        await tab.come()

        assert tab.token == before
        assert SECRET in await tab.listen()


async def test_a_duplicated_tab_gets_a_token_of_its_own(target: Target, member: Member) -> None:
    cookie = member.browser()
    async with member.tab(cookie) as tab:
        twin = Spy(target.url, cookie, "/recipients", tab.token)
        await twin.come()

        assert twin.token != tab.token
        assert twin.of(AddressBookState)["lines"] == tab.of(AddressBookState)["lines"]
        await twin.close()


@pytest.mark.parametrize("way", ["signs out", "new password", "removed", "ended", "run out"])
async def test_an_open_line_whose_sign_in_ends_is_sent_nothing_more(
    target: Target, way: str
) -> None:
    member = Member(target, f"{way.replace(' ', '-')}@choir.example")
    cookie = member.browser()
    async with member.tab(cookie) as tab:
        end(member, cookie, way)
        await tab.say("hydrate")
        heard = await tab.listen()

    assert SECRET not in heard and member.user.email not in heard
    assert "/sign-in?next=%2Frecipients" in heard


async def test_all_tabs_of_a_sign_in_are_led_to_sign_in_when_one_signs_out(
    target: Target, member: Member
) -> None:
    cookie, other = member.browser(), member.browser()
    async with member.tab(cookie) as one, member.tab(cookie) as two, member.tab(other) as kept:
        sign_out(target, cookie)

        for tab in (one, two):
            assert "/sign-in" in await tab.listen()
        assert "/sign-in" not in await kept.listen()


async def test_what_changes_after_a_sign_in_ended_does_not_reach_its_line(
    target: Target, member: Member
) -> None:
    cookie = member.browser()
    async with member.tab(cookie) as tab:
        sign_out(target, cookie)
        with member.books.scope() as session:
            entries.add_person(session, member.user, "Erna Danach", "+4915100000999", "", now())
        heard = await tab.listen()

    assert "Erna Danach" not in heard and SECRET not in heard


async def test_the_pages_scripts_do_not_put_the_token_into_an_address() -> None:
    scripts = [one.read_text() for one in (ROOT / ".web/build/client").rglob("*.js")]

    assert not any("query:{token" in one.replace(" ", "") for one in scripts)
    assert any(re.search(r"state_schema:[\w.$]+,\s*token:", one) for one in scripts)


async def comes_with(target: Target, cookie: str, token: str, path: str = "/sign-in") -> str:
    """What a tab hears that comes with a token which it was not given."""
    spy = Spy(target.url, cookie, path, token)
    await spy.come()
    await spy.say("hydrate")
    heard = await spy.listen()
    await spy.close()
    return heard


def sign_out(target: Target, cookie: str) -> None:
    """Press Sign out in a browser."""
    answer = target.browser(cookie, Origin=target.url).post("/auth/sign-out")
    assert answer.status_code == 303


def end(member: Member, cookie: str, way: str) -> None:
    """End the sign-in of a browser, in one of the ways there are."""
    token = cookie.partition("=")[2]
    if way == "signs out":
        sign_out(member.target, cookie)
        return
    if way == "new password":
        with member.books.scope() as session:
            _, link = password_links.link_for_email(session, member.user.email, now())
        tools = bootstrap.passwords(), bootstrap.strength()
        new = "an owl on the roof 47"
        password_links.choose_password(member.books.database, *tools, link, new, now())
        return
    with member.books.scope() as session:
        row = session.scalar(select(SignIn).where(SignIn.token_hash == users.hash_secret(token)))
        assert row is not None and row.id is not None
        if way == "removed":
            server_people.remove_user(
                session, replace(member.books.owner, confirmed_at=now()), member.user.id, now()
            )
        elif way == "ended":
            profile.end_sign_in(session, replace(member.user, confirmed_at=now()), row.id, now())
        else:
            row.expires_at = now()


def _joined(session: Session, email: str) -> Caller:
    """A new member, with somebody in the address book."""
    member = add_person(session, "Dora", now(), email=email)
    entries.add_person(session, member, SECRET, "+4915112345678", "", now())
    return member
