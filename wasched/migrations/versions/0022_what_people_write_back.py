"""Make room for what people write back, and tell managers of it once."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_KINDS = "'text', 'photo', 'video', 'voice', 'audio', 'document', 'sticker', 'location', 'contact'"


def upgrade() -> None:
    """Bring the schema one step forward; replies are kept from now on, and managers are told so."""
    op.execute("ALTER TABLE space ADD COLUMN keeps_replies_days INTEGER NOT NULL DEFAULT 30")
    op.execute("ALTER TABLE space ADD COLUMN viewers_see_replies BOOLEAN NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE membership ADD COLUMN to_hear_of_replies BOOLEAN NOT NULL DEFAULT 0")
    op.execute("UPDATE membership SET to_hear_of_replies = 1 WHERE role = 'manager'")
    op.execute(
        "CREATE TABLE reply (id INTEGER NOT NULL, space_id INTEGER NOT NULL, "
        "account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, "
        "recipient_id INTEGER NOT NULL, person_id INTEGER, whatsapp_id VARCHAR(80) NOT NULL, "
        "by VARCHAR(80) NOT NULL, by_alt VARCHAR(80) NOT NULL, name VARCHAR(200) NOT NULL, "
        "kind VARCHAR NOT NULL, text VARCHAR NOT NULL, matched_by VARCHAR NOT NULL, "
        "at DATETIME NOT NULL, edited_at DATETIME, answered_at DATETIME, PRIMARY KEY (id), "
        "CONSTRAINT uq_reply_once UNIQUE (account_id, whatsapp_id), "
        f"CONSTRAINT ck_reply_kind CHECK (kind IN ({_KINDS})), "
        "CONSTRAINT ck_reply_matched_by CHECK (matched_by IN ('quote', 'window')), "
        "FOREIGN KEY(space_id) REFERENCES space (id) ON DELETE CASCADE, "
        "FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, "
        "FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE, "
        "FOREIGN KEY(recipient_id) REFERENCES recipient (id) ON DELETE CASCADE, "
        "FOREIGN KEY(person_id) REFERENCES recipient (id) ON DELETE CASCADE)"
    )
    for name, columns in (
        ("ix_reply_space_at", "space_id, at, id"),
        ("ix_reply_open", "space_id, at, id"),
        ("ix_reply_message", "message_id, at"),
        ("ix_reply_person", "person_id, at"),
        ("ix_reply_recipient", "recipient_id"),
    ):
        only = " WHERE answered_at IS NULL" if name == "ix_reply_open" else ""
        op.execute(f"CREATE INDEX {name} ON reply ({columns}){only}")


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
