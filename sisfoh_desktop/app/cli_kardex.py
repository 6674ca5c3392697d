"""Commands about the kardex of forms: `importar kardex`, `informe kardex`."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.app.cli_desk import (
    DONE,
    REFUSED,
    Outcome,
    checked_output,
    entered_base,
    read_file,
)
from sisfoh_desktop.app.cli_papers import written
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder
    from sisfoh_desktop.modules.kardex.rules.importing import Finding, ImportPlan

_MOST_TOLD = 50  # findings on a terminal; --json has them all


def run_importar_kardex(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Check a spreadsheet and record what adds up; with --solo-revisar nothing is stored.

    Exit 3 where a row waits in quarantine or a total does not agree.
    """
    from sisfoh_desktop.modules.kardex.service import importing
    from sisfoh_desktop.sheets.preflight import LARGEST_FILE

    path = Path(args.file)
    now = clock.now()
    with entered_base(args, clock) as (db, actor):
        campaign = _campaign(db, args.campaign, now)
        data = read_file(path, largest=LARGEST_FILE)
        plan = importing.check_file(db, campaign_id=campaign.id, file_name=path.name, data=data, now=now)
        recorded = None
        if not args.check_only:
            recorded = importing.import_file(
                db,
                actor=actor,
                now=now,
                campaign_id=campaign.id,
                file_name=path.name,
                data=data,
                expected=plan,
            )
    values = {
        "rows": plan.row_count,
        "accepted": len(plan.accepted),
        "quarantined": len(plan.quarantined),
        "rejected": len(plan.rejected),
        "totals_checked": plan.totals_checked,
        "findings": [asdict(finding) for finding in plan.findings],
        "notes": list(plan.notes),
        "campaign": campaign.name,
        "import": recorded.import_id if recorded else None,
        "movements": recorded.movements if recorded else 0,
    }
    done = (
        f"Movimientos registrados en «{campaign.name}»: {recorded.movements}."
        if recorded
        else "Solo se revisó: no se registró nada."
    )
    waits = bool(plan.quarantined or plan.totals)
    return Outcome(
        values, (*_summary(plan), *_told(plan.findings), done), plan.notes, REFUSED if waits else DONE
    )


def run_informe_kardex(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The kardex card of a type of form: of the warehouses together, or of one holder."""
    from sisfoh_desktop.modules.kardex.service import actas

    output = checked_output(args.output)
    now = clock.now()
    with entered_base(args, clock) as (db, actor):
        campaign = _campaign(db, args.campaign, now)
        form_type = _form_type(db, campaign, args.form_type)
        pdf = actas.card_pdf(
            db,
            type_id=form_type.id,
            today=now.date(),
            holder_id=_holder(db, args.holder, args.until or now.date()).id if args.holder else 0,
            since=args.since,
            until=args.until,
        )
        title = f"Tarjeta kardex de {form_type.code}"
        return written(output, pdf, title, db=db, actor=actor, now=now)


def _summary(plan: "ImportPlan") -> Sequence[str]:
    told = (
        f"Filas: {plan.row_count}. Cuadran: {len(plan.accepted)}. En cuarentena: {len(plan.quarantined)}. "
        f"No se importan: {len(plan.rejected)}. Totales comprobados: {plan.totals_checked}."
    )
    return (told,)


def _told(findings: Sequence["Finding"]) -> Sequence[str]:
    several = len({one.sheet for one in findings}) > 1
    lines = [
        f"  {f'Hoja «{one.sheet}», fila' if several else 'Fila'} {one.row}: {one.text}"
        for one in findings[:_MOST_TOLD]
    ]
    if len(findings) > _MOST_TOLD:
        lines.append(f"  … y {len(findings) - _MOST_TOLD} observaciones más; use --json para verlas todas.")
    return lines


def _campaign(db: "Database", typed: str | None, now: datetime) -> "Campaign":
    """The campaign that is meant: by its name or part of it, or the present one."""
    from sisfoh_desktop.modules.kardex.rules.importing_names import plain_words
    from sisfoh_desktop.modules.kardex.service import catalogue

    if not typed:
        current = catalogue.current_campaign(db, now.date())
        if current is None:
            raise RuleError(
                "no_campaign",
                "La base no tiene ninguna campaña de kardex; no se hizo nada. Iníciela en el programa.",
            )
        return current
    campaigns = catalogue.list_campaigns(db)
    wanted = plain_words(typed)
    found = [one for one in campaigns if plain_words(one.name) == wanted] or [
        one for one in campaigns if wanted and wanted in plain_words(one.name)
    ]
    if len(found) != 1:
        names = ", ".join(f"«{one.name}»" for one in found or campaigns) or "ninguna"
        raise RuleError(
            "campaign_unknown" if not found else "campaign_ambiguous",
            f"No se sabe qué campaña es «{typed}»; no se hizo nada. Hay: {names}.",
        )
    return found[0]


def _form_type(db: "Database", campaign: "Campaign", typed: str) -> "FormType":
    from sisfoh_desktop.modules.kardex.rules.importing_names import Names, NotFound
    from sisfoh_desktop.modules.kardex.service import catalogue

    try:
        return Names(catalogue.list_types(db, campaign.id), ()).form_type(typed)
    except NotFound as missing:
        raise RuleError(missing.finding.rule, f"{missing.finding.text} No se hizo nada.") from missing


def _holder(db: "Database", typed: str, day: date) -> "Holder":
    """By name in any order of its words, by DNI, or by a part of the name; of several the one in force that day."""
    from sisfoh_desktop.modules.kardex.rules.importing_names import Names, NotFound, plain_words
    from sisfoh_desktop.modules.kardex.service import catalogue

    holders = catalogue.list_holders(db)
    try:
        return Names((), holders).holder(typed, day, "holder")
    except NotFound as missing:
        words = plain_words(typed)
        found = [one for one in holders if words and words in plain_words(one.name)]
        if missing.finding.rule != "holder_unknown" or not found:
            raise RuleError(missing.finding.rule, f"{missing.finding.text} No se hizo nada.") from missing
    found = [one for one in found if one.in_force(day)] or found
    if len(found) > 1:
        names = ", ".join(f"«{one.name}»" for one in found)
        raise RuleError(
            "holder_ambiguous",
            f"«{typed}» puede ser más de uno: {names}; no se hizo nada. Escriba el nombre completo.",
        )
    return found[0]
