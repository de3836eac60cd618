"""How Alembic meets the database: the connection is always handed in by `wasched.db`."""

from alembic import context
from sqlmodel import SQLModel

import wasched.models  # noqa: F401 - the tables register themselves

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    on_version_apply=context.config.attributes["after_step"],
)
with context.begin_transaction():
    context.run_migrations()
    context.config.attributes["finish_schema"](connection)
