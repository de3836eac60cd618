"""Passkeys: an answer counts for its own person, its own browser, its own purpose, and once."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.authenticator import Authenticator
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.doorway import (
    PASSWORD,
    SECRET_KEY,
    Meter,
    PlainHasher,
    browser,
    gives,
    has_password,
)
from wasched.adapters.passkeys import WebAuthnPasskeys
from wasched.domain.errors import InputError, NotFoundError, SignInError, UnconfirmedError
from wasched.domain.origins import read_origin
from wasched.domain.passkey import ANSWER_MAX, PasskeySite, read_answer, site_of
from wasched.models import PasskeyChallenge, RecoveryCode, SignIn
from wasched.services.caller import Caller
from wasched.services.identity import (
    passkey_challenges,
    passkey_sign_in,
    passkeys,
    password_links,
    second_step,
    server_people,
    signing_in,
    users,
)
from wasched.services.identity.guess_limits import TRIES_MAX
from wasched.services.identity.passkey_sign_in import AtTheDoor
from wasched.services.identity.passkeys import NewPasskey
from wasched.services.identity.signing_in import Browser, HalfSignedIn, OpenedSession

SITE = PasskeySite("wasched.example.org", "https://wasched.example.org")
READER = WebAuthnPasskeys()
REFUSED = "That passkey cannot be used here. Try again, or sign in in another way."
OVER = "That took too long. Try again."
ASKED = replace(browser(), asked="its own cookie")


@dataclass
class Door:
    """A server where people make passkeys, and somebody gives one."""

    scope: Scope

    def makes(self, user: Caller) -> Authenticator:
        """The user adds a passkey."""
        return self.adds(user)[0]

    def adds(self, user: Caller) -> tuple[Authenticator, list[str]]:
        """The same, with the recovery codes."""
        made = Authenticator(SITE.host, SITE.origin)
        return made, self.keeps(user, made.make(self.creation(user, "session")))

    def keeps(self, user: Caller, answer: str, token: str = "session") -> list[str]:
        """The user's browser answers with one that it made."""
        new = NewPasskey(answer, SITE, "Phone")
        return passkeys.add_passkey(self.scope, READER, user, token, new, NOW)

    def creation(self, user: Caller, token: str, site: PasskeySite = SITE) -> dict[str, Any]:
        """What the user's browser is asked to make one by."""
        with self.scope() as session:
            return passkeys.creation_options(session, SECRET_KEY, user, token, site, NOW)

    def asks(self, at: Browser = ASKED, now: datetime = NOW) -> dict[str, Any]:
        """What a browser is asked to give one by."""
        with self.scope() as session:
            return passkey_sign_in.request_options(session, _door(at), now)

    def takes(self, answer: str, at: Browser = ASKED, now: datetime = NOW) -> OpenedSession:
        """Somebody gives an answer."""
        return passkey_sign_in.give_passkey(self.scope, READER, SECRET_KEY, _door(at), answer, now)

    def refuses(self, answer: str, at: Browser = ASKED, now: datetime = NOW) -> str:
        """Why an answer is not taken; that nobody is signed in by it."""
        with self.scope(write=False) as session:
            before = session.scalar(select(func.count()).select_from(SignIn))
        with pytest.raises((InputError, SignInError)) as refusal:
            self.takes(answer, at, now)
        with self.scope(write=False) as session:
            assert session.scalar(select(func.count()).select_from(SignIn)) == before
        return str(refusal.value)

    def who(self, opened: OpenedSession) -> int:
        """Who is signed in by it."""
        with self.scope(write=False) as session:
            found = users.who_is(session, opened.session, NOW)
        assert found is not None
        return found.id

    def owes(self, user: Caller) -> Browser:
        """The browser of a user who gave the password."""
        owes = gives(self.scope, user, PASSWORD, browser())
        assert isinstance(owes, HalfSignedIn)
        return replace(browser(), half=owes.half)


def _door(at: Browser) -> AtTheDoor:
    return AtTheDoor(at, SITE, owes_code=bool(at.half))


@pytest.fixture
def door(scope: Scope) -> Door:
    """The door of a server with nothing but its people."""
    return Door(scope)


def test_a_passkey_lets_its_person_in_by_itself(door: Door, alice: Caller, charlie: Caller) -> None:
    mine, codes = door.adds(alice)
    theirs = door.makes(charlie)
    assert len(codes) == second_step.RECOVERY_CODES
    assert door.adds(alice)[1] == [], "there are some"

    options = door.asks()
    assert (options["allowCredentials"], options["userVerification"]) == ([], "required")

    assert door.who(door.takes(mine.give(options))) == alice.id
    assert door.who(door.takes(theirs.give(door.asks()))) == charlie.id
    with door.scope(write=False) as session:
        first, other = passkeys.list_passkeys(session, alice)
        assert (first.used_at, first.host, other.used_at) == (NOW, SITE.host, None)
        kept = [one.challenge_hash for one in session.scalars(select(PasskeyChallenge))]
    assert kept == [], "what was asked is forgotten"


def test_an_answer_counts_once_for_the_browser_that_was_asked_for_five_minutes(
    door: Door, alice: Caller
) -> None:
    mine = door.makes(alice)
    options = door.asks()
    answer = mine.give(options)
    assert door.refuses(answer, replace(ASKED, asked="another's")) == OVER
    assert door.refuses(answer, replace(ASKED, asked="")) == OVER
    assert door.takes(answer).session
    assert door.refuses(answer) == OVER, "it was given before"
    assert door.refuses(mine.give(options)) == OVER, "so was another answer to the same"
    late = NOW + passkey_challenges.LASTS
    assert door.refuses(mine.give(door.asks()), now=late) == OVER
    assert door.refuses(mine.give({"challenge": "bWFkZSB1cA"})) == OVER
    # What was asked for one purpose is worth nothing for another.
    made = door.creation(alice, ASKED.asked)
    assert door.refuses(mine.give(made)) == OVER
    wrong = door.asks()
    assert door.refuses(Authenticator(SITE.host, SITE.origin).give(wrong)) == REFUSED
    assert door.refuses(mine.give(wrong)) == OVER, "a wrong answer was its only one"


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example.org"},
        {"origin": "http://wasched.example.org"},
        {"origin": "https://wasched.example.org:8443"},
        {"host": "example.org"},
        {"host": "evil.example.org", "origin": "https://evil.example.org"},
        {"is_verified": False},
        {"key": Authenticator("", "").key},
        {"id": b"one that nobody has"},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_what_is_not_just_so_lets_nobody_in(
    door: Door, alice: Caller, wrong: dict[str, Any]
) -> None:
    mine = door.makes(alice)

    assert door.refuses(replace(mine, **wrong).give(door.asks())) == REFUSED
    if not {"key", "id"} & set(wrong):  # a new one may have any
        other = replace(mine, id=b"new", **wrong)
        with pytest.raises(InputError, match="cannot be used"):
            door.keeps(alice, other.make(door.creation(alice, "session")))
    assert door.takes(mine.give(door.asks())).session


def test_a_copy_of_a_passkey_is_noticed_by_its_count(door: Door, alice: Caller) -> None:
    mine = door.makes(alice)
    mine.count = 7
    copy = replace(mine)
    assert door.takes(mine.give(door.asks())).session

    assert door.refuses(copy.give(door.asks())) == REFUSED
    assert door.refuses(replace(mine, count=3).give(door.asks())) == REFUSED
    assert door.takes(mine.give(door.asks())).session
    copies = [replace(mine) for _ in range(3)]
    browsers = [replace(ASKED, asked=f"cookie {n}") for n in range(3)]
    answers = [one.give(door.asks(at)) for one, at in zip(copies, browsers, strict=True)]

    def takes(given: tuple[str, Browser]) -> bool:
        try:
            return bool(door.takes(*given))
        except InputError:
            return False

    with ThreadPoolExecutor(3) as threads:
        taken = sorted(threads.map(takes, zip(answers, browsers, strict=True)))
    assert taken == [False, False, True]


def test_those_that_do_not_count_are_taken_each_time(door: Door, alice: Caller) -> None:
    mine = door.makes(alice)
    for _ in range(2):
        mine.count = -1  # says 0 each time, as passkeys of several devices do
        assert door.takes(mine.give(door.asks())).session


def test_it_is_a_second_step_and_anothers_is_none(
    door: Door, alice: Caller, charlie: Caller
) -> None:
    has_password(door.scope, alice)
    mine, codes = door.adds(alice)
    theirs = door.makes(charlie)
    owes = door.owes(alice)

    asked = door.asks(owes)["allowCredentials"]
    assert [one["id"] for one in asked] == [passkeys.to_text(mine.id)], "hers alone is asked for"
    for half in (owes, replace(owes, half="made up")):
        answer = theirs.give(door.asks(half))
        assert door.refuses(answer, half) in (
            REFUSED,
            "That took too long. Give your password again.",
        )
    assert door.refuses(mine.give(door.asks()), owes) == OVER, "it was not asked for this"
    assert door.refuses(mine.give(door.asks(owes))) == OVER, "nor this for signing in"

    answer = mine.give(door.asks(owes))
    assert door.who(door.takes(answer, owes)) == alice.id
    assert door.refuses(mine.give(door.asks(owes)), owes).startswith("That took too long. Give")
    late = door.owes(alice)
    answer = mine.give(door.asks(late))
    has_password(door.scope, alice, "another one")
    assert door.refuses(answer, late).startswith("That took too long. Give")
    # A recovery code stands in for a passkey that is lost.
    has_password(door.scope, alice)
    given = door.scope, SECRET_KEY, door.owes(alice), codes[0], NOW
    assert door.who(signing_in.give_code(*given)) == alice.id


def test_a_removed_one_is_answered_like_one_that_never_was(
    door: Door, alice: Caller, charlie: Caller
) -> None:
    has_password(door.scope, alice)
    mine, theirs = door.makes(alice), door.makes(charlie)
    seen = []

    class Reader(WebAuthnPasskeys):
        def read_given(self, answer: Any, site: Any, known: Any) -> int:
            seen.append(len(known.public_key) > 64)
            return super().read_given(answer, site, known)

    unsure = replace(alice, confirmed_at=None)
    with door.scope() as session:
        here, there = (users.open_session(session, alice.id, "", "", NOW) for _ in range(2))
        [row] = passkeys.list_passkeys(session, alice)
        for who, error in (
            (unsure, UnconfirmedError),
            (charlie, NotFoundError),
        ):
            with pytest.raises(error):
                passkeys.remove_passkey(session, who, here, row.id, NOW)
            with pytest.raises(error):
                passkeys.rename_passkey(session, who, row.id, "Stolen", NOW)
        passkeys.rename_passkey(session, alice, row.id, " My\nphone ", NOW)
        assert passkeys.list_passkeys(session, alice)[0].name == "My phone"
        passkeys.remove_passkey(session, alice, here, row.id, NOW)
        server_people.remove_user(session, alice, charlie.id, NOW)
        assert users.who_is(session, here, NOW) is not None
        assert users.who_is(session, there, NOW) is None, "the lost device may be signed in"
        assert session.scalars(select(RecoveryCode)).all() == []

    for gone in (mine, theirs, Authenticator(SITE.host, SITE.origin)):
        at = replace(ASKED, address=f"192.0.2.{len(seen)}")
        with pytest.raises(InputError, match=REFUSED):
            passkey_sign_in.give_passkey(
                door.scope, Reader(), SECRET_KEY, _door(at), gone.give(door.asks()), NOW
            )
    assert seen == [True] * 3, "the same work for each"
    assert isinstance(gives(door.scope, alice, PASSWORD, browser()), OpenedSession)


def test_a_passkey_removed_while_it_is_looked_at_lets_nobody_in(door: Door, alice: Caller) -> None:
    mine = door.makes(alice)

    class Slow(WebAuthnPasskeys):
        def read_given(self, answer: Any, site: Any, known: Any) -> int:
            with door.scope() as session:
                second_step.end_second_step(session, alice.id)
            return super().read_given(answer, site, known)

    answer = mine.give(door.asks())
    with pytest.raises(InputError, match="cannot be used"):
        passkey_sign_in.give_passkey(door.scope, Slow(), SECRET_KEY, _door(ASKED), answer, NOW)


def test_making_one_takes_the_password_and_the_answer_of_the_very_browser(
    door: Door, alice: Caller, charlie: Caller
) -> None:
    has_password(door.scope, alice)
    unsure = replace(alice, confirmed_at=None)
    made = Authenticator(SITE.host, SITE.origin)

    with pytest.raises(UnconfirmedError):
        door.creation(unsure, "mine")
    answer = made.make(door.creation(alice, "mine"))
    with pytest.raises(UnconfirmedError):
        door.keeps(unsure, answer, "mine")
    with pytest.raises(InputError, match=OVER):
        door.keeps(charlie, answer, "another's")
    assert door.keeps(alice, answer, "mine")
    with pytest.raises(InputError, match=OVER):
        door.keeps(alice, answer, "mine")
    with pytest.raises(InputError, match="here already"):
        door.keeps(alice, made.make(door.creation(alice, "mine")), "mine")
    with pytest.raises(InputError, match="cannot be used"):
        door.keeps(alice, made.give(door.creation(alice, "mine")), "mine")
    known = door.creation(alice, "mine")["excludeCredentials"]
    assert [one["id"] for one in known] == [passkeys.to_text(made.id)]


def test_links_for_who_lost_everything_take_passkeys_off_and_mailed_ones_do_not(
    door: Door, alice: Caller
) -> None:
    mine = door.makes(alice)
    for by_mail in (True, False):
        with door.scope() as session:
            made = (password_links.link_by_mail if by_mail else password_links.link_for_email)(
                session, alice.email, NOW
            )
            assert made is not None and made[0].ends_second_step != by_mail
        given = door.scope, PlainHasher(), Meter(), made[1], "four words are easy", NOW
        password_links.choose_password(*given)
        here = gives(door.scope, alice, "four words are easy", browser())
        assert isinstance(here, HalfSignedIn) == by_mail
    assert door.refuses(mine.give(door.asks())) == REFUSED


def test_guesses_are_bounded_and_a_known_browser_is_not_kept_out(door: Door, alice: Caller) -> None:
    mine = door.makes(alice)
    known = door.takes(mine.give(door.asks())).known
    nobodys = Authenticator(SITE.host, SITE.origin)

    said = [door.refuses(nobodys.give(door.asks())) for _ in range(TRIES_MAX + 1)]

    assert said == [REFUSED] * TRIES_MAX + ["Too many tries. Wait 5 minutes."]
    assert door.refuses(mine.give(door.asks())).startswith("Too many")
    assert door.takes(mine.give(door.asks()), replace(ASKED, known=known)).session


def test_who_asks_for_many_challenges_fills_nothing(
    door: Door, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passkey_challenges, "_KEPT_MAX", 5)
    for n in range(8):
        door.asks(replace(ASKED, asked=f"stranger {n}"), NOW + timedelta(seconds=n))
    with door.scope(write=False) as session:
        assert session.scalar(select(func.count()).select_from(PasskeyChallenge)) == 5
    door.asks(now=NOW + timedelta(minutes=6))
    with door.scope(write=False) as session:
        assert session.scalar(select(func.count()).select_from(PasskeyChallenge)) == 1


def test_only_names_over_https_and_this_machine_have_passkeys(door: Door, alice: Caller) -> None:
    for address, site, may in (
        ("http://localhost:3001", "http://localhost:3001", True),
        ("https://choir.example:443/", "https://choir.example", True),
        ("http://choir.example", "http://choir.example", False),
        ("https://192.0.2.1:8443", "https://192.0.2.1:8443", False),
        ("https://[2001:db8::1]", "https://2001:db8::1", False),
        ("null", "", False),
    ):
        found = site_of(read_origin(address))
        assert (found.origin, found.may_have_passkeys) == (site, may)
        if not may:
            with pytest.raises(InputError, match="over https"):
                door.creation(alice, "mine", found)


def _odd_answers(mine: Authenticator, options: dict[str, Any]) -> list[str]:
    good = json.loads(mine.give(options))
    named = [
        *(("signature", ""), ("signature", "AA"), ("authenticatorData", "")),
        *(("authenticatorData", "A" * 40), ("authenticatorData", 7), ("signature", None)),
        ("authenticatorData", good["response"]["authenticatorData"] + "AAAA"),
    ]
    inside = [good | {"response": good["response"] | {name: value}} for name, value in named]
    outside = [good | {"id": "b3RoZXI"}, good | {"type": "password"}, good | {"id": 3}]
    return [json.dumps(one) for one in (*inside, *outside)]


def test_what_was_made_up_is_refused_whatever_it_is(door: Door, alice: Caller) -> None:
    mine = door.makes(alice)
    unreadable = ("", "{}", "null", "[]", "[" * 9_000, '{"rawId": 1}', "7", "x" * ANSWER_MAX)
    for odd in (*unreadable, '{"response": {"clientDataJSON": "W10"}, "rawId": "AA"}'):
        with pytest.raises(InputError, match="cannot be used"):
            read_answer(odd)
    options = door.asks()
    for odd in _odd_answers(mine, options):
        with pytest.raises(InputError):
            key = passkey_sign_in.PasskeyKey("", b"", 0)
            READER.read_given(read_answer(odd), SITE, key)
    for attestation in (b"", b"\x9f" * 5_000, b"\x81" * 5_000, bytes(37), b"\xff", b"\xa0"):
        said = json.loads(mine.make(options))
        said["response"]["attestationObject"] = passkeys.to_text(attestation)
        with pytest.raises(InputError):
            READER.read_made(read_answer(json.dumps(said)), SITE, (-7,))
