"""The dialog that says what became of a difference; emptied, it withdraws what was said."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules.differences import (
    LONGEST_DOCUMENT,
    LONGEST_EXPLANATION,
    Difference,
    check_explanation,
)
from sisfoh_desktop.modules.kardex.service import counting
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import CatalogueDialog
from sisfoh_desktop.qtkit.page import Desk


class ExplainDialog(CatalogueDialog):
    """What was found stands above; text and document below. The choice is the pair of both."""

    field_by_code: ClassVar[dict[str, str]] = {
        "explanation_document_alone": "text",
        "text_too_long": "text",
    }

    def __init__(
        self, desk: Desk, campaign_id: int, difference: Difference, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            f"Explicar: {difference.kind.label.lower()}",
            partial(_save, desk, campaign_id, difference),
            primary="Guardar explicación",
            parent=parent,
        )
        said = difference.explanation
        form = self.form
        form.note(difference.sentence)
        if said is not None:
            form.note(said_text(difference, whole=False))
        form.long_text(
            "text",
            "Explicación",
            max_length=LONGEST_EXPLANATION,
            hint="Vale mientras la diferencia siga igual. Déjela vacía para retirar la anterior."
            if said
            else "Vale mientras la diferencia siga igual.",
        )
        form.text(
            "document",
            "Documento que la sustenta",
            max_length=LONGEST_DOCUMENT,
            placeholder="Informe N° 015-2024-ULE",
            wide=True,
        )
        if said is not None:
            form.set_values({"text": said.text, "document": said.document})
        self._had = said is not None

    def choice_from(self, values: dict[str, Any]) -> tuple[str, str]:
        text, document = check_explanation(values["text"] or "", values["document"] or "")
        if not text and not self._had:
            raise RuleError("explanation_document_alone", "Escriba qué pasó con estos formularios.")
        return text, document


def _save(desk: Desk, campaign_id: int, difference: Difference, choice: tuple[str, str], token: str) -> None:
    counting.explain_difference(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        campaign_id=campaign_id,
        difference=difference,
        text=choice[0],
        document=choice[1],
        token=token,
    )


def said_text(difference: Difference | None, *, whole: bool = True) -> str:
    """`Explicada por … el …: texto (documento)`; empty when nobody explained it."""
    said = difference.explanation if difference is not None else None
    if said is None:
        return ""
    head = f"Explicada por {said.explained_by} el {format_date(said.explained_at.date())}"
    if not whole:
        return f"{head}."
    document = f" ({said.document})" if said.document else ""
    return f"{head}: {said.text}{document}"
