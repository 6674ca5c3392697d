"""Acts that rectify another; numbers used outside the program."""

revision = "0015"
down_revision = "0014"


def upgrade():
    pass


def downgrade():
    pass
