"""Voting by more ways: the sealed boxes of secret votes, and the slips by which somebody votes on his own phone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "boxes",
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("village", "vote", name=op.f("pk_boxes")),
        sqlite_strict=True,
    )
    op.create_table(
        "slips",
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("village", "vote", "person", name=op.f("pk_slips")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_slips_token_hash")),
        sqlite_strict=True,
    )
