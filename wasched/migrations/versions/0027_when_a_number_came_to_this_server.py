"""Keep since when each number is on this server; those that are there need no warm-up."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_TABLES = (
    "CREATE TABLE number (digits VARCHAR(20) NOT NULL, linked_at DATETIME NOT NULL, "
    "warms_up BOOLEAN NOT NULL, switched_at DATETIME, switched_by_id INTEGER, "
    "PRIMARY KEY (digits), "
    "FOREIGN KEY(switched_by_id) REFERENCES user (id) ON DELETE SET NULL)",
    "CREATE TABLE number_period (id INTEGER NOT NULL, digits VARCHAR(20) NOT NULL, "
    "account_id INTEGER NOT NULL, since DATETIME NOT NULL, until DATETIME, PRIMARY KEY (id), "
    "FOREIGN KEY(digits) REFERENCES number (digits) ON DELETE CASCADE, "
    "FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_number_period_account ON number_period (account_id, until)",
    "CREATE INDEX ix_number_period_digits ON number_period (digits)",
)

_LINKED = (
    "SELECT id, substr(jid, 1, instr(jid, '@') - 1) AS digits, created_at, "
    "coalesce(linked_at, created_at) AS linked_at FROM account WHERE jid LIKE '%@s.whatsapp.net'"
)


def upgrade() -> None:
    """Bring the schema one step forward; all that an account sent, it sent from its number."""
    for table in _TABLES:
        op.execute(table)
    op.execute(
        "INSERT INTO number (digits, linked_at, warms_up) "
        f"SELECT digits, min(linked_at), 0 FROM ({_LINKED}) GROUP BY digits"
    )
    op.execute(
        "INSERT INTO number_period (digits, account_id, since) "
        f"SELECT digits, id, created_at FROM ({_LINKED})"
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
