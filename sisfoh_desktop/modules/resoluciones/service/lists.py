"""The list of all acts, for its page and for Mi bandeja: what drafts them is not loaded for it."""

from dataclasses import replace

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import ResolucionLine


def list_resoluciones(db: Database) -> list[ResolucionLine]:
    """Every resolución, the newest first."""
    with db.reading() as session:
        lines = store.list_resoluciones(session)
    titles = {plan.id: plan.title for plan in plans.list_plans(db)}
    return [
        replace(
            line,
            matter=rules.readable(line.matter, {"plan.title": titles[line.plan_id]} if line.plan_id else {}),
        )
        for line in lines
    ]
