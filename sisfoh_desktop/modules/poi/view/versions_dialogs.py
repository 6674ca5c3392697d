"""The forms of a version: starting a draft, approving it with its resolution, discarding it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, MonthState, PoiPlan, PoiVersion, Stage
from sisfoh_desktop.modules.poi.rules.versions import first_free_month, on_view, possible_stages
from sisfoh_desktop.modules.poi.service import versions
from sisfoh_desktop.modules.poi.view.plan_dialogs import TOUCHES
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog

STAGE_WORDS: Mapping[Stage, str] = {
    Stage.APPROVED: "POI aprobado",
    Stage.ADJUSTED: "POI ajustado",
    Stage.CONSISTENT: "POI consistente con el PIA",
    Stage.MODIFIED: "POI modificado (reprogramación)",
}


class StartDialog(SavingDialog):
    """A draft that starts as a copy of the version on view; the answer is its id."""

    touches = TOUCHES

    def __init__(
        self,
        desk: Desk,
        plan: PoiPlan,
        listed: Sequence[PoiVersion],
        months: Sequence[MonthState],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk, f"Nueva versión del POI {plan.year}", self._start, primary="Empezar", parent=parent
        )
        self._plan = plan
        stages = possible_stages(listed, months)
        base, first = on_view(listed), first_free_month(months)
        self.form.combo(
            "stage", "Qué versión es", [(stage, STAGE_WORDS[stage]) for stage in stages], required=True
        )
        told = f"Empieza como copia completa del «{base.name}»." if base is not None else ""
        if first > 1:
            told += (
                f" Los meses hasta {MONTH_NAMES[first - 2]} están cerrados y se conservan: se reprograma desde "
                f"{MONTH_NAMES[first - 1]}, y lo ejecutado más lo que queda programado debe dar la meta nueva."
            )
        self.form.note(
            f"{told} Mientras sea borrador, el seguimiento y los informes siguen con la versión vigente."
        )
        self.form.long_text(
            "note", "Sustento", max_length=2000, rows=3, hint="Informe o acta que lo pide, y por qué se hace"
        )
        self.form.text(
            "document", "Resolución que la aprueba", max_length=200, hint="Si ya la hay; se pide al aprobar"
        )
        self.form.date("document_date", "Fecha de la resolución")
        if Stage.MODIFIED in stages:
            self.form.set_values({"stage": Stage.MODIFIED})
        self.form.mark_saved()

    def _start(self, chosen: dict[str, Any], token: str) -> int:
        desk = self.desk
        return versions.start_version(
            desk.db, actor=desk.actor, now=desk.clock.now(), plan_id=self._plan.id, token=token, **chosen
        )


class ApproveDialog(SavingDialog):
    """A draft with the resolution that approves it."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {
        "text_missing": "document",
        "text_too_long": "document",
        "document_date_invalid": "document_date",
    }

    def __init__(
        self,
        desk: Desk,
        version: PoiVersion,
        count: int,
        replaced: PoiVersion | None,
        quarantined: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"Aprobar el {version.name}", self._approve, primary="Aprobar", parent=parent)
        self._version = version
        told = f"{counted(count, 'actividad', 'actividades')}. Aprobado ya no se cambia: se modifica con otra versión."
        if replaced is not None:
            told += f" Reemplaza al «{replaced.name}», que queda en el historial."
        self.form.note(told)
        if quarantined:
            warning = self.form.note(
                f"Queda{'' if quarantined == 1 else 'n'} {counted(quarantined, 'fila', 'filas')} del archivo "
                f"importado en cuarentena, que no {'entrará' if quarantined == 1 else 'entrarán'} en esta versión. "
                f"Puede {'resolverla' if quarantined == 1 else 'resolverlas'} antes en «Importación»."
            )
            warning.setProperty("tone", "warn")
        self.form.text(
            "document",
            "Resolución que lo aprueba",
            required=True,
            max_length=200,
            placeholder="Resolución de Alcaldía N° 050-2024-A/MPT",
        )
        self.form.date("document_date", "Fecha de la resolución", required=True)
        self.form.set_values({"document": version.document, "document_date": version.document_date})
        self.form.mark_saved()

    def _approve(self, chosen: dict[str, Any], token: str) -> None:
        desk, version = self.desk, self._version
        versions.approve_version(
            desk.db,
            actor=desk.actor,
            now=desk.clock.now(),
            version_id=version.id,
            expected_version=version.version,
            token=token,
            **chosen,
        )


class DiscardDialog(SavingDialog):
    """A draft that is taken away, with why."""

    touches = TOUCHES

    def __init__(self, desk: Desk, version: PoiVersion, count: int, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, f"Descartar el {version.name}", self._discard, primary="Descartar", parent=parent
        )
        self._version = version
        self.primary_button.setProperty("role", "danger")
        self.form.note(
            f"Se pierde lo que este borrador programa ({counted(count, 'actividad', 'actividades')}). La versión "
            "vigente y lo ejecutado no cambian; en el historial queda que se descartó."
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=500, rows=3)

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["reason"])

    def _discard(self, reason: str, token: str) -> None:
        desk, version = self.desk, self._version
        versions.discard_draft(
            desk.db,
            actor=desk.actor,
            now=desk.clock.now(),
            version_id=version.id,
            expected_version=version.version,
            reason=reason,
            token=token,
        )
