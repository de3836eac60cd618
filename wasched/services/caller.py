"""Who is asking, whichever door they came by."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Caller:
    """The person who is asking, and the space they are in, where they have a `role`.

    `is_admin`: they run the server. `confirmed_at`: when their browser was last given the
    password. `address`: where their request comes from, as the door saw it.
    Of a program that comes with a key: `key_id` and `key_name`, the `scopes` that bound what the
    role of who made it may do, and the accounts that it is there for, None for all. A person has
    none. `confirms`: what it would send as an assistant has to be confirmed first.
    `viewers_see_replies`: the space lets those who only look read what people write back.
    """

    id: int
    name: str
    email: str
    role: str
    zone: str
    space_id: int
    is_admin: bool = False
    confirmed_at: datetime | None = None
    key_id: int = 0
    key_name: str = ""
    scopes: frozenset[str] | None = None
    account_ids: frozenset[int] | None = None
    confirms: bool = True
    address: str = ""
    viewers_see_replies: bool = False
