"""Models of acts by municipality; acts that rectify another."""

revision = "0013"
down_revision = "0012"


def upgrade():
    pass


def downgrade():
    pass
