"""Make the audit log readable by space, by person and by kind."""

from alembic import op
from sqlalchemy import Column, String, text

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KINDS = {
    "sign_in": (
        "signed_in", "signed_out", "changed_password", "changed_email", "chose_password_by_link",
        "got_password_link", "mailed_password_link", "made_password_link", "second_step_on",
        "second_step_off", "lost_second_step", "new_recovery_codes", "used_recovery_code",
    ),
    "people": (
        "invited", "joined", "joined_as_admin", "left_space", "changed_role", "removed_member",
        "renamed_space", "made_owner", "made_admin", "removed_user",
    ),
    "accounts": ("stopped_account", "resumed_account"),
    "server": ("practice_on", "practice_off", "keep_days"),
}  # fmt: skip
"""The deeds that were written down so far."""

_INDEXES = {
    "ix_audit_entry_space_at": ["space_id", "at"],
    "ix_audit_entry_space_user": ["space_id", "user_id", "at"],
    "ix_audit_entry_space_kind": ["space_id", "kind", "at"],
}


def upgrade() -> None:
    """Bring the schema one step forward."""
    op.add_column(
        "audit_entry", Column("kind", String(length=20), nullable=False, server_default="")
    )
    for kind, codes in _KINDS.items():
        listed = ", ".join(f"'{code}'" for code in codes)
        op.get_bind().execute(
            text(
                f"UPDATE audit_entry SET kind = '{kind}'"
                f" WHERE json_valid(what) AND json_extract(what, '$.code') IN ({listed})"
            )
        )
    for name, columns in _INDEXES.items():
        op.create_index(name, "audit_entry", columns)


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
