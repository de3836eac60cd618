"""The properties of a vCard: name, types and value of each line (RFC 6350, 3.3; RFC 2426; 2.1)."""

import quopri
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wasched.domain.letters import decode_letters, decode_marred, is_letters

_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*+):')
_ENCODED = "QUOTED-PRINTABLE"
_OWN_LABEL = re.compile(rb"X-CUSTOM\((?:[^,()]*,)*([^,()]*)\)$", re.IGNORECASE)
"""As Samsung's phones write a label of one's own."""

WAID = "waid "
"""Begins the type that names the account of a number, as WhatsApp's own cards do."""

_SEMICOLON = re.compile(rb"(?:=5C)?=3B", re.IGNORECASE)
_UNNAMED = ("UTF", "US-ASCII", "ASCII")
"""Lines are octets: what says that it is UTF-16 is not, once the file's own letters are read."""

_PARAMETER = re.compile(rb'(?:[^";]|"[^"]*"|")+')

Parameter = tuple[str, str]
"""A name in capitals and what it says; the latter stands alone in version 2.1: ("", "CELL")."""


@dataclass(frozen=True)
class Property:
    """A name in capitals, types in lower case, and what it says with its backslashes.

    `group` is what ties properties to one another (RFC 6350, 3.3), empty if nothing does.
    """

    name: str
    group: str
    types: frozenset[str]
    value: str


def parse_property(line: bytes, wanted: Iterable[str], otherwise: str) -> Property | None:
    """What a whole line says, if it is one of the wanted ones and has a value.

    `otherwise` is the encoding of what is no UTF-8 and names no other.
    """
    name = name_of(line)
    if name not in wanted:
        return None
    found = _HEAD.match(line)
    head, colon, value = (found[1], b":", line[found.end() :]) if found else line.partition(b":")
    if not colon:
        return None
    parameters = [_read_parameter(one) for one in _PARAMETER.findall(head)[1:]]
    return Property(
        name, _group_of(line), _read_types(parameters), _decode_value(value, parameters, otherwise)
    )


def name_of(line: bytes) -> str:
    """The name of the property that a line is, without the group that it may be in."""
    head = line[:_NAME_MAX].partition(b":")[0].partition(b";")[0]
    return head.rpartition(b".")[2].decode("ascii", "replace").strip().upper()


def _group_of(line: bytes) -> str:
    head = line[:_NAME_MAX].partition(b":")[0].partition(b";")[0]
    return head.rpartition(b".")[0].decode("ascii", "replace").strip().upper()


_NAME_MAX = 200  # octets, a group among them


def _read_parameter(text: bytes) -> Parameter:
    if found := _OWN_LABEL.match(text.strip()):
        return "", quopri.decodestring(found[1]).decode("utf-8", "replace")
    key, equals, value = text.decode("utf-8", "replace").strip().partition("=")
    return (key.strip().upper(), value.strip()) if equals else ("", key)


def _read_types(parameters: Sequence[Parameter]) -> frozenset[str]:
    """TYPE=CELL,VOICE, or CELL alone as version 2.1 writes it; PREF=1 is one of them, too."""
    said = [value if key in ("", "TYPE") else key for key, value in parameters]
    said += [f"{WAID}{value}" for key, value in parameters if key in ("WAID", "X-WAID")]
    return frozenset(one.strip().lower() for some in said for one in some.strip('"').split(","))


def _decode_value(value: bytes, parameters: Sequence[Parameter], otherwise: str) -> str:
    """A value that version 2.1 wrote as quoted-printable, or as it stands."""
    if any(key in ("", "ENCODING") and said.upper() == _ENCODED for key, said in parameters):
        value = quopri.decodestring(_keep_semicolons(value))
    named = next((said.strip('"') for key, said in parameters if key == "CHARSET"), "")
    if named.upper().startswith(_UNNAMED) or not is_letters(named):
        return decode_marred(value, otherwise)
    return decode_letters(value, named, otherwise)


def _keep_semicolons(value: bytes) -> bytes:
    """A value whose encoded semicolons part nothing, if others do."""
    return _SEMICOLON.sub(rb"\\;", value) if b";" in value else value
