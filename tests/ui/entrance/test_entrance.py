"""The doors: advice for who may sign up, and the last step of setting up."""

from dataclasses import replace

import pytest
import reflex as rx
from fastapi.responses import Response

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap, config
from wasched.api.refused_form import keep_typed
from wasched.domain.errors import NotFoundError
from wasched.domain.strength import Strength, Weakness, strength_sentence
from wasched.services.caller import Caller
from wasched.services.identity import first_run, password_links, team
from wasched.services.identity.guess_limits import TRIES_MAX
from wasched.services.server import server_settings
from wasched.ui.core import refusal_text
from wasched.ui.core.session import SignedOutError
from wasched.ui.core.strength_state import StrengthState
from wasched.ui.entrance.first_phone_state import FirstPhoneState
from wasched.ui.entrance.network_state import NetworkState
from wasched.ui.entrance.new_password_state import NewPasswordState
from wasched.ui.entrance.newcomer_state import NewcomerState
from wasched.ui.entrance.state import EntranceState

pytestmark = pytest.mark.asyncio

WEAK, SECRET = "password12", "correct horse battery"


async def call(state: rx.State, handler: str, *args: object) -> object:
    """Run a handler as the socket would."""
    return await type(state).event_handlers[handler].fn(state, *args)


async def newcomer(root: rx.State, door: str = "load_set_up") -> NewcomerState:
    """Open a door, and stand before its form."""
    await call(await state_in(root, EntranceState), door)
    return await state_in(root, NewcomerState)


async def chooser(root: rx.State, door: str = "load_set_up") -> StrengthState:
    """Open a door, and stand before the field for a new password."""
    await newcomer(root, door)
    return await state_in(root, StrengthState)


def kept_cookie(path: str, typed: dict[str, str]) -> str:
    """The Cookie header of a browser whose form was refused."""
    answer = Response()
    keep_typed(answer, path, typed, secure=False)
    return answer.headers["set-cookie"].partition(";")[0]


def led_to(answer: object) -> str:
    """Where a handler leads the tab to."""
    return str(answer)


async def test_a_password_is_told_in_words_and_not_kept(tab: Tab) -> None:
    state = await chooser(tab(None, "/set-up"))

    await call(state, "weigh", WEAK, "Miriam", "miriam@choir.example")
    weak, is_weak = state.said, state.is_weak
    await call(state, "weigh", SECRET, "Miriam", "miriam@choir.example")

    assert weak.startswith("Easy to guess: ") and is_weak
    assert (state.said, state.is_weak) == ("Very good.", False)
    assert SECRET not in repr(state._get_root_state().dict())
    assert SECRET not in repr(vars(state))


async def test_what_is_too_short_to_be_taken_is_not_judged(tab: Tab) -> None:
    state = await chooser(tab(None, "/set-up"))
    await call(state, "weigh", SECRET, "", "")

    await call(state, "weigh", SECRET[:9], "", "")

    assert state.said == ""


async def test_who_may_not_sign_up_makes_the_server_look_at_nothing(
    tab: Tab, alice: Caller
) -> None:
    for door in ("load_set_up", "load_sign_up", "load_sign_in"):
        state = await chooser(tab(None, "/sign-up?invite=made-up"), door)
        await call(state, "weigh", WEAK, "", "")
        assert state.said == "", door


async def test_who_is_invited_is_given_advice(tab: Tab, alice: Caller) -> None:
    with session_scope() as session:
        now = bootstrap.clock().now()
        token = team.invite_member(session, replace(alice, confirmed_at=now), "", "editor", now)
    state = await chooser(tab(None, f"/sign-up?invite={token}"), "load_sign_up")

    await call(state, "weigh", WEAK, "", "")

    assert state.is_weak


async def test_who_is_invited_finds_their_name_filled_in(tab: Tab, alice: Caller) -> None:
    with session_scope() as session:
        now = bootstrap.clock().now()
        token = team.invite_member(session, replace(alice, confirmed_at=now), "Tomás", "own", now)
    entrance = await state_in(tab(None, f"/sign-up?invite={token}"), EntranceState)

    await call(entrance, "load_sign_up")

    assert entrance.name == "Tomás"


async def test_the_door_says_how_to_get_a_new_password(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    entrance = await state_in(tab(None, "/sign-in"), EntranceState)
    for in_container, line in (
        ("no", ".venv/bin/python -m wasched user reset E-MAIL"),
        ("yes", "docker compose exec -T worker python -m wasched user reset E-MAIL"),
    ):
        monkeypatch.setenv("IN_CONTAINER", in_container)
        config.settings.cache_clear()
        await call(entrance, "load_sign_in")
        assert entrance.reset_line == line


async def test_a_link_to_a_new_password_says_whose_it_is_or_that_it_is_over(
    tab: Tab, alice: Caller
) -> None:
    with session_scope() as session:
        now = bootstrap.clock().now()
        _, link = password_links.link_for_email(session, alice.email, now)
    root = tab(None, f"/new-password?link={link}")
    good = await state_in(root, NewPasswordState)
    [asked] = rx.event.Event.from_event_type(await call(good, "load"))
    assert asked.payload["given"] == ["password"]  # it may have been typed before this answer
    advice = await state_in(root, StrengthState)
    await call(advice, "weigh", WEAK, good.name, good.email)
    old = tab(None, "/new-password?link=made-up")
    over = await state_in(old, NewPasswordState)
    await call(over, "load")
    silent = await state_in(old, StrengthState)
    await call(silent, "weigh", WEAK, "", "")

    assert (good.is_over, good.name, good.email) == (False, "Alice", alice.email)
    assert (over.is_over, over.name, silent.said) == (True, "", "")
    assert advice.is_weak


async def test_set_up_shows_its_address_for_phones_to_who_sits_at_the_machine(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "network_url", lambda: "http://192.168.1.20:3001")
    shown = []
    for host in ("localhost:3001", "192.168.1.20:3001"):
        root = tab(None, "/set-up")
        headers = {"host": host, "origin": f"http://{host}"}
        root._update_router_vars({"headers": headers, "ip": "127.0.0.1", "asPath": "/set-up"}, {})
        await newcomer(root)
        shown.append((await state_in(root, NetworkState)).url)

    assert shown == ["http://192.168.1.20:3001", ""]


async def test_an_open_door_gives_advice(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOW_REGISTRATION", "yes")
    config.settings.cache_clear()
    state = await chooser(tab(None, "/sign-up"), "load_sign_up")

    await call(state, "weigh", WEAK, "", "")

    assert state.is_weak


async def test_each_weakness_has_its_words_and_what_to_do() -> None:
    for weakness in Weakness:
        said = strength_sentence(Strength(0, weakness))
        assert said.endswith(". Add another word or two.")
        assert refusal_text.refusal_sentence(f"weak-{weakness}") == ("password", said)


async def test_a_wrong_word_is_told_before_the_next_step_and_guesses_are_counted(
    tab: Tab,
) -> None:
    root = tab(None, "/set-up")
    state, word = await newcomer(root), first_run.setup_word(bootstrap.secret_key())

    assert "token" in led_to(await call(state, "check_word", "0000-0000-0000"))
    said = state.word_error
    assert "nextStep" in led_to(await call(state, "check_word", f" {word.upper()} "))
    assert (said[:26], state.word_error) == ("That is not the word in th", "")

    for _ in range(TRIES_MAX - 1):
        await call(state, "check_word", "0000-0000-0000")
    assert "nextStep" not in led_to(await call(state, "check_word", word))
    assert state.word_error == "Too many tries. Wait 5 minutes."


async def test_who_may_not_set_up_learns_nothing_of_the_word(tab: Tab, alice: Caller) -> None:
    state = await newcomer(tab(None, "/set-up"))

    await call(state, "check_word", "0000-0000-0000")

    assert state.word_error == ""


async def test_the_time_in_a_zone_is_told_or_that_there_is_none(tab: Tab) -> None:
    state = await newcomer(tab(None, "/set-up"))

    NewcomerState.event_handlers["look_at_zone"].fn(state, " Asia/Kolkata ")
    there = (state.zone, len(state.clock), state.zone_error)
    NewcomerState.event_handlers["look_at_zone"].fn(state, "../etc/passwd")

    assert there == ("Asia/Kolkata", 5, "")
    assert (state.clock, state.zone_error[:20]) == ("", "That is no time zone")


async def test_a_guess_that_is_no_zone_here_gives_way_to_the_servers(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_TIMEZONE", "Asia/Kolkata")
    config.settings.cache_clear()
    root = tab(None, "/set-up")
    state = await newcomer(root)
    entrance = await state_in(root, EntranceState)

    await call(entrance, "guess_zone", "Etc/Unknown")

    assert (entrance.zone, state.zone) == ("Asia/Kolkata", "Asia/Kolkata")


async def test_what_was_refused_comes_back_filled_and_in_focus(tab: Tab) -> None:
    root = tab(None, "/set-up?error=email")
    typed = {"name": "Miriam", "email": "miriam", "zone": "Europe/Paris"}
    headers = {"cookie": kept_cookie("/set-up", typed), "origin": "http://testserver"}
    root._update_router_vars({"headers": headers, "asPath": "/set-up?error=email"}, {})
    entrance = await state_in(root, EntranceState)

    events = await call(entrance, "load_set_up")

    assert (entrance.name, entrance.email, entrance.zone) == ("Miriam", "miriam", "Europe/Paris")
    assert (await state_in(root, NewcomerState)).zone == "Europe/Paris"
    assert "email" in str(events)


async def test_the_form_asks_for_the_word_unless_one_sits_at_the_machine(tab: Tab) -> None:
    here = {"host": "localhost:3001", "origin": "http://localhost:3001"}
    for headers, is_stranger in (
        (here, False),
        (here | {"origin": "https://wasched.example.org"}, True),
        (here | {"host": "wasched.example.org"}, True),
        (here | {"x-forwarded-for": "127.0.0.1"}, True),
        (here | {"via": "1.1 proxy"}, True),
    ):
        root = tab(None, "/set-up")
        root._update_router_vars({"headers": headers, "ip": "127.0.0.1"}, {})
        assert (await state_in(root, EntranceState)).is_stranger is is_stranger, headers


async def test_what_another_form_was_refused_with_stays_away(tab: Tab) -> None:
    root = tab(None, "/sign-in?error=no-match")
    headers = {"cookie": kept_cookie("/set-up", {"email": "miriam"}), "origin": "http://testserver"}
    root._update_router_vars({"headers": headers, "asPath": "/sign-in?error=no-match"}, {})
    entrance = await state_in(root, EntranceState)

    await call(entrance, "load_sign_in")

    assert entrance.email == ""


async def test_a_server_that_is_set_up_says_so_and_leads_on(tab: Tab, alice: Caller) -> None:
    stranger = await state_in(tab(None, "/set-up"), EntranceState)
    owner = await state_in(tab(alice, "/set-up"), EntranceState)

    assert "/sign-in?error=set-up-done" in led_to(await call(stranger, "load_set_up"))
    assert "/set-up/phone" in led_to(await call(owner, "load_set_up"))


class TestFirstPhone:
    """The third step: for the owner, as long as no phone is linked."""

    async def test_it_offers_practice_mode_and_switches_it_on(
        self, tab: Tab, alice: Caller
    ) -> None:
        state = await state_in(tab(alice, "/set-up/phone"), FirstPhoneState)
        assert await call(state, "load") is None
        offered = state.may_practise

        assert "/accounts" in led_to(await call(state, "practise"))
        await call(state, "load")

        assert offered and not state.may_practise
        with session_scope(write=False) as session:
            assert server_settings.practice_mode(session, None)

    async def test_the_environment_may_have_decided(
        self, tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PRACTICE_MODE", "false")
        config.settings.cache_clear()
        state = await state_in(tab(alice, "/set-up/phone"), FirstPhoneState)

        await call(state, "load")

        assert not state.may_practise

    async def test_who_has_an_account_or_is_a_member_is_led_home(
        self, tab: Tab, alice: Caller, charlie: Caller, account_id: int
    ) -> None:
        for user in (alice, charlie):
            state = await state_in(tab(user, "/set-up/phone"), FirstPhoneState)
            assert "'/'" in led_to(await call(state, "load")) or '"/"' in led_to(
                await call(state, "load")
            )

    async def test_nobody_else_can_switch_it(
        self, tab: Tab, alice: Caller, charlie: Caller
    ) -> None:
        member = await state_in(tab(charlie, "/set-up/phone"), FirstPhoneState)
        stranger = await state_in(tab(None, "/set-up/phone"), FirstPhoneState)

        with pytest.raises(NotFoundError):
            await call(member, "practise")
        with pytest.raises(SignedOutError):
            await call(stranger, "practise")
        assert not bootstrap.is_practice()
