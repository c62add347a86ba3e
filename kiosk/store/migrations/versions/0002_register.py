"""The register grows: who represents a household, the grid unit, and the end of a post's term."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    op.add_column(
        "people",
        sa.Column("represents_household", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("people", sa.Column("grid", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "uq_people_village_household_represented",
        "people",
        ["village", "household"],
        unique=True,
        sqlite_where=sa.text("represents_household"),
    )
    # A primary key cannot be altered: the posts move, in the order in which they were enrolled.
    op.rename_table("posts", "posts_before")
    op.create_table(
        "posts",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_posts_person_people")),
        sa.PrimaryKeyConstraint("person", "capacity", "since", name=op.f("pk_posts")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO posts (person, capacity, title, since) "
        "SELECT person, capacity, title, since FROM posts_before ORDER BY rowid"
    )
    op.drop_table("posts_before")
