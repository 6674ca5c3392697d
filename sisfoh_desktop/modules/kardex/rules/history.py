"""Words of the history of the kardex: what is done to its records, and how their fields are called."""

from sisfoh_desktop.basics.history import HistoryWords
from sisfoh_desktop.modules.kardex.rules.facts import Condition, HolderKind, MovementKind

HISTORY_WORDS = HistoryWords(
    actions={
        "kardex_campaign.add": "Campaña registrada",
        "kardex_campaign.close": "Campaña cerrada",
        "kardex_campaign.reopen": "Campaña reabierta",
        "kardex_campaign.save": "Campaña corregida",
        "kardex_count.add": "Arqueo registrado",
        "kardex_count.import": "Digitación importada",
        "kardex_difference.explain": "Diferencia explicada",
        "kardex_difference.withdraw": "Explicación retirada",
        "kardex_form_type.add": "Formulario registrado",
        "kardex_form_type.save": "Formulario corregido",
        "kardex_holder.add": "Persona o lugar registrado",
        "kardex_holder.end": "Cese registrado",
        "kardex_holder.save": "Persona o lugar corregido",
    },
    fields={
        "bundle_size": "Formularios por paquete",
        "campaign_id": "",
        "chief_id": "Jefe de brigada",
        "closed_on": "Día del cierre",
        "closing_document": "Acta de cierre o de reapertura",
        "code": "Código",
        "counted_on": "Día del conteo",
        "difference": "Diferencia",
        "dni": "DNI",
        "ends_on": "Último día",
        "explanation": "Explicación",
        "found": "Lo encontrado",
        "layout_version": "Versión de la hoja",
        "minimum_stock": "Existencia mínima",
        "most_annulled_percent": "Porcentaje de anulados que se avisa",
        "most_days_in_hand": "Días en poder sin aviso",
        "number_width": "Cifras del número",
        "prefix": "Impreso antes del número",
        "replaces": "Conteo que reemplaza",
        "serialised": "Lleva número",
        "starts_on": "Primer día",
        "valid_from": "Desde",
        "valid_until": "Hasta",
    },
    values={
        "kind": {one.value: one.label for one in (*HolderKind, *MovementKind)},
        "condition": {one.value: one.label for one in Condition},
    },
)
