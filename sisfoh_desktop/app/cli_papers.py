"""Commands about papers: informe, firmar, verificar."""

import argparse
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.app.cli_desk import (
    DONE,
    LARGEST_PDF,
    REFUSED,
    Outcome,
    archive_of,
    checked_output,
    entered_base,
    opened_base,
    read_file,
    required_base,
    secret,
)
from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.clock import LIMA, Clock
from sisfoh_desktop.basics.errors import RuleError

if TYPE_CHECKING:
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.signing import Signer
    from sisfoh_desktop.documents.verifying import SignatureReport, Verification
    from sisfoh_desktop.modules.resoluciones.rules import Resolucion

_LARGEST_P12 = 1024 * 1024
_TRUST = {"trusted": "emisor de confianza", "unknown": "emisor no comprobado", "rejected": "emisor rechazado"}
_REVOCATION = {
    "good": "no revocado",
    "revoked": "REVOCADO",
    "not_checked": "revocación no comprobada",
}


def run_resolucion(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The resolución with the very bytes of the archive, or a draft of it with PROYECTO across each page."""
    from sisfoh_desktop.modules.resoluciones import service as resoluciones

    output = checked_output(args.output)
    with entered_base(args, clock) as (db, actor):
        if args.draft:
            title = "Proyecto de resolución"
            pdf = resoluciones.preview_pdf(db, _meant_draft(db, args.number or ""))
        elif not args.number:
            raise UsageError(
                "Falta indicar --numero; no se hizo nada. Sin número solo se escribe un --proyecto."
            )
        else:
            resolucion = resoluciones.find_by_number(db, args.number)
            if resolucion is None:
                raise RuleError(
                    "resolucion_not_frozen",
                    f"No hay ninguna resolución congelada con el número {args.number}; no se escribió nada. "
                    "Congélela en el programa o pida su borrador con --proyecto.",
                )
            title = f"Resolución {resolucion.number_text}"
            pdf = resoluciones.resolucion_bytes(db, archive_of(db), resolucion.id)
        return written(output, pdf, title, db=db, actor=actor, now=clock.now())


def _meant_draft(db: "Database", number: str) -> "Resolucion":
    """The act to be shown as a draft: by its number, by its identifier, or the only draft there is."""
    from sisfoh_desktop.modules.resoluciones import service as resoluciones
    from sisfoh_desktop.modules.resoluciones.rules import State

    numbered = resoluciones.find_by_number(db, number) if number else None
    if numbered is not None:
        return numbered
    drafts = [line.id for line in resoluciones.list_resoluciones(db) if line.state is State.DRAFT]
    meant = [one for one in drafts if not number or str(one) == number]
    if not meant:
        raise RuleError(
            "no_draft", "No hay ningún borrador de resolución así; no se escribió nada. Revise el número."
        )
    if len(meant) > 1:
        listed = ", ".join(map(str, sorted(meant)))
        raise UsageError(
            f"Hay {len(meant)} borradores; no se escribió nada. Indique uno con --numero: {listed}."
        )
    return resoluciones.load_resolucion(db, meant[0])


def run_anexo01(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The matrix of the plan alone, with the names in force today."""
    from sisfoh_desktop.modules.plans import service as plans
    from sisfoh_desktop.modules.responsibilities import service as responsibilities

    output = checked_output(args.output)
    with entered_base(args, clock) as (db, actor):
        plan = plans.load_plan(db, args.plan)
        if plan.matrix_id is None:
            raise RuleError(
                "plan_without_matrix",
                "El plan no tiene matriz de responsabilidades; no se escribió nada. Elíjala en Planes de trabajo.",
            )
        pdf = responsibilities.anexo01_pdf_bytes(db, plan.matrix_id, clock.now().date())
        title = f"Anexo N° 01 de {plan.title}"
        return written(output, pdf, title, db=db, actor=actor, now=clock.now())


def written(
    output: Path, pdf: bytes, title: str, *, db: "Database", actor: "Actor", now: datetime
) -> Outcome:
    """The PDF in its place, with what a caller can check it by; noted in the trail as the window notes its own."""
    from sisfoh_desktop.documents.rendering import page_count

    pages = page_count(pdf)
    digest = write_noted(output, pdf, title, db=db, actor=actor, now=now, pages=pages)
    values = {"file": str(output), "pages": pages, "sha256": digest}
    return Outcome(values, (f"{output}: {values['pages']} páginas, SHA-256 {values['sha256']}.",))


def write_noted(
    output: Path, data: bytes, title: str, *, db: "Database", actor: "Actor", now: datetime, pages: int = 0
) -> str:
    """Note what leaves the base, then write it: nothing leaves that is not noted. Its SHA-256; FileFailed."""
    from sisfoh_desktop.basics.leaving import paper_out
    from sisfoh_desktop.basics.paths import atomic_write
    from sisfoh_desktop.db.access_log import record_saved

    paper = paper_out(title, output.name, data, pages=pages)
    record_saved(db, actor=actor, now=now, paper=paper)
    atomic_write(output, data)
    return paper.sha256


def run_firmar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Sign one field of a PDF with a certificate file or a card; the file that comes in is not touched."""
    from sisfoh_desktop.basics.paths import atomic_write
    from sisfoh_desktop.documents.signing import sign_field

    if args.pkcs11 and not args.label:
        raise UsageError(
            "Con --pkcs11 falta indicar --etiqueta; no se hizo nada. Escriba la etiqueta de la tarjeta."
        )
    output = checked_output(args.output, read=(args.file, args.p12 or "", args.pkcs11 or ""))
    pdf = read_file(Path(args.file), largest=LARGEST_PDF)
    now = clock.now()
    with _opened_signer(args) as signer:
        signed = sign_field(pdf, field=args.field, signer=signer, reason=args.reason, when=now)
        name = signer.subject_name
    atomic_write(output, signed)
    moment = now.astimezone(LIMA).replace(microsecond=0)
    return Outcome(
        {"file": str(output), "signer": name, "signed_at": moment.isoformat(), "accredited": False},
        (
            f"{name} firmó el campo {args.field} en {output}.",
            "Firma hecha con este programa: no acreditado ante la IOFE.",
        ),
    )


def run_verificar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Every signature of a PDF; with a base, also whether the file is the one that the office archived."""
    from sisfoh_desktop.documents.verifying import verify_pdf

    pdf = read_file(Path(args.file), largest=LARGEST_PDF)
    if args.base:
        verification, paper, findings = _verify_against_base(args, pdf)
    else:
        verification, paper = verify_pdf(pdf), ""
        findings = list(verification.findings)
    sound = verification.all_intact and verification.last_covers_file and not findings
    values: dict[str, Any] = {
        "signatures": [_signature_values(report) for report in verification.signatures],
        "unsigned_fields": list(verification.unsigned_fields),
        "last_covers_file": verification.last_covers_file,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "findings": findings,
    }
    if args.base:
        values["paper"] = paper
    lines = [line for report in verification.signatures for line in _signature_lines(report)]
    lines += (
        [f"Sin firmar: {', '.join(verification.unsigned_fields)}."] if verification.unsigned_fields else []
    )
    lines += [f"Papel archivado: {paper}."] if paper else []
    return Outcome(values, tuple(lines), tuple(findings), DONE if sound else REFUSED)


def _verify_against_base(args: argparse.Namespace, pdf: bytes) -> "tuple[Verification, str, list[str]]":
    from sisfoh_desktop.documents.verifying import verify_pdf
    from sisfoh_desktop.modules.papers import service as papers

    with opened_base(required_base(args)) as db:
        paper = papers.find_paper_by_sha256(db, hashlib.sha256(pdf).hexdigest())
    if paper is None:
        verification = verify_pdf(pdf)
        unknown = "Ningún papel archivado en la base tiene exactamente estos bytes."
        return verification, "", [*verification.findings, unknown]
    verification = papers.verify_bytes(paper, pdf)
    return verification, paper.number_text or paper.title, list(verification.findings)


@contextmanager
def _opened_signer(args: argparse.Namespace) -> "Iterator[Signer]":
    from sisfoh_desktop.documents.signing import open_pkcs11, open_pkcs12

    if args.p12:
        data = read_file(Path(args.p12), largest=_LARGEST_P12)
        yield open_pkcs12(data, secret("SISFOH_P12_CLAVE", "Clave del certificado"))
        return
    pin = secret("SISFOH_PIN", f"PIN de la tarjeta {args.label}")
    with open_pkcs11(args.pkcs11, args.label, pin) as signer:
        yield signer


def _signature_values(report: "SignatureReport") -> dict[str, Any]:
    return {
        "field": report.field,
        "signer": report.signer,
        "reason": report.reason,
        "signed_at": report.signed_at.astimezone(LIMA).isoformat() if report.signed_at else None,
        "intact": report.intact,
        "covers_whole_revision": report.covers_whole_revision,
        "covers_whole_file": report.covers_whole_file,
        "modified_after": report.modified_after,
        "trust": report.trust,
        "revocation": report.revocation,
    }


def _signature_lines(report: "SignatureReport") -> list[str]:
    state = "íntegra" if report.intact and not report.modified_after else "ALTERADA"
    when = f"{report.signed_at.astimezone(LIMA):%d/%m/%Y %H:%M:%S}" if report.signed_at else "sin fecha"
    return [
        f"{report.field}: {report.signer}, {when}, «{report.reason}»",
        f"  {state}; {_TRUST[report.trust]}; {_REVOCATION[report.revocation]}",
    ]
