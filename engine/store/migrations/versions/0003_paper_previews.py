"""Previews of papers as PDF files: ordered, printed in the background, thrown away after minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "ru_paper_preview",
        sa.Column("key", types.KEY, autoincrement=False, nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="PENDING, RUNNING, DONE, FAILED"),
        sa.Column("word_file", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary()),
        sa.Column("message", sa.Text(), comment="why it failed"),
        sa.Column("ordered_at", types.Moment(timezone=True), nullable=False),
        sa.Column("lease_until", types.Moment(timezone=True)),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ru_paper_preview")),
    )
    op.create_index(op.f("ix_ru_paper_preview_actor_id"), "ru_paper_preview", ["actor_id"])
    op.create_index(op.f("ix_ru_paper_preview_ordered_at"), "ru_paper_preview", ["ordered_at"])
