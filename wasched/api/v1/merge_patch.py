"""Changes of a part of a thing, as JSON Merge Patch (RFC 7396) has them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def named_fields(body: BaseModel) -> dict[str, Any]:
    """What a patch names; null is nothing in the place of what was there."""
    return {name: getattr(body, name) for name in body.model_fields_set}


def merge(before: Mapping[str, str], patch: Mapping[str, str | None] | None) -> dict[str, str]:
    """An object with what a patch says of it; null takes a member away, or all."""
    both = {**before, **patch} if patch is not None else {}
    return {name: value for name, value in both.items() if value is not None}
