"""Workbooks that an office really has: what is read of them, and what the person is told."""

from datetime import UTC, date, datetime

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.sheets.cells import CellError, read_date
from sisfoh_desktop.sheets.preflight import BookKind
from sisfoh_desktop.sheets.reading import MergedRange, Workbook, read_workbook
from sisfoh_desktop.sheets.sheet_xml import sheet_marks


def read(data: bytes, name: str = "libro.xlsx") -> Workbook:
    return read_workbook(data, name)


def test_cells_keep_their_kind_and_place(books) -> None:
    moment = datetime(2024, 3, 8, 10, 5, tzinfo=UTC).replace(tzinfo=None)
    data = books.book([[None, "004517", 7, 1.5, date(2024, 3, 8), moment, True]])
    book = read(data, r"C:\oficina\libro.xlsx")
    assert book.file_name == "libro.xlsx"
    assert book.kind is BookKind.XLSX
    [row] = book.visible[0].rows
    assert row.values == (None, "004517", 7, 1.5, date(2024, 3, 8), moment, True)
    assert type(row.value(7)) is bool
    assert row.value(5) == date(2024, 3, 8)
    assert row.value(40) is None


def test_rows_keep_the_numbers_that_the_person_sees(books) -> None:
    book = read(books.book([["título"], [], [], ["dato"]]))
    assert [row.number for row in book.visible[0]] == [1, 4]


def test_text_that_looks_like_a_formula_stays_text(books) -> None:
    def formulas(_book, sheet) -> None:
        for column, text in enumerate(('=HYPERLINK("http://x")', "=1+1", "=cmd|' /C calc'!A0"), 1):
            sheet.cell(1, column, text).data_type = "s"

    [row] = read(books.book([], formulas)).visible[0].rows
    assert row.values == ('=HYPERLINK("http://x")', "=1+1", "=cmd|' /C calc'!A0")


def test_formulas_without_a_saved_value_are_no_blanks(books) -> None:
    book = read(books.book([["a", "b"], ["x", "=1+1"], ["y", "=A1"]]))
    values = [row.values for row in book.visible[0]]
    assert values[1:] == [("x", CellError("")), ("y", CellError(""))]
    assert any("2 fórmulas sin valor guardado (la primera en la fila 2)" in note for note in book.notes)


def test_a_formula_with_its_value_gives_the_value(books) -> None:
    book = read(
        books.with_sheet(
            b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
            b'<c r="C1"><v>3</v></c></row>'
        )
    )
    assert book.visible[0].rows[0].values == (2, None, 3)
    assert book.notes == ()


def test_errors_of_excel_are_told_and_never_blank(books) -> None:
    def errors(_book, sheet) -> None:
        for name, code in (("A3", "#REF!"), ("B3", "#N/A")):
            sheet[name] = code
            sheet[name].data_type = "e"

    book = read(books.book(change=errors))
    assert book.visible[0].rows[2].values == (CellError("#REF!"), CellError("#N/A"))
    assert any("2 celdas con error" in note for note in book.notes)


def test_hidden_sheets_are_named_and_not_read(books) -> None:
    def hide(book, _sheet) -> None:
        for name, state in (("Oculta", "hidden"), ("Muy oculta", "veryHidden")):
            other = book.create_sheet(name)
            other.append(["dato viejo"])
            other.sheet_state = state

    book = read(books.book(change=hide))
    assert [sheet.name for sheet in book.visible] == ["Datos"]
    assert [sheet.rows for sheet in book.sheets if sheet.hidden] == [(), ()]
    assert sum("está oculta" in note for note in book.notes) == 2


def test_hidden_rows_are_read_and_told(books) -> None:
    def hide(_book, sheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    book = read(books.book(change=hide))
    assert [row.number for row in book.visible[0]] == [1, 2]
    assert any("1 fila oculta" in note for note in book.notes)
    assert any("columnas ocultas" in note for note in book.notes)


def test_a_merged_value_belongs_to_its_first_cell(books) -> None:
    def merge(_book, sheet) -> None:
        sheet["A3"], sheet["B3"], sheet["B4"] = "uno", 1, 2
        sheet.merge_cells("A3:A4")

    book = read(books.book(change=merge))
    assert book.visible[0].merged == (MergedRange(3, 1, 4, 1),)
    assert [row.values for row in book.visible[0]][2:] == [("uno", 1), (None, 2)]
    assert any("celdas combinadas" in note for note in book.notes)


def test_the_1904_date_system_is_converted_and_told(books) -> None:
    def mac(book, sheet) -> None:
        book.epoch = CALENDAR_MAC_1904
        sheet.append([date(2025, 5, 12), 44327])

    book = read(books.book(change=mac))
    row = book.visible[0].rows[2]
    assert row.value(1) == date(2025, 5, 12)
    assert read_date(row.value(2), date1904=book.date1904) == date(2025, 5, 12)
    assert any("1904" in note for note in book.notes)


def test_macros_and_links_are_told_and_never_followed(books) -> None:
    data = books.changed(
        books.book(),
        lambda parts: parts.update(
            {"xl/vbaProject.bin": b"x" * 99, "xl/externalLinks/externalLink1.xml": b"<x/>"}
        ),
    )
    notes = read(data).notes
    assert any("macros" in note for note in notes)
    assert any("vínculos" in note for note in notes)


def test_signs_that_nobody_sees_are_taken_out(books) -> None:
    book = read(books.book([["\u200b01234567\u00a0", "PEN\u0303A", "\u202e040"]]))
    assert book.visible[0].rows[0].values == ("01234567", "PEÑA", "040")
    assert any("2 celdas traían signos invisibles" in note for note in book.notes)


def test_a_declared_extent_is_not_believed(books) -> None:
    data = books.changed(
        books.book(),
        lambda parts: parts.update(
            {books.part: parts[books.part].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')}
        ),
    )
    assert len(read(data).visible[0].rows) == 2


def test_a_cell_far_below_is_told_and_not_reached(books) -> None:
    data = books.with_sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
    )
    book = read(data)
    assert [row.values for row in book.visible[0]] == [(1,)]
    assert any("se dejó de leer tras 300 filas vacías" in note for note in book.notes)


def test_a_cell_far_to_the_right_is_found_however_its_place_is_written() -> None:
    """Column GR is the last one that is read; a place may stand between quotes of either kind."""
    for quote in (b'"', b"'"):
        near, far = (b"<row><c r=" + quote + place + b"1" + quote + b"/></row>" for place in (b"GR", b"GS"))
        assert not sheet_marks("Datos", near).far_apart
        assert sheet_marks("Datos", far).far_apart
        assert sheet_marks("Datos", near.replace(b"GR", b"AAA")).far_apart


def test_a_hidden_row_is_told_whatever_else_its_element_says() -> None:
    xml = (
        b'<cols><col min="1" hidden="true"/></cols><row r="3" spans="1:2" hidden = "1" ht="2"/><x:row r="5"/>'
    )
    marks = sheet_marks("Datos", xml)
    assert (marks.hidden_rows, marks.hidden_columns, marks.last_row) == ({3}, 1, 5)


def test_elements_may_bear_a_prefix(books) -> None:
    xml = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        b'<x:row r="1" hidden="1"><x:c r="A1" t="e"><x:v>#N/A</x:v></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    )
    book = read(books.changed(books.book(), lambda parts: parts.update({books.part: xml})))
    assert book.visible[0].rows[0].values == (CellError("#N/A"), 2)
    assert any("1 fila oculta" in note for note in book.notes)


def test_an_ods_is_read(books) -> None:
    table = (
        '<table:table table:name="Hoja1"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>PEÑA</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="7"/>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-08"/>'
        "</table:table-row></table:table>"
    )
    book = read(books.ods(table), "libro.ods")
    assert book.kind is BookKind.ODS
    [row] = book.visible[0].rows
    assert row.values[:2] == ("PEÑA", 7)
    assert read_date(row.value(3)) == date(2024, 3, 8)


def test_an_old_workbook_is_read_whatever_its_name(books) -> None:
    book = read(books.xls([["DNI", "Cantidad"], ["01234567", 45.0]]), "libro.xlsx")
    assert book.kind is BookKind.XLS
    assert [row.values for row in book.visible[0]] == [("DNI", "Cantidad"), ("01234567", 45)]
    assert any(".xls" in note for note in book.notes)


def test_a_workbook_with_only_a_hidden_sheet_is_refused(books) -> None:
    with pytest.raises(FileFailed, match="Muestre la hoja oculta"):
        read(books.xls([["a"]], hidden=True))


def test_an_old_workbook_whose_cells_lie_far_apart_is_refused(books) -> None:
    rows: list[list] = [["a", *[1.0] * 220]]
    with pytest.raises(FileFailed, match="200 columnas"):
        read(books.xls(rows), "libro.xls")


def test_a_workbook_without_data_is_refused(books) -> None:
    with pytest.raises(FileFailed, match="no tiene datos"):
        read(books.book([]))


def test_reading_can_be_cancelled(books) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    rows = [[f"{number:08d}", *["dato"] * 9] for number in range(5_000)]
    with pytest.raises(Cancelled):
        read_workbook(books.book(rows), "grande.xlsx", progress=stop)


def test_an_ordinary_large_workbook_is_read_whole(books) -> None:
    rows = [[f"{number:08d}", f"PERSONA {number}", number * 1.5] for number in range(5_000)]
    book = read(books.book(rows))
    assert len(book.visible[0].rows) == 5_000
    assert book.visible[0].rows[4_999].values == ("00004999", "PERSONA 4999", 7498.5)
