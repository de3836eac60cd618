"""What a tool is: its name, what it takes, which scope it needs, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from wasched.models import Scope
from wasched.services.caller import Caller


@dataclass(frozen=True)
class Tool:
    """Something that an assistant may do; `takes` describes and reads its arguments.

    `changes`: it does something, where others only look. `takes_back`: what it does may undo what
    somebody wanted.
    """

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    run: Callable[[Caller, Any], BaseModel]
    scope: Scope = Scope.READ
    changes: bool = False
    takes_back: bool = False
