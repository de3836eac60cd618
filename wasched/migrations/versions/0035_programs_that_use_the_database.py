"""Have each program say that it uses the database, so that an update can wait for older ones."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SUITS_BEFORE = False  # programs of before do not say that they are there

_Instant = wasched.models.base.UtcDateTime


def upgrade() -> None:
    """Bring the schema one step forward."""
    op.create_table(
        "program",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("machine", sa.String(length=200), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=40), nullable=False),
        sa.Column("started_at", _Instant(), nullable=False),
        sa.Column("at", _Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
