"""What a password is made of decides how strong it is; looking never takes long."""

import threading

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
    assert len(asked) < 200  # unbounded, the first of them asks for thousands of readings


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
