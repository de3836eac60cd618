"""Who is asking, whichever door they came by."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Caller:
    """The person who is asking, and the space they are in, where they have a `role`.

    `is_admin`: they run the server. `confirmed_at`: when their browser was last given the
    password.
    """

    id: int
    name: str
    email: str
    role: str
    zone: str
    space_id: int
    is_admin: bool = False
    confirmed_at: datetime | None = None
