"""Routes of a signature, refusals, numbers used outside the program."""

revision = "0010"
down_revision = "0009"


def upgrade():
    pass


def downgrade():
    pass
