"""The list of what a handover's folder holds, with the hash of each file. Plain Python."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.handover.rules.facts import Handover

MANIFEST, README = "manifiesto.json", "LEAME.txt"
ACTA, PENDING, PAPERS = "acta.pdf", "pendientes.xlsx", "papeles-del-archivo.xlsx"
_READ_ME = """\
Entrega de cargo de {leaver} a {receiver}, {day}

acta.pdf                   el acta; si está firmada, con sus firmas digitales
pendientes.xlsx            cada línea del acta, para ordenarla y filtrarla
papeles-del-archivo.xlsx   los papeles que guarda el archivo de la oficina
manifiesto.json            el SHA-256 de cada archivo, para comprobar que nadie los cambió

Esta carpeta no contiene contraseñas, y en ella no hay ningún DNI completo.
"""


def manifest_json(handover: Handover, files: Mapping[str, bytes], now: datetime, program: str) -> bytes:
    """Name, size in bytes and SHA-256 of each file, and which handover they are of."""
    told = {
        "format": "sisfoh-entrega",
        "format_version": 1,
        "program": program,
        "made_at": now.isoformat(),
        "number": handover.number_text,
        "leaver": handover.leaver.name,
        "receiver": handover.receiver.name,
        "handed_on": handover.handed_on.isoformat(),
        "files": [
            {"name": name, "byte_count": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_me(handover: Handover) -> bytes:
    """What whoever opens the folder reads first."""
    told = _READ_ME.format(
        leaver=handover.leaver.name,
        receiver=handover.receiver.name,
        day=handover.handed_on.strftime("%d/%m/%Y"),
    )
    return told.replace("\n", "\r\n").encode()


def folder_name(handover: Handover) -> str:
    """`entrega-de-cargo-2024-03-08-ana-castro`: what any system takes as a name."""
    plain = re.sub(r"[^a-z0-9]+", "-", without_accents(handover.leaver.name)).strip("-")[:60]
    return f"entrega-de-cargo-{handover.handed_on.isoformat()}-{plain}"
