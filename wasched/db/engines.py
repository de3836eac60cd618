"""The engine of a database."""

from functools import cache

from sqlalchemy import Engine
from sqlmodel import create_engine

from wasched.config import settings
from wasched.db.dialects import dialect_named


@cache
def engine() -> Engine:
    """The engine of this process for the database in the settings."""
    return make_engine(settings().database_url)


def make_engine(url: str) -> Engine:
    """An engine for a URL; whatever it is used for is durable and keeps foreign keys."""
    dialect = dialect_named(url)
    made = create_engine(
        url,
        **dialect.engine_options(),
        hide_parameters=True,  # a fault is logged without the texts and numbers it was about
        pool_use_lifo=True,  # the last one used has its pages at hand
    )
    dialect.set_up(made)
    return made
