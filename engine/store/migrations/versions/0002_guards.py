"""History refuses to be replaced row by row or emptied at once, past the triggers of the first revision."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(
            "CREATE TRIGGER hi_event_no_truncate BEFORE TRUNCATE ON hi_event "
            "FOR EACH STATEMENT EXECUTE FUNCTION hi_event_no_truncate()"
        )
    else:
        op.execute(_SQLITE_REPLACE)


# INSERT OR REPLACE deletes what stands in its way without asking the trigger on DELETE.
_SQLITE_REPLACE = """
CREATE TRIGGER hi_event_no_replace BEFORE INSERT ON hi_event
WHEN EXISTS (SELECT 1 FROM hi_event WHERE root_key = NEW.root_key AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
"""

_POSTGRESQL_FUNCTION = """
CREATE FUNCTION hi_event_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history is append-only';
END $$
"""
