"""a record stands in the index of its area only when it is about nobody: all others are found by person or household

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PLACE = sa.text("person IS NULL AND household IS NULL")


def upgrade() -> None:
    op.drop_index("ix_record_area", table_name="record")
    op.create_index("ix_record_area", "record", ["county", "area"], sqlite_where=PLACE, postgresql_where=PLACE)


def downgrade() -> None:
    op.drop_index("ix_record_area", table_name="record")
    op.create_index("ix_record_area", "record", ["county", "area"])
