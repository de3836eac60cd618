"""Put the names of people into their order."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from wasched.domain.collation import sort_key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BY_NAME = (
    ("ix_recipient_by_name", ("kind",)),
    ("ix_recipient_of_owner", ("owner_id", "kind")),
)


def upgrade() -> None:
    """Bring the schema one step forward; nobody has counted groups, or asked for LIDs, before."""
    op.add_column("group_member", sa.Column("lid", sa.String(length=80), nullable=True))
    op.add_column("import_row", sa.Column("typed", sa.String(), nullable=True))
    op.add_column("message", sa.Column("group_others", sa.Integer(), nullable=True))
    for table, name in (
        ("recipient", "sort_key"),
        ("import_row", "sort_key"),
        ("import_row", "had_sort_key"),
    ):
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    _fill("recipient", "sort_key", ("name", "phone"))
    _fill("import_row", "sort_key", ("name", "phone"))
    _fill("import_row", "had_sort_key", ("had_name", "phone"))
    for name, before in _BY_NAME:
        op.drop_index(name, "recipient")
        op.create_index(name, "recipient", [*before, "sort_key", "id"])


def _fill(table: str, column: str, sources: Iterable[str]) -> None:
    """Work out the keys of a table's rows, each of the first source that says something."""
    names = ", ".join(sources)
    found = op.get_bind().execute(sa.text(f"SELECT id, {names} FROM {table}"))
    keys = [{"one": one, "key": sort_key(next(filter(None, said), ""))} for one, *said in found]
    if keys:
        fill = sa.text(f"UPDATE {table} SET {column} = :key WHERE id = :one")
        op.get_bind().execute(fill, keys)


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
