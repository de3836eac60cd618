"""How words stand in the log, whoever gave them: on one line, to be seen, and not without end."""

import json

AS_IT_IS = {"as_it_is": True}
"""Goes with a record (`extra=`) whose `[WA] …` line operators read word for word.

Only a record that says so is written bare: words that merely begin like such a line are not.
"""

GIVEN_MAX = 200
"""Characters of what a client gave."""


def visible_text(text: str) -> str:
    r"""The text with all that cannot be seen written out as in JSON: `\n`, `\u001b`, `\u202e`.

    That is what breaks lines, steers terminals or turns the direction of writing (Unicode's
    categories "Other" and "Separator", but for the space). JSON stays JSON by this (RFC 8259, 7).
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def shorten_text(text: str, most: int) -> str:
    """At most about so many characters: the beginning, and more of the end, which tells most."""
    if len(text) <= most:
        return text
    head = most // 4
    left_out = len(text) - most
    return f"{text[:head]} … {left_out} characters left out … {text[head + left_out :]}"


def given_text(text: str) -> str:
    """Words of a client, such as they may be quoted in a line of ours."""
    return visible_text(text[:GIVEN_MAX]) + ("…" if len(text) > GIVEN_MAX else "")
