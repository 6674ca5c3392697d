"""The next step of «Programación»."""

from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import PoiVersion
from sisfoh_desktop.modules.poi.view.tab import PLAN
from sisfoh_desktop.qtkit.page import NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import step_for

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab


def next_step_of(tab: "ProgrammeTab") -> NextStep | None:
    """Save, write, make it add up, approve: in this order; from an approved version, where work goes on."""
    version = tab.version
    if version is None:
        return None
    if not version.is_draft:
        return _step_from_approved(tab)
    return step_for(tab.desk.actor, PLAN, _step_of_draft(tab, version))


def _step_of_draft(tab: "ProgrammeTab", version: PoiVersion) -> NextStep:
    if tab.has_unsaved():
        return NextStep(
            "Guarde la programación",
            "Hay cambios que todavía no están en la base.",
            "Guardar",
            enabled=not tab.saving.busy,
            reason="Se está guardando." if tab.saving.busy else "",
            run=tab.save,
        )
    if not tab.grid.model.total:
        return NextStep(
            "Escriba las actividades",
            "Agréguelas una por una, o impórtelas de un Excel o de un texto.",
            "Agregar una actividad",
            run=tab.new_record,
        )
    wrong = tab.balances.open_rows()
    if wrong:
        return NextStep(
            "Cuadre los meses con su meta",
            f"{counted(wrong, 'actividad no cuadra', 'actividades no cuadran')} todavía.",
            "Ver solo esas",
            enabled=not tab.open_box.isChecked(),
            reason="Ya están a la vista." if tab.open_box.isChecked() else "",
            run=partial(tab.open_box.setChecked, True),
        )
    return NextStep(
        "Apruebe la versión",
        "Todo cuadra: registre la resolución que la aprueba.",
        "Ir a Versiones",
        run=partial(tab.open_tab.emit, "versions", version.id),
    )


def _step_from_approved(tab: "ProgrammeTab") -> NextStep:
    draft = next((one for one in tab.versions if one.is_draft), None)
    if draft is not None:
        return NextStep(
            f"Siga con el {draft.name}",
            "La versión a la vista está aprobada y solo se lee; hay un borrador que se puede escribir.",
            "Ver el borrador",
            run=partial(tab.show_version, draft.id),
        )
    return NextStep(
        "Registre lo ejecutado",
        "Esta versión está aprobada y solo se lee. Para reprogramar, empiece una modificación en «Versiones».",
        "Ir a Seguimiento",
        run=partial(tab.open_tab.emit, "follow", None),
    )
