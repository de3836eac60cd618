"""What the forms before signing in say about a refusal, by its code in the address."""

from wasched.domain.strength import SCORE_MAX, Strength, Weakness
from wasched.services.people import NAME_MAX, PASSWORD_MAX, PASSWORD_MIN

_FIELDS = {
    "name": f"Say your name, in at most {NAME_MAX} characters.",
    "email": "That is no e-mail address.",
    "password": f"Choose a password of {PASSWORD_MIN} to {PASSWORD_MAX} characters.",
    "zone": "That is no time zone. Choose one like Europe/Berlin.",
    "token": "That is not the word in the server's log. Look again.",
}
_SENTENCES = {
    "email-taken": ("email", "Somebody has signed up with this e-mail. Sign in instead."),
    "set-up-done": ("", "This server is set up. Sign in."),
    "closed": ("", "Signing up is closed here. Ask the owner for an invitation."),
    "invitation": ("", "This invitation is over. Ask the owner for a new one."),
    "no-match": ("", "That e-mail and password do not match."),
}
_WEAKNESSES = {
    Weakness.COMMON: "many passwords have such a word",
    Weakness.WORD: "a common word",
    Weakness.NAME: "a common name",
    Weakness.OWN: "your own name or e-mail",
    Weakness.KEYS: "keys side by side",
    Weakness.REPEAT: "the same again and again",
    Weakness.ORDER: "letters or numbers in their order",
    Weakness.DATE: "a date or a year",
    Weakness.SHORT: "too short for what it is made of",
}
_GOOD = SCORE_MAX - 1
_OTHER = ("", "That did not work. Try again.")


def refusal(code: str) -> tuple[str, str]:
    """The field a code is about and the sentence for it; both empty without a code."""
    if not code:
        return "", ""
    if code in _FIELDS:
        return code, _FIELDS[code]
    word, _, number = code.partition("-")
    if word == "wait" and number.isascii() and number.isdigit() and len(number) < 4:
        unit = "minute" if int(number) == 1 else "minutes"
        return "", f"Too many tries. Wait {int(number)} {unit}."
    return _SENTENCES.get(code, _OTHER)


def strength(found: Strength) -> tuple[str, bool]:
    """How strong a password is, in words, and whether a better one would be wise."""
    if found.score >= _GOOD:
        return ("Very good." if found.score == SCORE_MAX else "Good."), False
    how = "Quite easy to guess" if found.score == _GOOD - 1 else "Easy to guess"
    return f"{how}: {_WEAKNESSES[found.weakness]}. Add another word or two.", True
