"""What the forms before signing in say about a refusal, by its code in the address."""

from wasched.domain.strength import Strength, Weakness, strength_sentence
from wasched.domain.typed import read_number
from wasched.services.identity.guess_limits import too_many
from wasched.services.identity.users import NAME_MAX, PASSWORD_MAX, PASSWORD_MIN

WHO_SEES = (
    "What you keep here, your messages, your people and what you note about them, is seen by you "
    "and by those you share it with. Who runs this server is not shown it, but holds the disk it "
    "is on."
)
"""Told to who does not run the server, before they sign up and in Settings."""

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
    "closed": ("", "Signing up is closed here. Ask who runs this server for an invitation."),
    "invitation": ("", "This invitation is over. Ask for a new one."),
    "joined": ("", "You belong there already. Hand this invitation to somebody else."),
    "link-over": ("", "This link is used, or older than an hour. Ask for another one."),
    "no-mail": ("", "This server sends no e-mail."),
    "wrong-code": ("code", "That code is wrong, or was used before. Give the app's next one."),
    "step-over": ("", "That took too long. Give your password again."),
    "passkey": ("", "That passkey cannot be used here. Try again, or sign in in another way."),
    "passkey-over": ("", "That took too long. Try again."),
    "no-match": ("", "That e-mail and password do not match."),
}
_OTHER = ("", "That did not work. Try again.")
_LONGEST_WAIT = 1_500  # minutes; who makes up an address gets no more of them said


def refusal_sentence(code: str) -> tuple[str, str]:
    """The field a code is about and the sentence for it; both empty without a code."""
    if not code:
        return "", ""
    if code in _FIELDS:
        return code, _FIELDS[code]
    word, _, number = code.partition("-")
    minutes = read_number(number) if word == "wait" else None
    if minutes is not None and minutes < _LONGEST_WAIT:
        return "", too_many(minutes)
    if word == "weak" and number in set(Weakness):
        return "password", strength_sentence(Strength(0, Weakness(number)))
    return _SENTENCES.get(code, _OTHER)
