"""What a password is made of decides how strong it is; looking never takes long."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from zxcvbn import matching

from wasched.adapters.password_strength import ZxcvbnStrength
from wasched.domain.strength import SCORE_MAX, Strength, Weakness

ABOUT = ("Miriam Okafor", "miriam@choir.example")


def look(password: str) -> Strength:
    """Look at a password of Miriam's."""
    found = ZxcvbnStrength().of(password, ABOUT)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("password12", Weakness.COMMON),
        ("qwertyuiop", Weakness.COMMON),
        ("sdfghjkl;'", Weakness.KEYS),
        ("aaaaaaaaaa", Weakness.REPEAT),
        ("abcdefghij", Weakness.ORDER),
        ("1985-03-12", Weakness.DATE),
        ("miriam@choir.example", Weakness.OWN),
        ("okafor12345", Weakness.OWN),
    ],
)
def test_what_guessers_try_first_is_weak_and_named(password: str, weakness: Weakness) -> None:
    found = look(password)

    assert found.score < 3
    assert found.weakness is weakness


def test_a_few_words_or_signs_by_chance_are_strong() -> None:
    for password in ("correct horse battery", "four words are easy", "x7Kq2mZ9pLw"):
        assert look(password).score == SCORE_MAX, password


@pytest.mark.parametrize(
    "password",
    [
        *("Miriam Okafor", "okafor.miriam", "MiriamOkafor1", "M1r1am Okaf0r", "okafor-1985-miriam"),
        *("miriam@choir.example1", "CHOIR.EXAMPLE", "miriam.choir!", "password password"),
    ],
)
def test_what_is_put_together_from_what_others_know_is_refused(password: str) -> None:
    assert look(password).is_refused


def test_many_signs_that_stand_for_letters_make_no_password_weak() -> None:
    for password in ("1|7$5(+{4@x%", "!1|(<{[4@8", "$%&/()=?§!"):
        assert look(password).is_good, password


def test_who_is_about_to_get_a_password_waits_for_the_one_before() -> None:
    meter = ZxcvbnStrength()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: meter.measure("password12", ABOUT), range(16)))

    assert all(one is not None and one.is_refused for one in found)


def test_what_one_person_said_of_themselves_is_forgotten_before_the_next() -> None:
    theirs = ZxcvbnStrength().of("okafor okafor", ())

    assert theirs is not None
    assert theirs.weakness is not Weakness.OWN
    assert matching.RANKED_DICTIONARIES["user_inputs"] == {}


@pytest.mark.parametrize("password", ["4@8({[<6913!|0$5+7%2" * 10, "ab" * 500, " ", "é" * 200, ""])
def test_odd_and_long_passwords_are_looked_at_only_so_far(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def noted(text: str, *rest: object, **named: object) -> list[object]:
        asked.append(len(text))
        return found(text, *rest, **named)

    found = matching.dictionary_match
    monkeypatch.setattr(matching, "dictionary_match", noted)
    look(password)

    assert max(asked, default=0) <= 64
    assert len(asked) < 400  # unbounded, the first of them asks for thousands of readings


def test_strangers_never_stand_in_line() -> None:
    meter, answers = ZxcvbnStrength(), []
    inside, over = threading.Event(), threading.Event()

    class Slow(str):
        """A name that takes its time to be read."""

        def __len__(self) -> int:
            inside.set()
            over.wait(10)
            return super().__len__()

    first = threading.Thread(target=lambda: answers.append(meter.of("password12", (Slow("x"),))))
    first.start()
    assert inside.wait(10)
    second = meter.of("password12", ())
    over.set()
    first.join(10)

    assert second is None
    assert answers[0] is not None
