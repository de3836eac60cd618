"""Keep how far a file of people is read, and why it cannot be."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward."""
    text, number = sa.String(), sa.Integer()
    for column in (
        sa.Column("holder", sa.String(length=100), nullable=False, server_default=""),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("tries", number, nullable=False, server_default="0"),
        sa.Column("done", number, nullable=False, server_default="0"),
        sa.Column("total", number, nullable=False, server_default="0"),
        sa.Column("why", text, nullable=False, server_default=""),
    ):
        op.add_column("people_import", column)


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
