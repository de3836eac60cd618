"""Health: which part of the server works, and what to do about the one that does not."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec
from sqlalchemy.exc import SQLAlchemyError

from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.services.permissions import Action, may
from wasched.ui.core import ask_all
from wasched.ui.core.ask_all import Fault, Group
from wasched.ui.core.session import signed_in
from wasched.ui.health import text as health_text
from wasched.ui.health.figures_text import FigureLine, figure_line
from wasched.ui.health.log_text import LogLine
from wasched.ui.health.questions import (
    ADMINS,
    FIGURES,
    LOG,
    PARTS,
    TOLD,
    WEEK,
    question_groups,
)
from wasched.ui.health.text import PartLine, part_lines
from wasched.ui.live import subscriptions


class HealthState(rx.State):
    """The parts of the server, as they stood when each was last looked at."""

    is_loaded: bool = False
    verdict: str = ""
    parts: list[PartLine] = []
    week: dict[str, int] = {}
    figures: list[FigureLine] = []
    is_admin: bool = False
    log: list[LogLine] = []
    hint: str = ""  # that nobody would be told of trouble
    waits: list[str] = []  # the names of what has not been answered yet
    faults: dict[str, str] = {}  # why the week, or the log, cannot be read

    _known: dict[str, Any] = {}  # what each question came to, maybe a Fault
    _is_looking: bool = False
    _is_wanted: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Show the page and keep it current."""
        self._is_looking = False  # who looked may have ended with the connection
        user = await self._who()
        if user is None:
            return None
        subscriptions.follow_topics(self, user, (ACCOUNTS, MESSAGES), HealthState.look)
        return HealthState.look

    @rx.event(background=True)
    async def look(self) -> None:
        """Look at every part again, and show each as soon as it answers."""
        async with self:
            self._is_wanted = True
            if self._is_looking:
                return  # whoever looks does it once more
        while asked := await self._asked():
            async for found in ask_all.answers(asked):
                async with self:
                    self._take(found)

    async def _asked(self) -> list[Group]:
        """What is to be asked now, if anything is."""
        async with self:
            user = await self._who() if self._is_wanted else None
            self._is_looking, self._is_wanted = user is not None, False
            return question_groups(user) if user else []

    async def _who(self) -> Caller | None:
        """The person whose browser asks; None if the database does not tell, as is shown then."""
        try:
            user = await signed_in(self)
        except SQLAlchemyError as fault:
            self._is_looking = False
            self._take(dict.fromkeys(("Database", WEEK), ask_all.fault_of(fault)))
            return None
        self.is_admin = may(user, Action.RUN_SERVER)
        return user

    def _take(self, found: dict[str, Any]) -> None:
        """Show what is known now; what is as before is not sent again."""
        self._known = known = {**self._known, **found}
        rest = {name: known.get(name) for name in (WEEK, LOG)}
        parts = [one for name in self._named(PARTS) for one in part_lines(name, known.get(name))]
        for name, value in (
            ("parts", parts),
            ("verdict", health_text.health_verdict(parts)),
            ("figures", [figure_line(one, known.get(one)) for one in self._named(FIGURES)]),
            ("week", rest[WEEK] if isinstance(rest[WEEK], dict) else {}),
            ("hint", known[TOLD] if isinstance(known.get(TOLD), str) else ""),
            ("log", rest[LOG] if isinstance(rest[LOG], list) else []),
            ("faults", {k: v.sentence for k, v in rest.items() if isinstance(v, Fault)}),
            ("waits", [name for name, answer in rest.items() if answer is None]),
            ("is_loaded", True),
        ):
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _named(self, names: tuple[str, ...]) -> list[str]:
        """Those that are known, or that are being asked about."""
        asked = [one for one in names if self._is_looking and (self.is_admin or one not in ADMINS)]
        return [one for one in names if one in self._known or one in asked]
