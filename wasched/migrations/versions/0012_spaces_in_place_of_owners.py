"""Give what each person has a space, to which others can belong too."""

import re
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BELONG = (
    "account", "contact", "media_file", "message", "number_check", "recipient", "recipient_list",
    "schedule", "template",
)  # fmt: skip
"""Tables whose things belong to a space; their owners' ids stay, as the ids of spaces."""

_PRIVATE = ("draft", "people_import", "upload")
"""Those that stay a user's, in a space."""

_SINGLE = ("account", "media_file", "recipient", "recipient_list", "schedule", "template")
_LOOSE = {"audit_entry": "SET NULL", "invitation": "CASCADE", "sign_in": "SET NULL"}
"""Those that may be about a space, and what becomes of them when it goes."""

_INDEXES = (
    ("message", "ix_message_owner_due", "ix_message_space_due",
     ["space_id", "due_at", "schedule_id", "status"]),
    ("recipient", "ix_recipient_of_owner", "ix_recipient_of_space",
     ["space_id", "kind", "sort_key", "id"]),
    ("contact", "ix_contact_of_owner", "ix_contact_of_space", ["space_id", "name"]),
    *((one, f"ix_{one}_owner_id", f"ix_{one}_space_id", ["space_id"]) for one in _SINGLE),
)  # fmt: skip
_ROLES = "'manager', 'editor', 'viewer'"
_INSTANT = wasched.models.base.UtcDateTime


def upgrade() -> None:
    """Bring the schema one step forward; each user manages a space that has their id."""
    _make_tables()
    _make_spaces()
    for table in _BELONG:
        _run(f"ALTER TABLE {table} RENAME COLUMN owner_id TO space_id")
    for table, old, new, columns in _INDEXES:
        op.drop_index(old, table)
        op.create_index(new, table, columns)
    for table in _PRIVATE:
        _keep_private(table)
    _run("ALTER TABLE change RENAME COLUMN owner_id TO space_id")
    _run("ALTER TABLE change ADD COLUMN user_id INTEGER NOT NULL DEFAULT 0")
    for column in ("made_by_id", "changed_by_id"):
        _run(f"ALTER TABLE schedule ADD COLUMN {column} INTEGER REFERENCES user (id)")
    _run("UPDATE schedule SET made_by_id = space_id, changed_by_id = space_id")
    _let_an_admin_run_the_server()
    _reword(dict.fromkeys(_BELONG, _refer_to_space) | dict.fromkeys(_PRIVATE, _require_space))


def _make_tables() -> None:
    op.create_table(
        "space",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", _INSTANT(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("joined_at", _INSTANT(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.CheckConstraint(f"role IN ({_ROLES})", name="ck_membership_role"),
        sa.PrimaryKeyConstraint("user_id", "space_id"),
    )
    op.create_index("ix_membership_space_id", "membership", ["space_id"])
    for table in _LOOSE:
        _run(f"ALTER TABLE {table} ADD COLUMN space_id INTEGER")
    _reword({table: partial(_add_key, ends=ends) for table, ends in _LOOSE.items()})
    _run(
        "ALTER TABLE invitation ADD COLUMN role VARCHAR NOT NULL DEFAULT 'manager' "
        f"CONSTRAINT ck_invitation_role CHECK (role IN ({_ROLES}))"
    )


def _make_spaces() -> None:
    _run("INSERT INTO space SELECT id, name, created_at FROM user")
    joins = "INSERT INTO membership SELECT user.id, space.id, 'manager', space.created_at FROM"
    _run(f"{joins} user JOIN space ON space.id = user.id WHERE removed_at IS NULL")
    # What somebody left who was removed had the server's owner to see to it.
    _run(
        f"{joins} user JOIN space ON user.role = 'owner' WHERE space.id IN"
        " (SELECT user.id FROM user JOIN account ON owner_id = user.id"
        " WHERE user.removed_at IS NOT NULL)"
    )


def _keep_private(table: str) -> None:
    op.drop_index(f"ix_{table}_owner_id", table)
    _run(f"ALTER TABLE {table} RENAME COLUMN owner_id TO user_id")
    _run(f"ALTER TABLE {table} ADD COLUMN space_id INTEGER REFERENCES space (id)")
    _run(f"UPDATE {table} SET space_id = user_id")
    for column in ("user_id", "space_id"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _let_an_admin_run_the_server() -> None:
    _run("ALTER TABLE user ADD COLUMN is_admin BOOLEAN NOT NULL DEFAULT 0")
    _run("UPDATE user SET is_admin = role = 'owner'")
    op.drop_index("uq_user_owner", "user")
    _reword({"user": lambda sql: re.sub(r",\s*CONSTRAINT ck_user_role CHECK \([^)]*\)\)", "", sql)})
    op.drop_column("user", "role")
    op.create_index(
        "uq_user_admin", "user", ["is_admin"], unique=True, sqlite_where=sa.text("is_admin")
    )


def _refer_to_space(sql: str) -> str:
    return re.sub(
        r'(FOREIGN KEY\s*\("?space_id"?\)\s*REFERENCES )"?user"?(\s*\(id\))', r"\1space\2", sql
    )


def _add_key(sql: str, ends: str) -> str:
    key = f"FOREIGN KEY(space_id) REFERENCES space (id) ON DELETE {ends}"
    return f"{sql.rstrip().removesuffix(')').rstrip()}, \n\t{key}\n)"


def _require_space(sql: str) -> str:
    return sql.replace("space_id INTEGER REFERENCES", "space_id INTEGER NOT NULL REFERENCES")


def _reword(tables: dict[str, Callable[[str], str]]) -> None:
    """Change constraints of tables where they are written down, without touching a row.

    The way of sqlite.org/lang_altertable.html, 7, for changes that do not affect what is stored:
    writing a million messages anew would take minutes, and dropping their table takes their
    attempts along.
    """
    version = _run("PRAGMA schema_version").scalar() or 0
    _run("PRAGMA writable_schema = ON")
    for table, reword in tables.items():
        found = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
        sql = op.get_bind().execute(found, {"name": table}).scalar_one()
        if reword(sql) == sql:
            raise RuntimeError(f"The table {table} is not as its migrations made it.")
        change = sa.text(
            "UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name"
        )
        op.get_bind().execute(change, {"sql": reword(sql), "name": table})
    _run(f"PRAGMA schema_version = {version + 1}")
    _run("PRAGMA writable_schema = RESET")


def _run(statement: str) -> sa.CursorResult[tuple[int]]:
    return op.get_bind().execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
