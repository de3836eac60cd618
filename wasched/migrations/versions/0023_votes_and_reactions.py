"""Make room for what people vote and react with."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_OF_MESSAGE = "FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE"
_VOTER = (
    "id INTEGER NOT NULL, message_id INTEGER NOT NULL, recipient_id INTEGER, "
    "number VARCHAR(20), lid VARCHAR(80), name VARCHAR(200) NOT NULL, "
)
_KEYS = f"PRIMARY KEY (id), {_OF_MESSAGE}, FOREIGN KEY(recipient_id) REFERENCES recipient (id)"


def upgrade() -> None:
    """Bring the schema one step forward; polls from before are known by their schedules."""
    op.execute(
        "CREATE TABLE sent_poll (message_id INTEGER NOT NULL, question VARCHAR NOT NULL, "
        f"options JSON NOT NULL, choices INTEGER NOT NULL, PRIMARY KEY (message_id), {_OF_MESSAGE})"
    )
    op.execute(
        "CREATE TABLE unsettled_answer (id INTEGER NOT NULL, account_id INTEGER NOT NULL, "
        "whatsapp_id VARCHAR(80) NOT NULL, kind VARCHAR NOT NULL, sender VARCHAR(80) NOT NULL, "
        "sender_alt VARCHAR(80) NOT NULL, name VARCHAR(200) NOT NULL, iv BLOB NOT NULL, "
        "body BLOB NOT NULL, at DATETIME NOT NULL, kept_at DATETIME NOT NULL, PRIMARY KEY (id), "
        "CONSTRAINT ck_unsettled_answer_kind CHECK (kind IN ('vote', 'reaction')), "
        "FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE)"
    )
    op.execute("CREATE INDEX ix_unsettled_answer_whatsapp_id ON unsettled_answer (whatsapp_id)")
    op.execute(
        f"CREATE TABLE vote ({_VOTER}chosen INTEGER, changes INTEGER NOT NULL, "
        f"at DATETIME NOT NULL, {_KEYS})"
    )
    op.execute(
        f"CREATE TABLE reaction ({_VOTER}emoji VARCHAR(80) NOT NULL, at DATETIME NOT NULL, {_KEYS})"
    )
    op.execute("CREATE INDEX ix_vote_of_message ON vote (message_id, chosen)")
    op.execute("CREATE INDEX ix_reaction_of_message ON reaction (message_id, emoji)")
    for table in ("vote", "reaction"):
        op.execute(f"CREATE INDEX ix_{table}_recipient_id ON {table} (recipient_id)")


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
