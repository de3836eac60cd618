"""${message}."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import wasched.models.base
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
