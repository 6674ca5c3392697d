"""Files that would harm or deceive: each is refused whole, with one sentence that says what to do."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from sisfoh_desktop.basics.errors import FileFailed, SisfohError
from sisfoh_desktop.sheets import worker_process
from sisfoh_desktop.sheets.preflight import LARGEST_FILE, MOST_COLUMNS, read_book
from sisfoh_desktop.sheets.reading import read_workbook
from sisfoh_desktop.sheets.worker_windows import job_limits, limit_memory

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
PAGE = b"<html><table><tr><td>1</td></tr></table></html>"


def refusal(data: bytes, name: str = "libro.xlsx") -> str:
    with pytest.raises(FileFailed) as refused:
        read_workbook(data, name)
    sentence = refused.value.sentence
    assert "no se leyó nada" in sentence
    assert "Traceback" not in sentence
    return sentence


def test_a_chosen_file_is_read_whole_and_an_enormous_one_only_as_far_as_it_is_refused(tmp_path):
    path = tmp_path / "libro.xlsx"
    path.write_bytes(PAGE)
    assert read_book(path) == PAGE
    with path.open("wb") as file:
        file.truncate(2 * LARGEST_FILE)
    assert len(read_book(path)) == LARGEST_FILE + 1
    with pytest.raises(FileFailed, match=r"No se pudo leer «otro\.xlsx»; no se cambió nada"):
        read_book(tmp_path / "otro.xlsx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "está vacío"),
        (OLE + b"\0" * 2048 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512, "tiene contraseña"),
        (OLE + b"\0" * 4096 + "WordDocument".encode("utf-16-le"), "no es una hoja de cálculo"),
        (OLE + b"\0" * 4096 + "Workbook".encode("utf-16-le") + b"\0" * 512, "dañado o incompleto"),
        (PAGE, "página web"),
        (b"\xef\xbb\xbf  " + PAGE, "página web"),
        (PAGE.decode().encode("utf-16"), "página web"),
        (b'<?xml version="1.0"?><Workbook/>', "página web o XML"),
        (b"%PDF-1.7\n%...", "Es un PDF"),
        (b"\x89PNG\r\n\x1a\n0000", "no es una hoja de cálculo"),
    ],
    ids=["empty", "password", "word", "broken xls", "html", "html bom", "html utf-16", "xml", "pdf", "png"],
)
def test_what_is_no_workbook_is_told_apart_by_its_first_bytes(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_an_enormous_file_is_refused_before_it_is_looked_at() -> None:
    assert "30 MB" in refusal(b"PK\x03\x04" + b"\0" * LARGEST_FILE)


def test_a_zip_bomb_is_measured_while_reading(books) -> None:
    blanks = b" " * (60 << 20)
    assert "se infla" in refusal(
        books.with_sheet(b"<row><c t='inlineStr'><is><t>" + blanks + b"</t></is></c></row>")
    )


def test_a_bomb_that_lies_about_its_size_is_refused(books) -> None:
    """The declared size in both headers says ten bytes; the data says otherwise."""
    data = bytearray(books.with_sheet(b"<row/>" * 2_000_000))
    size = next(
        info.file_size
        for info in zipfile.ZipFile(BytesIO(bytes(data))).infolist()
        if info.filename == books.part
    )
    lie = bytes(data).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal(lie)


def test_a_million_empty_rows_with_format_are_refused_with_advice(books) -> None:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(1, 150_001))
    assert "Copie solo las filas con datos" in refusal(books.with_sheet(rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_stand(books, encoding: str) -> None:
    laughs = '<!DOCTYPE l [<!ENTITY a "ja">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
    )
    outside = "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///x'>]>"
    late = "<!--" + " " * 100_000 + "-->" + outside
    for head in (laughs + "]>", outside, late):
        part = (f"<?xml version='1.0' encoding='{encoding}'?>" + head + "<sst/>").encode(encoding)
        data = books.changed(
            books.book(), lambda parts, part=part: parts.update({"xl/sharedStrings.xml": part})
        )
        assert "DOCTYPE o ENTITY" in refusal(data)


def test_xml_in_a_strange_encoding_is_refused(books) -> None:
    part = b"<?xml version='1.0' encoding='UTF-7'?><sst/>"
    data = books.changed(books.book(), lambda parts: parts.update({"xl/sharedStrings.xml": part}))
    assert "dañado" in refusal(data)


def test_too_many_texts_are_refused(books) -> None:
    noise = random.Random(1)
    strings = b"".join(b"<si><t>%s</t></si>" % noise.randbytes(30).hex().encode() for _ in range(310_000))
    assert "20 MB de textos" in refusal(books.with_strings(b"", strings))


def test_a_cut_file_and_a_changed_byte_are_refused(books) -> None:
    whole = books.book([["texto", number] for number in range(500)])
    assert "dañado o incompleto" in refusal(whole[: len(whole) // 2])
    at = whole.index(books.part.encode()) + 120
    assert "dañado o incompleto" in refusal(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_part_twice_is_refused_as_manipulated(books, name: str) -> None:
    out = BytesIO(books.book())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"<worksheet/>")
    assert "manipulado" in refusal(out.getvalue())


def test_other_archives_are_told_apart(books) -> None:
    assert "no un libro de cálculo" in refusal(books.zipped({"foto.jpg": b"x"}))
    binary = {"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}
    assert ".xlsb" in refusal(books.zipped(binary))
    letter = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    assert "no es una hoja de cálculo" in refusal(books.zipped(letter))
    assert "contraseña" in refusal(books.ods("<x/>", "<encryption-data/>"), "a.ods")


def test_a_table_too_wide_is_refused(books) -> None:
    assert f"{MOST_COLUMNS} columnas" in refusal(books.ods(_wide(MOST_COLUMNS + 1)), "a.ods")


def test_cells_repeated_out_of_measure_are_refused(books) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="7"/></table:table-row>'
    )
    assert refusal(books.ods(f'<table:table table:name="H">{row}</table:table>'), "a.ods")


def test_a_cell_longer_than_any_text_of_an_office_is_refused(books) -> None:
    assert "fila 2" in refusal(books.book([["a"], ["x" * 5_000]]))


def test_the_program_outlives_a_reader_that_dies(books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "serve", _dies)
    told = refusal(books.book())
    assert "se cerró sin terminar" in told
    assert "no cabe en memoria o está dañado" in told  # what it died of is not known


def test_a_reader_that_never_began_is_not_blamed_on_the_file(books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "serve", _never_begins)
    assert "no pudo empezar" in refusal(books.book())


def test_a_reader_out_of_memory_says_so(books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "serve", _lacks_memory)
    assert "no cabe en memoria: tiene celdas" in refusal(books.book())


def test_a_reader_that_does_not_end_is_stopped(books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "SECONDS_LIMIT", -1.0)
    monkeypatch.setattr(worker_process, "_TICK_SECONDS", 0.0)
    assert "tarda demasiado" in refusal(books.book())


def test_noise_of_every_kind_never_breaks_the_reader(books) -> None:
    """Some bytes of a sound workbook changed at random: read whole or refused, never anything else."""
    noise = random.Random(7)
    whole = books.book([["texto", number] for number in range(200)])
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(noise.randint(1, 30)):
            data[noise.randrange(len(data))] = noise.randrange(256)
        with suppress(SisfohError):
            read_workbook(bytes(data), "libro.xlsx")


def test_the_limit_on_windows_says_what_it_means() -> None:
    limits = job_limits(64 << 20)
    assert limits.BasicLimitInformation.LimitFlags == 0x100
    assert limits.ProcessMemoryLimit == 64 << 20
    assert limit_memory(64 << 20) is False  # only that system has such jobs


def _wide(columns: int) -> str:
    cell = '<table:table-cell office:value-type="float" office:value="7"/>'
    return f'<table:table table:name="H"><table:table-row>{cell * columns}</table:table-row></table:table>'


def _dies(_connection: object) -> None:
    import os

    os.abort()


def _never_begins(_connection: object) -> None:
    import os

    os._exit(1)


def _lacks_memory(connection) -> None:
    from sisfoh_desktop.sheets import worker

    def parse(*_: object) -> None:
        raise MemoryError

    worker.parse = parse
    worker.serve(connection)
