"""Who is asking, whichever door they came by."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Caller:
    """The person who is asking; `confirmed_at`: when their browser was last given the password."""

    id: int
    name: str
    email: str
    role: str
    zone: str
    confirmed_at: datetime | None = None
