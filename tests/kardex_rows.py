"""Rows of an imported kardex as a sheet would hand them over, and what becomes of them, for tests without a base."""

from datetime import date

from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.importing import FileRow, Layout
from sisfoh_desktop.modules.kardex.rules.importing_names import Names
from sisfoh_desktop.modules.kardex.rules.importing_replay import Ground, Replayed, read_rows, replay

FIRST = date(2024, 3, 1)
CAMPAIGN = Campaign("Empadronamiento 2024", FIRST, id=1)
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1)
S100 = FormType(1, "S100", "Solicitud", number_width=5, id=2)
CROQUIS = FormType(1, "CROQUIS", "Croquis", serialised=False, number_width=0, id=3)
STORE = Holder(HolderKind.WAREHOUSE, "Almacén ULE", id=1)
RECTOR = Holder(HolderKind.GOVERNING_BODY, "Ente rector", id=2)
ARCHIVE = Holder(HolderKind.ARCHIVE, "Archivo", id=3)
ANA = Holder(HolderKind.EMPADRONADOR, "QUISPE MAMANI, ANA PRUEBA", dni="01234567", id=4)
BETO = Holder(HolderKind.EMPADRONADOR, "CHOQUE PRUEBA BETO", dni="40000012", id=5)
DIGI = Holder(HolderKind.DIGITADOR, "DIGITADOR UNO PRUEBA", dni="40000013", id=6)
NAMES = Names((FSU, S100, CROQUIS), (STORE, RECTOR, ARCHIVE, ANA, BETO, DIGI))
GROUND = Ground(CAMPAIGN, NAMES, date(2024, 12, 31))


def moved(
    row: int, kind: str, first: str = "", last: str = "", day: date | None = FIRST, **texts: str
) -> FileRow:
    count = texts.pop("count", "")
    texts = {"kind": kind, "form_type": "FSU", **texts}
    return FileRow("Hoja", row, Layout.MOVEMENTS, texts, day, int(count) if count else None, first, last)


def opened(row: int, holder: str, condition: str, first: str, last: str, **texts: str) -> FileRow:
    texts = {"form_type": "FSU", "holder": holder, "condition": condition, **texts}
    return FileRow("Hoja", row, Layout.OPENING, texts, FIRST, None, first, last)


def played(*rows: FileRow, ground: Ground = GROUND) -> Replayed:
    return replay(read_rows(rows, NAMES), ground)


def reasons(replayed: Replayed) -> dict[int, list[str]]:
    return {one.row.row: [finding.rule for finding in one.findings] for one in replayed.quarantined}
