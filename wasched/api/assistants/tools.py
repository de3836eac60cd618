"""The tools: what an assistant may ask for, and what each answers, without the protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from wasched.api.assistants import deeds, questions, strangers
from wasched.api.assistants.tool import Tool
from wasched.api.v1.refusals import misfit_sentence, refusal_sentence, refused_place
from wasched.domain.errors import InputError, WaschedError
from wasched.services import permissions
from wasched.services.caller import Caller

TOOLS = {one.name: one for one in (*questions.TOOLS, *deeds.TOOLS)}


@dataclass(frozen=True)
class Answer:
    """What a tool says; a refusal says what is wrong and how to mend it."""

    said: dict[str, Any]
    is_refused: bool = False


def tools_for(program: Caller) -> list[Tool]:
    """Those that the program's key is for."""
    scopes = program.scopes or frozenset()
    return [one for one in TOOLS.values() if one.scope in scopes]


def run_tool(program: Caller, name: str, arguments: Mapping[str, Any]) -> Answer:
    """Do what a tool does, or say why not."""
    try:
        answer = _run(program, name, arguments)
    except ValidationError as misfit:
        faults = [{**one, "loc": ("body", *one["loc"])} for one in misfit.errors()]
        return _refusal(misfit_sentence(faults)[0])
    except WaschedError as refusal:
        place = refused_place(refusal)
        sentence = refusal_sentence(refusal)
        return _refusal(f"{place}: {sentence}" if place else sentence)
    said = strangers.mark_strangers(answer)
    return Answer({**said, "about_data": strangers.ABOUT})


def _run(program: Caller, name: str, arguments: Mapping[str, Any]) -> BaseModel:
    tool = TOOLS.get(name)
    if tool is None:
        raise InputError("", f"There is no such tool. Those there are: {', '.join(TOOLS)}.")
    permissions.require_scope(program, tool.scope)
    return tool.run(program, tool.takes.model_validate(arguments))


def _refusal(sentence: str) -> Answer:
    return Answer({"refused": sentence}, is_refused=True)
