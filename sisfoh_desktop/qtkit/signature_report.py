"""What was found in the signatures of a paper, in a table; each signature says how it was made."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.report_dialog import ReportDialog
from sisfoh_desktop.qtkit.row_table import Column


def show_signatures(
    over: QWidget, name: str, *, sound: bool, headline: str, lines: Sequence[Any], notes: Sequence[str]
) -> None:
    """Show the verdict on the paper `name`, its signatures (`lines`, already in words) and what to know of them."""
    dialog = ReportDialog(
        f"Firmas de {name}",
        tone="ok" if sound else "danger",
        headline=headline,
        columns=[
            Column("Firmante", lambda line: line.signer),
            Column("Motivo", lambda line: line.reason),
            Column("Fecha", lambda line: line.signed_at, align="center"),
            Column("Cómo", lambda line: line.route),
            Column("Contenido", lambda line: line.integrity),
            Column("Confianza", lambda line: line.trust),
            Column("Revocación", lambda line: line.revocation),
        ],
        rows=lines,
        noun=("firma", "firmas"),
        empty_text="El documento todavía no tiene firmas.",
        notes=notes,
        parent=over,
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
