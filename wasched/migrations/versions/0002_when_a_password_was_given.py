"""Note when each browser was last given the password."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward; a sign-in from before was never asked again."""
    op.add_column(
        "sign_in", sa.Column("confirmed_at", wasched.models.base.UtcDateTime(), nullable=True)
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
