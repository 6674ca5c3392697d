"""Spreadsheets into rows of the kardex: the head is found by what it says, in either of two layouts.

What the words of a row mean, and whether it adds up, is in the rules; the safe reading of the file in the sheets kit.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.modules.kardex.rules.importing import (
    FIELDS,
    LAYOUT_FIELDS,
    FileRow,
    Finding,
    FoundColumn,
    KardexFile,
    Layout,
    RejectedRow,
    TotalRow,
)
from sisfoh_desktop.modules.kardex.rules.importing_totals import is_carried, is_partial, is_total
from sisfoh_desktop.sheets.cells import (
    CellError,
    Value,
    column_letters,
    read_count,
    read_date,
    read_serial,
    shown,
)
from sisfoh_desktop.sheets.heads import Head, HeadFinder
from sisfoh_desktop.sheets.reading import Row, Sheet, Workbook, read_workbook

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "day": (
        "fecha",
        "dia",
        "fecha de movimiento",
        "fecha movimiento",
        "fecha de entrega",
        "fecha de recepcion",
    ),
    "kind": (
        "movimiento",
        "tipo de movimiento",
        "tipo movimiento",
        "operacion",
        "concepto",
        "clase de movimiento",
    ),
    "form_type": (
        "formulario",
        "ficha",
        "tipo de formulario",
        "tipo de ficha",
        "formato",
        "articulo",
        "tipo",
    ),
    "source": ("de", "entrega", "quien entrega", "origen", "procedencia", "entregado por", "sale de"),
    "target": ("a", "recibe", "quien recibe", "destino", "recibido por", "entregado a", "va a"),
    "first": (
        "del",
        "desde",
        "n del",
        "numero inicial",
        "n inicial",
        "del n",
        "primer numero",
        "inicio",
        "numeracion",
    ),
    "last": ("al", "hasta", "n al", "numero final", "n final", "al n", "ultimo numero", "fin"),
    "count": ("cantidad", "cant", "n de formularios", "n de fichas", "numero de fichas", "total", "unidades"),
    "holder": (
        "tenedor",
        "tiene",
        "en poder de",
        "responsable",
        "persona",
        "empadronador",
        "custodio",
        "quien tiene",
    ),
    "condition": ("condicion", "estado", "situacion"),
    "used_by": ("usada por", "usado por", "aplicada por", "empadronador que uso"),
    "document": ("documento", "doc", "n de documento", "n doc", "sustento", "acta", "documento de sustento"),
    "reason": ("motivo", "razon", "causa"),
    "witness": ("testigo",),
    "archive_box": ("caja", "n de caja", "n caja"),
    "archive_folder": ("archivador", "folder", "carpeta"),
    "archive_folio": ("folio", "folios"),
    "note": ("observacion", "observaciones", "obs", "nota"),
}
_NEEDED = {
    Layout.MOVEMENTS: frozenset({"kind", "form_type", "day"}),
    Layout.OPENING: frozenset({"form_type", "holder", "day"}),
}
_ROW_HAS = ("form_type", "first", "last", "count", "holder", "kind")
_FILLED_BY_MERGE = (
    "form_type",
    "holder",
    "day",
    "document",
    "kind",
    "source",
    "target",
    "condition",
    "used_by",
)
_LONGEST_TEXT = 300
_MOST_MERGED, _LONGEST_MERGED = 5_000, 500


def read_kardex_file(data: bytes, file_name: str, *, progress: Progress = silent) -> KardexFile:
    """All the rows of a file. FileFailed for what is no readable spreadsheet, RuleError `kardex_head_missing`."""
    return kardex_file(read_workbook(data, file_name, progress=progress))


def kardex_file(book: Workbook) -> KardexFile:
    """The rows under the heads of each visible sheet; RuleError `kardex_head_missing` where there is none at all."""
    finder = HeadFinder(SYNONYMS, tuple(_NEEDED.values()))
    rows: list[FileRow] = []
    totals: list[TotalRow] = []
    rejected: list[RejectedRow] = []
    columns: list[FoundColumn] = []
    notes = list(book.notes)
    for sheet in book.visible:
        heads = list(finder.heads(sheet))
        if not heads:
            notes.append(f"La hoja «{sheet.name}» no tiene la cabecera de un kardex: no se importa.")
            continue
        table = _Table(sheet, heads, date1904=book.date1904)
        table.read()
        rows += table.rows
        totals += table.totals
        rejected += table.rejected
        columns += _columns(sheet, heads)
        notes += table.notes
    if not columns:
        raise RuleError(
            "kardex_head_missing",
            "El archivo no tiene la cabecera de un kardex; no se leyó nada. Saldo inicial: Formulario, Del, Al, "
            "En poder de, Condición, Fecha, Documento. Movimientos: Fecha, Movimiento, Formulario, De, A, Del y Al.",
        )
    return KardexFile(tuple(rows), tuple(totals), tuple(rejected), tuple(columns), tuple(notes))


class _Table:
    """The rows of one sheet, sorted into rows of forms, sums and what is neither."""

    def __init__(self, sheet: Sheet, heads: list[Head], *, date1904: bool) -> None:
        self._sheet, self._heads, self._date1904 = sheet, heads, date1904
        self._merged = {
            (row, one.first_column): one.first_row
            for one in sheet.merged[:_MOST_MERGED]
            if one.first_column == one.last_column
            for row in range(one.first_row + 1, min(one.last_row, one.first_row + _LONGEST_MERGED) + 1)
        }
        self._by_number = {row.number: row for row in sheet.rows}
        self.rows: list[FileRow] = []
        self.totals: list[TotalRow] = []
        self.rejected: list[RejectedRow] = []
        self.notes: list[str] = []

    def read(self) -> None:
        heads = {head.row: head for head in self._heads}
        upper = {head.first_row for head in self._heads} - heads.keys()
        head: Head | None = None
        since = 0
        for row in self._sheet.rows:
            if row.number in heads:
                if head is None or heads[row.number].columns != head.columns:
                    since = row.number + 1
                head = heads[row.number]
                continue
            if head is None or row.number in upper:
                continue  # titles above the table, or the upper row of a head of two
            since = self._read_row(row, head, since)
        layouts = {layout_of(head) for head in self._heads}
        if Layout.OPENING in layouts and not any("condition" in head.columns for head in self._heads):
            self.notes.append(
                f"Hoja «{self._sheet.name}»: no dice la condición; se toman todos como formularios en blanco."
            )

    def _read_row(self, row: Row, head: Head, since: int) -> int:
        first_text = next((value for value in row.values if isinstance(value, str)), "")
        if is_carried(first_text):
            return since
        values = {name: self._value(row, name, column) for name, column in head.columns.items()}
        if is_total(first_text):
            count = self._sum(row, values)
            if count is None:
                self._reject(row)
                return since
            self.totals.append(TotalRow(self._sheet.name, row.number, first_text, count, since))
            return row.number + 1 if is_partial(first_text) else since
        if sum(values.get(name) is not None for name in _ROW_HAS) < 2:
            self._reject(row)
            return since
        self.rows.append(
            file_row(self._sheet.name, row.number, layout_of(head), values, date1904=self._date1904)
        )
        return since

    def _value(self, row: Row, name: str, column: int) -> Value:
        value = row.value(column)
        if value is None and name in _FILLED_BY_MERGE and (row.number, column) in self._merged:
            first = self._by_number.get(self._merged[row.number, column])
            return first.value(column) if first else None
        return value

    def _sum(self, row: Row, values: Mapping[str, Value]) -> int | None:
        """The quantity of a row of sums: in its column, or the only figure of the row."""
        figures = [values["count"]] if values.get("count") is not None else []
        figures = figures or [
            one for one in row.values if isinstance(one, int | float) and not isinstance(one, bool)
        ]
        if len(figures) != 1:
            return None
        try:
            return read_count(figures[0])
        except RuleError:
            return None

    def _reject(self, row: Row) -> None:
        told = " · ".join(text for text in map(shown, row.values) if text)
        self.rejected.append(RejectedRow(self._sheet.name, row.number, told[:_LONGEST_TEXT]))


def layout_of(head: Head) -> Layout:
    """A table whose head says the movement is one of movements; else it is an opening stock."""
    return Layout.MOVEMENTS if _NEEDED[Layout.MOVEMENTS] <= head.columns.keys() else Layout.OPENING


def file_row(
    sheet: str, row: int, layout: Layout, values: Mapping[str, Value], *, date1904: bool = False
) -> FileRow:
    """A row with its cells read; also for the texts of a corrected one. Cells that cannot be read are its faults."""
    faults: list[Finding] = []
    texts = {
        name: shown(value)[:_LONGEST_TEXT] for name, value in values.items() if name in LAYOUT_FIELDS[layout]
    }
    day: date | None = None
    count: int | None = None
    serials = {"first": "", "last": ""}
    for name, value in values.items():
        if value is None or value == "" or name not in texts:
            continue
        try:
            if name == "day":
                day = read_date(value, date1904=date1904)
                texts[name] = f"{day:%d/%m/%Y}"
            elif name == "count":
                count = read_count(value)
            elif name in serials:
                serials[name] = texts[name] = read_serial(value)
            elif isinstance(value, CellError):
                read_serial(value)
        except RuleError as error:
            faults.append(
                Finding(row, error.code, error.sentence, found=texts[name], field=name, sheet=sheet)
            )
    return FileRow(
        sheet,
        row,
        layout,
        texts,
        day,
        count,
        serials["first"],
        serials["last"],
        tuple(faults),
        has_condition="condition" in values,
    )


def _columns(sheet: Sheet, heads: list[Head]) -> Iterator[FoundColumn]:
    told: set[tuple[Layout, str, int]] = set()
    for head in heads:
        layout = layout_of(head)
        for name, column in sorted(head.columns.items(), key=lambda one: one[1]):
            if name in LAYOUT_FIELDS[layout] and (layout, name, column) not in told:
                told.add((layout, name, column))
                yield FoundColumn(sheet.name, layout, FIELDS[name], head.titles[name], column_letters(column))
