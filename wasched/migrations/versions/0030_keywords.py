"""Make room for keywords, and for what words did that people wrote back."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_MOVES = "'', 'into', 'out'"
_ANSWERS = "'', 'answered', 'lately', 'enough', 'machine', 'opted_out', 'old'"


def upgrade() -> None:
    """Bring the schema one step forward; a constant default rewrites no row of schedules."""
    op.execute("ALTER TABLE schedule ADD COLUMN answers_word VARCHAR NOT NULL DEFAULT ''")
    _make_keywords()
    _make_forms()
    _make_uses()


def _make_keywords() -> None:
    op.create_table(
        "keyword",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("created_at", _Instant(), nullable=False),
        sa.Column("changed_at", _Instant(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"move IN ({_MOVES})", name="ck_keyword_move"),
        sa.CheckConstraint("(list_id IS NULL) = (move = '')", name="ck_keyword_list"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["list_id"], ["recipient_list.id"]),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_keyword_space_id", "keyword", ["space_id"])
    op.create_index("ix_keyword_list_id", "keyword", ["list_id"])


def _make_forms() -> None:
    op.create_table(
        "keyword_form",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=120), nullable=False),
        sa.Column("keyword_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["keyword_id"], ["keyword.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("space_id", "form"),
    )
    op.create_index("ix_keyword_form_keyword_id", "keyword_form", ["keyword_id"])


def _make_uses() -> None:
    op.create_table(
        "keyword_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("keyword_id", sa.Integer(), nullable=False),
        sa.Column("whatsapp_id", sa.String(length=80), nullable=False),
        sa.Column("at", _Instant(), nullable=False),
        sa.Column("is_quick", sa.Boolean(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"move IN ({_MOVES})", name="ck_keyword_use_move"),
        sa.CheckConstraint(f"answer IN ({_ANSWERS})", name="ck_keyword_use_answer"),
        sa.UniqueConstraint("account_id", "whatsapp_id", name="uq_keyword_use_once"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["recipient.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_keyword_use_person", "keyword_use", ["person_id", "at"])
    op.create_index("ix_keyword_use_space", "keyword_use", ["space_id", "at"])


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
