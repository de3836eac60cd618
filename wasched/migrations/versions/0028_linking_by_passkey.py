"""Keep how far linking by passkey has come."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_WISHES = "connect pair_by_code link_by_passkey answer_passkey same_code other_code unlink reopen"


def upgrade() -> None:
    """Bring the schema one step forward."""
    op.rename_table("link_wish", "link_wish_before")
    _make_wishes()
    op.execute(
        "INSERT INTO link_wish (account_id, wish, phone, answer, asked_at) "
        "SELECT account_id, wish, phone, '', asked_at FROM link_wish_before"
    )
    op.drop_table("link_wish_before")
    _make_links()
    op.execute(
        "INSERT INTO passkey_link (account_id, request, refusal, code, must_confirm, begun) "
        "SELECT id, '', '', '', 0, 0 FROM account WHERE state = 'needs_passkey'"
    )


def _make_wishes() -> None:
    listed = ", ".join(f"'{one}'" for one in _WISHES.split())
    op.create_table(
        "link_wish",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_at", _Instant(), nullable=False),
        sa.CheckConstraint(f"wish IN ({listed})", name="ck_link_wish_wish"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )


def _make_links() -> None:
    op.create_table(
        "passkey_link",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("expires_at", _Instant(), nullable=True),
        sa.Column("refusal", wasched.models.base.ReasonColumn(), nullable=False),
        sa.Column("taken_at", _Instant(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("must_confirm", sa.Boolean(), nullable=False),
        sa.Column("hour_began_at", _Instant(), nullable=True),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.Column("linked_at", _Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
