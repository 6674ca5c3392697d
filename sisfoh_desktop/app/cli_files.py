"""Commands about a whole file: revisar resolucion, and informe expediente, hoja-ruta, linea-tiempo and cargos."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.app.cli_desk import (
    DONE,
    REFUSED,
    Outcome,
    checked_output,
    entered_base,
)
from sisfoh_desktop.app.cli_papers import written
from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

_NOTIFIED_BY = "personal"  # the usual channel among the offices of one municipality
_SEVERITIES = {"blocks": "Impide", "warns": "Aviso", "style": "Estilo"}


def run_revisar_resolucion(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Everything that does not agree in an act and its expediente; refused while something blocks it unaccepted."""
    from sisfoh_desktop.modules.resoluciones import service as resoluciones

    with entered_base(args, clock) as (db, _actor):
        act = resoluciones.find_for_review(db, args.number)
        review = resoluciones.review_resolucion(db, act.id)
    findings, lines = [], []
    for one in review.findings:
        acceptance = review.acceptance_of(one)
        findings.append(
            {
                "code": one.code,
                "severity": one.severity.value,
                "where": one.where,
                "text": one.sentence,
                "accepted": acceptance.reason if acceptance else None,
            }
        )
        taken = f" (aceptado: {acceptance.reason})" if acceptance else ""
        lines.append(f"{_SEVERITIES[one.severity.value]} · {one.where}: {one.sentence}{taken}")
    count = len(findings)
    lines.append(
        "Nada que observar." if not count else "1 observación." if count == 1 else f"{count} observaciones."
    )
    return Outcome({"findings": findings}, tuple(lines), code=REFUSED if review.blocking else DONE)


def run_expediente(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The cover of the expediente with its foliated index."""
    from sisfoh_desktop.modules.expedientes import service as expedientes

    return _paper_of_file(args, clock, expedientes.caratula_pdf_bytes, "Carátula e índice")


def run_hoja_ruta(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The route sheet: who passed it to whom, when, for what."""
    from sisfoh_desktop.modules.expedientes import service as expedientes

    return _paper_of_file(args, clock, expedientes.hoja_ruta_pdf_bytes, "Hoja de ruta")


def run_linea_tiempo(args: argparse.Namespace, clock: Clock) -> Outcome:
    """One page: where the days went."""
    from sisfoh_desktop.modules.expedientes import service as expedientes

    return _paper_of_file(args, clock, expedientes.linea_tiempo_pdf_bytes, "Línea de tiempo")


def run_cargos(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The cargos of a signed act, two to a page; with --preparar first a notification for each one proposed."""
    from sisfoh_desktop.modules.resoluciones import service as resoluciones
    from sisfoh_desktop.modules.resoluciones.service import delivery

    output = checked_output(args.output)
    now = clock.now()
    with entered_base(args, clock) as (db, actor):
        act = resoluciones.find_by_number(db, args.number)
        if act is None:
            raise _unknown_act(args.number)
        if args.prepare:
            proposed = delivery.propose_recipients(db, act.id)
            recipients = [one.recipient for one in proposed if one.chosen]
            if recipients:
                delivery.prepare_notifications(
                    db,
                    actor=actor,
                    now=now,
                    resolucion_id=act.id,
                    recipients=recipients,
                    channel=_NOTIFIED_BY,
                )
        pdf = delivery.print_cargos(db, actor=actor, now=now, resolucion_id=act.id)
        title = f"Cargos de notificación de {act.number_text}"
        return written(output, pdf, title, db=db, actor=actor, now=now)


def _paper_of_file(
    args: argparse.Namespace, clock: Clock, make: "Callable[[Database, int, datetime], bytes]", paper: str
) -> Outcome:
    import sisfoh_desktop.modules.resoluciones.service.sequel  # noqa: F401 - gives the act to the file's papers

    output = checked_output(args.output)
    with entered_base(args, clock) as (db, actor):
        file_id, now = _expediente_id(db, args), clock.now()
        pdf = make(db, file_id, now)
        return written(output, pdf, f"{paper} del expediente {file_id}", db=db, actor=actor, now=now)


def _expediente_id(db: "Database", args: argparse.Namespace) -> int:
    """The file that is meant: by its identifier, by the number of its act, or the only one there is."""
    from sisfoh_desktop.modules.expedientes import service as expedientes
    from sisfoh_desktop.modules.resoluciones import service as resoluciones

    if args.expediente:
        return int(args.expediente)
    if args.number:
        act = resoluciones.find_by_number(db, args.number)
        if act is None:
            raise _unknown_act(args.number)
        return act.expediente_id
    ids = [line.id for line in expedientes.list_expedientes(db)]
    if not ids:
        raise RuleError(
            "no_expediente", "La base no tiene expedientes; no se escribió nada. Abra uno en el programa."
        )
    if len(ids) > 1:
        raise UsageError(
            f"Hay {len(ids)} expedientes; no se escribió nada. Indique --expediente ID, o --numero de su resolución."
        )
    return ids[0]


def _unknown_act(number: str) -> RuleError:
    return RuleError(
        "resolucion_unknown",
        f"No hay ninguna resolución con el número {number}; no se escribió nada. Escríbalo como está impreso.",
    )
