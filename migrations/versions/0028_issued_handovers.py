"""What an issued handover says stays, whoever writes; and the recovery sheets of who manages the users.

Going back, the sheets are lost: only hashes of their codes lie here, and each administrator prints another.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

SAID = (
    "id",
    "leaver_name",
    "leaver_position",
    "leaver_unit",
    "leaver_user_id",
    "leaver_officer_id",
    "receiver_name",
    "receiver_position",
    "receiver_unit",
    "receiver_user_id",
    "receiver_officer_id",
    "handed_on",
    "reason",
    "document",
    "note",
    "holder_id",
    "proposes_end",
    "sections",
    "drawn_at",
    "drawn_by",
)


def upgrade():
    op.create_table(
        "recovery_sheet",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="De qué administrador es"),
        sa.Column(
            "code_hash",
            sa.String(length=200),
            nullable=False,
            comment="Clave de la hoja impresa, por argon2id; vale una sola vez",
        ),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), nullable=False, comment="Cuándo se imprimió la hoja (UTC)"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_recovery_sheet_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_sheet")),
        sa.UniqueConstraint("user_id", name=op.f("uq_recovery_sheet_user_id")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verb, when in guards("IS NOT" if sqlite else "IS DISTINCT FROM"):
        name = f"{table}_issued_no_{verb.lower()}"
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is issued'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{table} is issued'; END IF; "
            f"RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade():
    for table, verb, _when in guards("IS NOT"):
        name = f"{table}_issued_no_{verb.lower()}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
            continue
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("recovery_sheet")


def guards(differs):
    """Table, verb and when the base itself refuses it.

    An issued handover may be gone through once, and be a draft again when its acta no longer stands.
    """
    said = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in SAID)
    taken = f"OLD.taken_at IS NOT NULL AND (NEW.taken_at {differs} OLD.taken_at OR NEW.taken_by {differs} OLD.taken_by)"
    stays = f"NEW.state = 'issued' AND NOT (NEW.paper_id {differs} OLD.paper_id) AND NOT ({taken})"
    reopened = (
        "NEW.state = 'draft' AND NEW.paper_id IS NULL AND EXISTS (SELECT 1 FROM paper "
        "WHERE paper.id = OLD.paper_id AND paper.state IN ('anulada', 'observada'))"
    )
    issued = "EXISTS (SELECT 1 FROM handover WHERE handover.state = 'issued' AND handover.id {})"
    return (
        ("handover", "UPDATE", f"OLD.state = 'issued' AND ({said} OR NOT (({stays}) OR ({reopened})))"),
        ("handover", "DELETE", "OLD.state = 'issued'"),
        ("handover_credential", "INSERT", issued.format("= NEW.handover_id")),
        ("handover_credential", "UPDATE", issued.format("IN (OLD.handover_id, NEW.handover_id)")),
        ("handover_credential", "DELETE", issued.format("= OLD.handover_id")),
    )
