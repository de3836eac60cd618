"""Setting up, signing in and out: plain forms, one owner, and nobody learns a secret."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import func, select

from tests.new_database import begin_database
from tests.owner import signed_in
from tests.scopes import session_scope
from wasched import bootstrap, config, db
from wasched.adapters.passwords import Argon2Passwords
from wasched.api.app import make_api
from wasched.api.refused_form import COOKIE
from wasched.models import SignIn, User
from wasched.services.identity import first_run, password_links, team
from wasched.services.identity.guess_limits import TRIES_MAX

MIRIAM = {
    "name": "Miriam",
    "email": "miriam@choir.example",
    "password": "correct horse battery",
    "zone": "Europe/Berlin",
}

Open = Callable[..., TestClient]


@pytest.fixture
def visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a browser at an address, which asks `at` a URL; `environ` sets variables first."""

    def opened(
        address: str = "127.0.0.1", at: str = "http://localhost:3001", **environ: str
    ) -> TestClient:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        config.settings.cache_clear()
        caller = (address, 4711)
        return TestClient(make_api(), base_url=at, client=caller, follow_redirects=False)

    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for cached in (config.settings, db.engine, bootstrap.queue, bootstrap.changes):
        cached.cache_clear()
    begin_database()
    yield opened
    db.engine().dispose()


def test_the_first_visitor_becomes_the_owner_and_nobody_after(visit: Open) -> None:
    first = visit().post("/auth/set-up", data=MIRIAM)
    second = visit().post("/auth/set-up", data={**MIRIAM, "email": "eve@example.org"})

    assert (first.headers["location"], _signed_in(first)) == ("/set-up/phone", True)
    assert (second.headers["location"][:8], _signed_in(second)) == ("/set-up?", False)
    assert _users() == ["miriam@choir.example"]


def test_who_is_quicker_than_the_guess_of_their_zone_gets_the_servers(visit: Open) -> None:
    visit(APP_TIMEZONE="Asia/Kolkata").post("/auth/set-up", data={**MIRIAM, "zone": ""})
    with session_scope() as session:
        assert session.scalar(select(User.zone)) == "Asia/Kolkata"


def test_a_double_click_makes_one_owner(visit: Open) -> None:
    browsers = [visit() for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda browser: browser.post("/auth/set-up", data=MIRIAM), browsers))

    assert _users() == ["miriam@choir.example"]


def test_of_eight_owners_at_once_there_is_one(visit: Open) -> None:
    forms = [{**MIRIAM, "email": f"owner-{number}@choir.example"} for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda form: visit().post("/auth/set-up", data=form), forms))

    assert [_signed_in(one) for one in answers].count(True) == len(_users()) == 1


def test_of_eight_who_come_with_one_invitation_at_once_there_is_one(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    now = bootstrap.clock().now()
    with session_scope() as session:
        owner = signed_in(session, session.get_one(User, 1))
        invite = team.invite_member(session, replace(owner, confirmed_at=now), "", "editor", now)
    forms = [{**MIRIAM, "email": f"{n}@choir.example", "invite": invite} for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda form: visit().post("/auth/register", data=form), forms))

    assert [_signed_in(one) for one in answers].count(True) == 1
    assert len(_users()) == 2


@pytest.mark.parametrize("weak", ["1234567890", "Miriam Miriam", MIRIAM["email"], "a" * 200])
def test_a_password_that_is_guessed_at_once_makes_no_owner(visit: Open, weak: str) -> None:
    refused = visit().post("/auth/set-up", data={**MIRIAM, "password": weak})

    assert _error(refused).startswith("weak-")
    assert weak not in refused.headers["location"] or weak == MIRIAM["email"]
    assert _users() == []


def test_a_weak_password_of_before_still_gets_in(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    with session_scope() as session:
        session.scalars(select(User)).one().password_hash = Argon2Passwords().hash("1234567890")

    old = {"email": MIRIAM["email"], "password": "1234567890"}
    assert _signed_in(visit().post("/auth/sign-in", data=old))


def test_a_stranger_needs_the_word_in_the_log(visit: Open) -> None:
    stranger = visit("203.0.113.9")
    word = first_run.setup_word(config.settings().secret_key)

    refused = stranger.post("/auth/set-up", data={**MIRIAM, "token": "0000-0000-0000"})
    assert (_signed_in(refused), _users()) == (False, [])

    let_in = stranger.post("/auth/set-up", data={**MIRIAM, "token": word})
    assert (_signed_in(let_in), _users()) == (True, ["miriam@choir.example"])


def test_guessing_the_word_in_the_log_is_slowed_down_and_the_right_one_waits_too(
    visit: Open,
) -> None:
    stranger, word = visit("203.0.113.9"), first_run.setup_word(config.settings().secret_key)
    guesses = [{**MIRIAM, "token": f"{number:04}-0000-0000"} for number in range(TRIES_MAX)]

    refused = {_error(stranger.post("/auth/set-up", data=guess)) for guess in guesses}
    late = stranger.post("/auth/set-up", data={**MIRIAM, "token": word})
    assert (refused, _error(late), _users()) == ({"token"}, "wait-5", [])

    assert _signed_in(visit("203.0.113.10").post("/auth/set-up", data={**MIRIAM, "token": word}))


@pytest.mark.parametrize(
    "how",
    [
        {"at": "http://wasched.example.org"},
        {"at": "http://localhost.example.org:3001"},
        {"at": "http://192.168.1.20:3001"},
        {"at": "http://127.0.0.1:3001", "PUBLIC_URL": "https://wasched.example.org"},
    ],
    ids=["a proxy's name", "a name that leads here", "the network", "a silent proxy"],
)
def test_who_comes_by_a_public_name_is_a_stranger_even_from_this_machine(
    visit: Open, how: dict[str, str]
) -> None:
    answer = visit(**how).post("/auth/set-up", data=MIRIAM)

    assert (_error(answer), _users()) == ("token", [])


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_nobody_is_a_stranger_to_their_own_machine(visit: Open, name: str) -> None:
    assert _signed_in(visit(at=f"http://{name}:3001").post("/auth/set-up", data=MIRIAM))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 101),
        ("email", "miriam"),
        ("email", "miriam@ choir.example"),
        ("password", "too short"),
        ("password", "x" * 201),
        ("zone", "Europe/Atlantis"),
    ],
)
def test_a_form_with_a_fault_keeps_what_was_typed(visit: Open, field: str, value: str) -> None:
    answer = visit().post("/auth/set-up", data={**MIRIAM, field: value})

    assert answer.status_code == 303
    assert "error=" in answer.headers["location"]
    assert "password" not in answer.headers["location"].replace("error=password", "")
    assert _users() == []


def test_a_link_to_a_new_password_signs_in_here_and_out_elsewhere_once(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    with session_scope() as session:
        _, link = password_links.link_for_email(session, MIRIAM["email"], bootstrap.clock().now())
    form = {"link": link, "password": "four words are easy"}

    refused = visit().post("/auth/new-password", data={**form, "password": "1234567890"})
    let_in = visit().post("/auth/new-password", data=form)
    again = visit().post("/auth/new-password", data=form)

    assert (_error(refused)[:5], link in refused.headers["location"]) == ("weak-", False)
    assert (let_in.headers["location"], _signed_in(let_in)) == ("/", True)
    assert (_error(again), _signed_in(again)) == ("link-over", False)
    with session_scope(write=False) as session:
        assert len(session.scalars(select(SignIn)).all()) == 1
    for password, fits in ((MIRIAM["password"], False), (form["password"], True)):
        answer = visit().post("/auth/sign-in", data={**MIRIAM, "password": password})
        assert _signed_in(answer) is fits


def test_signing_up_is_closed_unless_the_settings_open_it(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    other = {**MIRIAM, "email": "tomas@choir.example"}

    assert not _signed_in(visit().post("/auth/register", data=other))
    assert _signed_in(visit(ALLOW_REGISTRATION="true").post("/auth/register", data=other))
    assert not _signed_in(visit().post("/auth/register", data=other)), "the e-mail is taken"


def test_a_wrong_password_and_an_unknown_e_mail_are_refused_alike(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    wrong = visit().post("/auth/sign-in", data={"email": MIRIAM["email"], "password": "x" * 12})
    unknown = visit().post("/auth/sign-in", data={"email": "eve@x.example", "password": "x" * 12})

    assert not _signed_in(wrong)
    assert not _signed_in(unknown)
    assert _error(wrong) == _error(unknown)


def test_what_was_typed_is_forgotten_once_it_is_taken(visit: Open) -> None:
    browser = visit()
    browser.post("/auth/set-up", data={**MIRIAM, "password": "too short"})
    kept = COOKIE in browser.cookies
    browser.post("/auth/set-up", data=MIRIAM)

    assert (kept, COOKIE in browser.cookies) == (True, False)


def test_guessing_is_slowed_down_and_the_right_password_waits_too(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    for _ in range(TRIES_MAX):
        visit().post("/auth/sign-in", data={"email": MIRIAM["email"], "password": "x" * 12})

    assert not _signed_in(visit().post("/auth/sign-in", data=MIRIAM))


def test_guessing_many_at_once_is_slowed_down_as_well(
    visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit().post("/auth/set-up", data=MIRIAM)
    looked_at: list[str] = []

    def verify(_self: Argon2Passwords, password: str, _hashed: str) -> bool:
        looked_at.append(password)
        time.sleep(0.3)
        return False

    monkeypatch.setattr(Argon2Passwords, "verify", verify)
    guesses = [{"email": MIRIAM["email"], "password": f"guess {number}"} for number in range(30)]
    with ThreadPoolExecutor(len(guesses)) as threads:
        list(threads.map(lambda guess: visit().post("/auth/sign-in", data=guess), guesses))

    assert len(looked_at) == TRIES_MAX


def test_signing_in_rightly_again_and_again_is_no_guessing(visit: Open) -> None:
    visit().post("/auth/set-up", data=MIRIAM)

    answers = [visit().post("/auth/sign-in", data=MIRIAM) for _ in range(TRIES_MAX + 2)]

    assert all(_signed_in(answer) for answer in answers)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site_after_signing_in(visit: Open, away: str) -> None:
    visit().post("/auth/set-up", data=MIRIAM)

    answer = visit().post("/auth/sign-in", data={**MIRIAM, "next": away})

    assert answer.headers["location"] == "/"


def test_a_form_of_another_site_is_refused(visit: Open) -> None:
    answer = visit().post("/auth/set-up", data=MIRIAM, headers={"origin": "https://evil.example"})

    assert (answer.status_code, _users()) == (403, [])


def test_the_cookie_cannot_be_read_by_scripts_and_its_token_is_not_kept(visit: Open) -> None:
    answer = visit().post("/auth/set-up", data=MIRIAM)

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    token = answer.cookies["wasched_session"].encode()
    kept = [path.read_bytes() for path in config.settings().data_path.iterdir() if path.is_file()]
    assert not any(token in one for one in kept)


def test_signing_out_ends_the_session_on_the_server(visit: Open) -> None:
    browser = visit()
    browser.post("/auth/set-up", data=MIRIAM)

    browser.post("/auth/sign-out")

    with session_scope(write=False) as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_another_token_takes_the_place_of_the_one_that_may_have_been_copied(visit: Open) -> None:
    browser, thief = visit(), visit()
    browser.post("/auth/set-up", data=MIRIAM)
    thief.cookies.update(browser.cookies)

    assert browser.post("/auth/renew", data={"tab": "a tab"}).status_code == 204

    assert thief.get("/export/people.csv").status_code == 303  # to sign in
    assert browser.get("/export/people.csv").status_code == 200
    assert not _signed_in(thief.post("/auth/renew"))


def _signed_in(answer: Response) -> bool:
    return "wasched_session" in answer.cookies


def _error(answer: Response) -> str:
    return answer.headers["location"].partition("error=")[2].partition("&")[0]


def _users() -> list[str]:
    with session_scope(write=False) as session:
        return list(session.scalars(select(User.email)))
