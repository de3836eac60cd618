"""Programs that walk: with keys of each scope and role, of the other space, and with none."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import Session

from tests.attacks.walk.people import Walker
from tests.attacks.walk.two_spaces import OURS, THEIRS, WORDS, ids_after
from wasched.domain import key_text
from wasched.models import ApiKey, Role, Scope
from wasched.services.identity import keys, users

_A_DAY = timedelta(days=1)
_ALL = tuple(Scope)


def give_keys(session: Session, walkers: Sequence[Walker], now: datetime) -> list[Walker]:
    """A program for each key there may be; without a `caller` it is one that opens nothing."""
    with ids_after(OURS):
        ours = list(_ours(_Maker(session, OURS, now), walkers))
    with ids_after(THEIRS):
        manager = next(one for one in walkers if one.home == THEIRS)
        theirs = _Maker(session, THEIRS, now).program("key of another space", manager, _ALL)
    return [
        *ours,
        theirs,
        Walker("no key", None, "", OURS),
        Walker("revoked key", None, key_text.make_key(), OURS),
    ]


def _ours(made: "_Maker", walkers: Sequence[Walker]) -> Iterator[Walker]:
    here = [one for one in walkers if one.caller and one.home == OURS]
    manager = next(one for one in here if one.name == Role.MANAGER)
    for scope in Scope:
        yield made.program(f"key to {scope}", manager, [scope])
    yield made.program("key of one account", manager, _ALL, account_ids=[OURS + 1])
    over = made.now - _A_DAY
    yield Walker("key that is over", None, made.key(manager, _ALL, expires_at=over), OURS)
    for one in here:
        if one is not manager:
            yield Walker(f"key of {one.name}", None, made.key(one, _ALL), OURS)


class _Maker:
    """Makes keys of a space, whose use was noted just now; nobody is asked leave."""

    def __init__(self, session: Session, first: int, now: datetime) -> None:
        self._session, self._word, self.now = session, WORDS[first], now
        self._numbers = count(1)

    def program(self, name: str, of: Walker, scopes: Sequence[Scope], **more: object) -> Walker:
        token = self.key(of, scopes, **more)
        found = keys.whose_key(self._session, token, self.now)
        assert found is not None
        return Walker(name, found[0], token, of.home)

    def key(self, of: Walker, scopes: Sequence[Scope], **more: object) -> str:
        assert of.caller is not None
        token = key_text.make_key()
        made = ApiKey(
            space_id=of.caller.space_id, made_by_id=of.caller.id, scopes=[*scopes],
            name=f"{self._word} {next(self._numbers)}", token_hash=users.hash_secret(token),
            created_at=self.now, used_at=self.now, **more,
        )  # fmt: skip
        self._session.add(made)
        self._session.flush()
        return token
