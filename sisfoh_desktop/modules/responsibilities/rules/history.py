"""Words of the history of a matrix of responsibilities."""

from sisfoh_desktop.basics.history import HistoryWords

HISTORY_WORDS = HistoryWords(
    actions={
        "matrix.create": "Matriz creada",
        "matrix.save": "Matriz corregida",
        "matrix.state": "Cambio de estado de la matriz",
        "matrix.hold": "Matriz retenida por un acto en firma",
        "matrix.release": "Matriz liberada",
        "matrix.evidence": "Evidencia registrada",
        "matrix.evidence_withdraw": "Evidencia retirada",
    },
    fields={
        "copied_from": "",
        "day": "Fecha de la evidencia",
        "duties": "Funciones",
        "duty": "Función",
        "evidence": "Evidencia",
        "frequency": "Cada cuánto",
        "heading": "Encabezado",
        "held_by": "La retiene el acto",
        "intro": "Texto de entrada",
        "label": "Unidad, como se imprime",
        "link": "Enlace",
        "matrix": "Matriz",
        "officer_id": "Persona a cargo",
        "owner": "Responsable",
        "product": "Producto",
        "record": "Registro que la prueba",
        "responsible": "Responsable",
        "source_norm": "Norma de donde viene",
        "source_text": "Texto de la norma",
        "unit": "Unidad",
        "unit_id": "",
        "units": "Unidades",
    },
    about=frozenset({"day", "duty", "file", "record", "sha256", "text"}),
)
