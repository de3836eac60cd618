"""Those who walk: somebody in every role there is, in one of two spaces, and who is in neither."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tests.attacks.walk.two_spaces import OURS, THEIRS, UNKNOWN, fill_space, ids_after
from wasched.models import Membership, Role, Space, User
from wasched.services.caller import Caller
from wasched.services.identity import team, users
from wasched.services.identity.users import NewUser

PASSWORD = "an owl on the roof 47"


@dataclass(frozen=True)
class Walker:
    """Somebody with a browser; without a `caller` it gets nobody in. `home`: their ids' first."""

    name: str
    caller: Caller | None
    token: str
    home: int

    @property
    def away(self) -> int:
        """Where the ids of the other space begin."""
        return THEIRS if self.home == OURS else OURS

    @property
    def ids(self) -> dict[str, int]:
        """Whose ids they say."""
        return {"own": self.home, "foreign": self.away, "unknown": UNKNOWN}


def fill_server(session: Session, password_hash: str, now: datetime) -> list[Walker]:
    """Make the two spaces, and everybody."""
    made = _Maker(session, password_hash, now)
    with ids_after(OURS):
        ours = [(one, made.sign_in(one)) for one in made.space(OURS, [*Role])]
    with ids_after(THEIRS):
        theirs = [(one, made.sign_in(one)) for one in made.space(THEIRS, [Role.MANAGER] * 2)]
    names = ("manager of another space", "admin in another space")
    return [
        Walker("signed out", None, "", OURS),
        Walker("removed", None, "a-token-that-was-theirs", OURS),
        *(Walker(one.role, one, token, OURS) for one, token in ours),
        *(Walker(name, *one, THEIRS) for name, one in zip(names, theirs, strict=True)),
    ]


def used_invitation(session: Session, by: Caller, now: datetime) -> str:
    """The token of an invitation that somebody has come by."""
    token = team.invite_member(session, by, "Una", Role.VIEWER, now)
    una = NewUser("Una Used", "una@example.org", PASSWORD, "UTC")
    team.accept_invitation(session, token, una, "", now)
    return token


class _Maker:
    def __init__(self, session: Session, password_hash: str, now: datetime) -> None:
        self._session, self._hash, self._now = session, password_hash, now

    def space(self, first: int, roles: list[Role]) -> list[Caller]:
        """A full space with somebody in each role, a manager first; the last of theirs is admin."""
        space = Space(name=f"Space {first}", created_at=self._now)
        self._session.add(space)
        self._session.flush()
        found = [
            self._user(first, number, role, number == len(roles) and first == THEIRS)
            for number, role in enumerate(roles, 1)
        ]
        fill_space(self._session, found[0], first, self._now)
        return found

    def sign_in(self, who: Caller) -> str:
        """The token of a browser of theirs."""
        token = users.open_session(self._session, who.id, "127.0.0.1", "walk", self._now)
        self._session.flush()
        return token

    def _user(self, first: int, number: int, role: Role, is_admin: bool) -> Caller:
        user = User(
            email=f"{role}-{first + number}@example.org", name=f"User {first + number}",
            password_hash=self._hash, is_admin=is_admin, zone="Europe/Berlin",
            created_at=self._now,
        )  # fmt: skip
        self._session.add(user)
        self._session.flush()
        users.add_membership(self._session, user.id or 0, first + 1, role, self._now)
        row = self._session.get_one(Membership, (user.id, first + 1))
        return users.caller_of(user, row, self._now)
