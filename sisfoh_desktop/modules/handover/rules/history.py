"""Words of the history of handovers: what is done, and how the fields are called."""

from sisfoh_desktop.basics.history import HistoryWords
from sisfoh_desktop.modules.handover.rules.facts import Section

HISTORY_WORDS = HistoryWords(
    actions={
        "handover.add": "Entrega de cargo preparada",
        "handover.drop": "Borrador de entrega descartado",
        "handover.issue": "Acta de entrega emitida",
        "handover.pack": "Carpeta de la entrega guardada",
        "handover.reopen": "Entrega abierta otra vez para corregirla",
        "handover.save": "Entrega de cargo corregida",
        "handover.take": "Lo recibido se revisó",
    },
    fields={
        "document": "Documento que la dispone",
        "file_count": "Archivos de la carpeta",
        "handed_on": "Fecha de entrega",
        "holder_id": "Formularios de",
        "leaver": "Entrega",
        "line_count": "Líneas del acta",
        "note": "Observación",
        "number": "Número",
        "seal": "Sello de lo emitido",
        "proposes_end": "Propone cesar su acceso",
        "motive": "Motivo de la entrega",
        "receiver": "Recibe",
        "sections": "Qué se entrega",
        "systems": "Sistemas de la lista",
    },
    values={"sections": {section.value: section.label for section in Section}},
)
