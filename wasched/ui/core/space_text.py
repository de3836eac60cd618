"""Spaces and roles in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from wasched.models import Role
from wasched.services.views import SpaceName
from wasched.ui.core import routes

ROLES: dict[str, str] = {
    Role.MANAGER: "Manager",
    Role.EDITOR: "Editor",
    Role.AUTHOR: "Author",
    Role.VIEWER: "Viewer",
}
"""What somebody is, by their role."""

MAY = (
    (Role.EDITOR, "Editor: writes and schedules"),
    (Role.MANAGER, "Manager: also people and accounts"),
    (Role.AUTHOR, "Author: writes, and somebody else approves"),
    (Role.VIEWER, "Viewer: looks, changes nothing"),
)
"""What to choose from when somebody is invited, the usual first."""

ALL_OF_MINE = "All of mine"


@dataclass(frozen=True)
class SpaceChoice:
    """A space to go to, or all of one's own."""

    id: str
    name: str
    is_here: bool


def choices(mine: Sequence[SpaceName], here: int, *, is_all: bool) -> list[SpaceChoice]:
    """The spaces that somebody belongs to, and all of several; where they are is marked."""
    found = [SpaceChoice(str(one.id), one.name, one.id == here and not is_all) for one in mine]
    return [*found, SpaceChoice(routes.ALL, ALL_OF_MINE, is_all)] if len(mine) > 1 else found
