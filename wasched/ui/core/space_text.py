"""Spaces and roles in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from wasched.models import Role
from wasched.services.views import SpaceName

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


@dataclass(frozen=True)
class SpaceChoice:
    """A space to go to."""

    id: str
    name: str
    is_here: bool


def choices(mine: Sequence[SpaceName], here: int) -> list[SpaceChoice]:
    """The spaces that somebody belongs to, the one they are in marked."""
    return [SpaceChoice(str(one.id), one.name, one.id == here) for one in mine]
