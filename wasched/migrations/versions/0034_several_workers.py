"""Let several workers share the accounts, each known by a number that is never used again."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_KEPT = "worker, at, started_at"
_Instant = wasched.models.base.UtcDateTime


def upgrade() -> None:
    """Bring the schema one step forward; whoever held an account takes it up by its name."""
    op.execute("CREATE TABLE lease_kept AS SELECT account_id, holder, until FROM lease")
    op.drop_table("lease")
    op.create_table(
        "lease",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("since", _Instant(), nullable=False),
        sa.Column("lost_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.execute(
        "INSERT INTO lease (account_id, holder, fence, since, lost_by)"
        " SELECT account_id, holder, 0, until, '' FROM lease_kept"
    )
    op.drop_table("lease_kept")
    op.execute(f"CREATE TABLE heartbeat_kept AS SELECT {_KEPT} FROM heartbeat")
    op.drop_table("heartbeat")
    op.create_table(
        "heartbeat",
        sa.Column("worker", sa.String(length=100), nullable=False),
        sa.Column("at", _Instant(), nullable=False),
        sa.Column("started_at", _Instant(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.Column("lasts_s", sa.Float(), nullable=False),
        sa.Column("has_queue", sa.Boolean(), nullable=False),
        sa.Column("is_leaving", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("worker"),
    )
    op.execute(
        f"INSERT INTO heartbeat ({_KEPT}, title, number, beats, lasts_s, has_queue, is_leaving)"
        f" SELECT {_KEPT}, '', 0, 0, 0, false, false FROM heartbeat_kept"
    )
    op.drop_table("heartbeat_kept")
    op.create_table(
        "duty",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("since", _Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
