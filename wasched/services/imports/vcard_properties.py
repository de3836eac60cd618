"""The properties of a vCard: name, types and value of each line (RFC 6350, 3.3; RFC 2426; 2.1)."""

import quopri
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wasched.domain.letters import decode

_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*+):')
_ENCODED = "QUOTED-PRINTABLE"
_PARAMETER = re.compile(rb'(?:[^";]|"[^"]*"|")+')

Parameter = tuple[str, str]
"""A name in capitals and what it says; the latter stands alone in version 2.1: ("", "CELL")."""


@dataclass(frozen=True)
class Property:
    """A name in capitals, types in lower case, and what it says with its backslashes."""

    name: str
    types: frozenset[str]
    value: str


def parse_property(line: bytes, wanted: Iterable[str]) -> Property | None:
    """What a whole line says, if it is one of the wanted ones and has a value."""
    name = name_of(line)
    if name not in wanted:
        return None
    found = _HEAD.match(line)
    head, colon, value = (found[1], b":", line[found.end() :]) if found else line.partition(b":")
    if not colon:
        return None
    parameters = [_parameter(one) for one in _PARAMETER.findall(head)[1:]]
    return Property(name, _types(parameters), _decode(value, parameters))


def name_of(line: bytes) -> str:
    """The name of the property that a line is, without the group that it may be in."""
    head = line[:_NAME_MAX].partition(b":")[0].partition(b";")[0]
    return head.rpartition(b".")[2].decode("ascii", "replace").strip().upper()


_NAME_MAX = 200  # octets, a group among them


def _parameter(text: bytes) -> Parameter:
    key, equals, value = text.decode("utf-8", "replace").strip().partition("=")
    return (key.strip().upper(), value.strip()) if equals else ("", key)


def _types(parameters: Sequence[Parameter]) -> frozenset[str]:
    """TYPE=CELL,VOICE, or CELL alone as version 2.1 writes it; PREF=1 is one of them, too."""
    said = [value if key in ("", "TYPE") else key for key, value in parameters]
    return frozenset(one.strip().lower() for some in said for one in some.strip('"').split(","))


def _decode(value: bytes, parameters: Sequence[Parameter]) -> str:
    """A value that version 2.1 wrote as quoted-printable, or as it stands."""
    if any(key in ("", "ENCODING") and said.upper() == _ENCODED for key, said in parameters):
        value = quopri.decodestring(value)
    charset = next((said for key, said in parameters if key == "CHARSET"), "")
    return decode(value, charset, "cp1252")
