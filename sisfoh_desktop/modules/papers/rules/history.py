"""Words of the history of a paper, its number and its round of signatures."""

from sisfoh_desktop.basics.history import HistoryWords

HISTORY_WORDS = HistoryWords(
    actions={
        "paper.freeze": "Documento congelado",
        "paper.sign": "Firma registrada",
        "paper.export": "Documento entregado para firmar fuera",
        "paper.refuse": "Documento observado",
        "paper.annul": "Documento anulado",
        "number.reserve": "Número reservado",
        "number.outside": "Número usado fuera del programa",
        "number.annul": "Número anulado",
        "series.create": "Serie de números creada",
        "series.start": "Inicio de la serie en el año",
    },
    fields={
        "by": "Quién lo observó",
        "edition": "Versión",
        "field": "Espacio de firma",
        "from": "",
        "kind": "",
        "last_number": "Último número anterior",
        "mask": "Forma del número",
        "route": "Cómo se firmó",
        "scan": "Escaneo",
        "scan_sha256": "Huella del escaneo",
        "signed_field": "",
        "signed_on": "Firmado el",
    },
    values={"route": {"dentro": "en el programa", "fuera": "fuera del programa", "tinta": "con tinta"}},
)
