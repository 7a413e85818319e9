"""what the holder of a card asks for, rates and opens with a code; where a station is

Revision ID: 0011
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holder_code",
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("visit", sa.LargeBinary(length=16), nullable=True),
        sa.Column("visit_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_holder_code")),
        sa.UniqueConstraint("visit", name=op.f("uq_holder_code_visit")),
    )
    op.create_index(op.f("ix_holder_code_person"), "holder_code", ["person"])
    op.create_table(
        "holder_request",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("county", "id", name=op.f("pk_holder_request")),
    )
    op.create_index(op.f("ix_holder_request_township"), "holder_request", ["township"])
    op.create_index(op.f("ix_holder_request_person"), "holder_request", ["person"])
    op.create_table(
        "rating",
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("answer", sa.String(length=6), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("area", "month", "answer", name=op.f("pk_rating")),
    )
    op.create_table(
        "station_face",
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=80), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("township", name=op.f("pk_station_face")),
    )


def downgrade() -> None:
    op.drop_table("station_face")
    op.drop_table("rating")
    op.drop_table("holder_request")
    op.drop_table("holder_code")
