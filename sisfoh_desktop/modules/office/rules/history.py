"""Words of the office's history: what was done to its own facts, and how their fields are called."""

from collections.abc import Mapping

from sisfoh_desktop.basics.history import HistoryWords

# What a dated fact is called in the trail, its name on screen and its gender there.
_NOUNS: Mapping[str, tuple[str, bool]] = {
    "officer": ("Responsable", False),
    "body": ("Organismo", False),
    "norm": ("Norma", True),
    "year_name": ("Nombre del año", False),
    "legend": ("Leyenda del margen", True),
    "holiday": ("Feriado", False),
    "legal_term": ("Plazo legal", False),
    "unit": ("Unidad", True),
}
_VERBS: Mapping[str, tuple[str, str]] = {
    "add": ("registrado", "registrada"),
    "save": ("corregido", "corregida"),
    "end": ("con fin de vigencia", "con fin de vigencia"),
}

HISTORY_WORDS = HistoryWords(
    actions={
        **{
            f"office.{noun}.{verb}": f"{name} {words[feminine]}"
            for noun, (name, feminine) in _NOUNS.items()
            for verb, words in _VERBS.items()
        },
        "office.unit.rename": "Unidad con nombre nuevo",
        "office.holiday.remove": "Feriado retirado",
        "office.calendar.verify": "Calendario cotejado",
        "office.municipality.save": "Datos de la municipalidad",
        "office.national_data.install": "Datos nacionales incorporados",
        "office.practice.set": "Base marcada como de práctica",
    },
    fields={
        "acting": "Encargado (e)",
        "bodies": "Organismos",
        "calendar_verified_until": "Calendario cotejado hasta",
        "catalogue": "Catálogo",
        "code": "Código",
        "counts_from": "Se cuenta desde",
        "day": "Día",
        "dni": "DNI",
        "document": "Documento que lo dispone",
        "easter_offset": "Días desde la Pascua",
        "entered_by": "Registró",
        "head": "A la cabeza de la unidad",
        "holidays": "Feriados",
        "key": "",
        "legends": "Leyendas",
        "logo": "Escudo",
        "mode": "",
        "month": "Mes",
        "name_id": "",
        "norms": "Normas",
        "note": "Nota",
        "parent_id": "Depende de",
        "place_name": "Lugar",
        "portal_url": "Portal",
        "position": "Cargo",
        "practice": "De práctica",
        "printed": "Se imprime",
        "role": "Papel",
        "scope": "Ámbito",
        "short_name": "Sigla",
        "siglas": "Sigla",
        "single_day": "Fecha",
        "sort_order": "Orden",
        "source": "Fuente",
        "suspends": "No se cuenta en los plazos",
        "terms": "Plazos",
        "trust": "Cómo se sabe",
        "ubigeo": "Ubigeo",
        "unit": "Cómo se cuentan",
        "unit_id": "Unidad",
        "year_names": "Nombres del año",
    },
    values={
        "unit": {"habil": "días hábiles", "calendario": "días calendario"},
        "counts_from": {
            "emision": "la emisión",
            "aprobacion": "la aprobación",
            "notificacion": "la notificación",
            "recepcion": "la recepción",
        },
        "kind": {"no_laborable": "día no laborable", "media_jornada": "media jornada"},
    },
)
