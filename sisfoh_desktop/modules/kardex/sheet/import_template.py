"""The workbook that people fill to import the kardex: its two sheets and how to fill them."""

import io

from sisfoh_desktop.modules.kardex.rules.importing import FIELDS, LAYOUT_FIELDS, Layout
from sisfoh_desktop.sheets.cells import column_letters

_ROWS = 500


def template_workbook() -> bytes:
    """The bytes of an .xlsx: an empty sheet for each layout, every cell text, and a sheet on how to fill them."""
    from openpyxl import Workbook as Book
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Book()
    book.remove(book.worksheets[0])
    book.properties.title = "Plantilla para importar el kardex"
    book.properties.creator = "SISFOH Desktop"
    for layout in Layout:
        page = book.create_sheet(layout.label)
        for column, name in enumerate(LAYOUT_FIELDS[layout], 1):
            cell = page.cell(1, column, FIELDS[name])
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="F4F5F7")
            cell.border = Border(bottom=Side(style="thin", color="5B6470"))
            letter = column_letters(column)
            page.column_dimensions[letter].width = _WIDTHS.get(name, 16)
            # whole columns as text: the zeros at the left of a number are part of it
            for row in range(2, _ROWS + 2):
                page.cell(row, column).number_format = "@"
        page.freeze_panes = "A2"
    notes = book.create_sheet("Cómo llenarla")
    notes.column_dimensions["A"].width = 110
    for row, text in enumerate(_ADVICE.splitlines(), 1):
        notes.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WIDTHS = {
    "form_type": 13,
    "first": 11,
    "last": 11,
    "count": 11,
    "day": 12,
    "holder": 34,
    "source": 34,
    "target": 34,
}
_ADVICE = """\
Saldo inicial: una fila por cada rango que alguien tiene hoy. Movimientos: una fila por cada movimiento. Puede llenar \
una hoja o las dos.
Del y Al: el primer y el último número, con o sin ceros a la izquierda. Un solo número: repítalo o deje Al en blanco. \
Cantidad es opcional y se compara con Del y Al; los formularios sin número solo llevan Cantidad.
Fecha: día/mes/año con cuatro cifras, por ejemplo 08/03/2024.
En poder de, De y A: el nombre como está en el registro del kardex, o su DNI.
Condición: En blanco, Usado, Anulado, Extraviado, Deteriorado o De baja. De los usados que ya no están en campo diga \
en «Usado por» quién los usó.
Movimiento: Recepción, Distribución, Transferencia, Devolución, Uso, Anulación, Extravío, Deterioro, Entrega a \
digitación, Entrega a calidad, Archivo o Baja.
Extravío y Baja piden Documento; Anulación, Deterioro y Baja piden Motivo; Archivo pide Caja.
Una fila que empieza con TOTAL o SUBTOTAL no se registra: su cantidad se compara con las filas que suma.
Nada se registra al revisar. Al importar se registran las filas que cuadran; las demás quedan en cuarentena."""
