"""What was found in the signatures of a paper, in a table; each signature says how it was made."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.qtkit.row_table import Column


def show_verification(over: QWidget, result: service.PaperVerification) -> None:
    """Show the verdict, the signatures, what was found, and what this check is not."""
    from sisfoh_desktop.qtkit.report_dialog import ReportDialog

    ReportDialog.show_over(
        over,
        f"Firmas de {result.paper.name}",
        tone="ok" if result.sound else "danger",
        headline=result.headline,
        columns=[
            Column("Firmante", lambda line: line.signer),
            Column("Motivo", lambda line: line.reason),
            Column("Fecha", lambda line: line.signed_at, align="center"),
            Column("Cómo", lambda line: line.route),
            Column("Contenido", lambda line: line.integrity),
            Column("Confianza", lambda line: line.trust),
            Column("Revocación", lambda line: line.revocation),
        ],
        rows=result.lines,
        noun=("firma", "firmas"),
        empty_text="El documento todavía no tiene firmas.",
        notes=(*result.findings, service.ACCREDITATION_NOTE),
    )
