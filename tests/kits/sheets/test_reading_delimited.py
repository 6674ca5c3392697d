"""Text tables: encoding, separator, quotes and limits."""

import random

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.sheets.preflight import MOST_ROWS, BookKind
from sisfoh_desktop.sheets.reading import Workbook, read_workbook


def read(data: bytes) -> Workbook:
    return read_workbook(data, "tabla.csv")


def values(book: Workbook) -> list[tuple]:
    return [row.values for row in book.sheets[0].rows]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("DNI;Nombre;Monto\n01234567;PEÑA ÑAUPA;7,040\n".encode("cp1252"), "cp1252"),
        ("DNI;Nombre;Monto\n01234567;PEÑA ÑAUPA;7,040\n".encode(), ""),
        ("DNI;Nombre;Monto\n01234567;PEÑA ÑAUPA;7,040\n".encode("utf-8-sig"), ""),
        ("DNI\tNombre\tMonto\n01234567\tPEÑA ÑAUPA\t7,040\n".encode("utf-16"), "UTF-16"),
        ("DNI\tNombre\tMonto\n01234567\tPEÑA ÑAUPA\t7,040\n".encode("utf-16-be"), "sin marca"),
        ("DNI\tNombre\tMonto\n01234567\tPEÑA ÑAUPA\t7,040\n".encode("utf-16-le"), "sin marca"),
        ("sep=;\r\nDNI;Nombre;Monto\r\n01234567;PEÑA ÑAUPA;7,040\r\n".encode(), "separador"),
        ('DNI,Nombre,Monto\n01234567,PEÑA ÑAUPA,"7,040"\n'.encode(), ""),
        ("DNI|Nombre|Monto\r01234567|PEÑA ÑAUPA|7,040\r".encode(), ""),
    ],
    ids=["cp1252", "utf-8", "bom", "utf-16", "utf-16be", "utf-16le", "sep", "comma", "bar, old mac"],
)
def test_every_encoding_and_separator_gives_the_same_table(data: bytes, told: str) -> None:
    book = read(data)
    assert book.kind is BookKind.TEXT
    assert values(book) == [("DNI", "Nombre", "Monto"), ("01234567", "PEÑA ÑAUPA", "7,040")]
    assert any(told in note for note in book.notes) if told else book.notes == ()


def test_rows_have_the_number_of_their_line() -> None:
    book = read(b'sep=;\na;b\n\n"una\ncelda";2\nc;d\n')
    assert [row.number for row in book.sheets[0].rows] == [2, 4, 6]
    assert values(book)[1] == ("una\ncelda", "2")


def test_letters_already_broken_are_told_and_left() -> None:
    book = read("DNI,Nombre\n1,PEÃ±A\n".encode())
    assert values(book)[1] == ("1", "PEÃ±A")
    assert any("mal convertidas" in note for note in book.notes)


def test_ragged_rows_are_told() -> None:
    assert any("entre 2 y 4 columnas" in note for note in read(b"A,B,C\n1,2\n1,2,3,4\n").notes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'A,B\n1,"abierto\n' + b"2,x\n" * 50_000, "comillas"),
        (b'A,B\n1,"abierto\n2,x\n', "comillas"),
        (b"A,B\n1,\x00\x012\n", "no es de texto"),
        (b"A,B\n" + b"1,2\n" * 2_000 + b"1,\x002\n", "bytes nulos"),
        (b"1,2,3\n" * (MOST_ROWS + 1), "filas"),
        (b"A,B\n1," + b"x" * (20 << 20) + b"\n", "demasiado larga"),
        (b"A,B\n1," + b"x" * 5_000 + b"\n", "4000 letras"),
        (b"," * 500 + b"\n", "columnas"),
        (random.Random(1).randbytes(5_000), "no es de texto"),
        (b"\xff\xfe" + b"\x00\xd8" * 10, "dañado"),
        (b"\n\n;;\n", "no tiene datos"),
    ],
    ids=[
        "open quote",
        "quote at the end",
        "nul",
        "late nul",
        "rows",
        "field",
        "cell",
        "wide",
        "noise",
        "half",
        "blank",
    ],
)
def test_what_cannot_be_read_whole_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FileFailed) as refused:
        read(data)
    assert words in refused.value.sentence
    assert "no se leyó nada" in refused.value.sentence


def test_the_name_of_the_file_decides_nothing() -> None:
    assert read_workbook(b"a;b\n1;2\n", "C:\\carpeta\\libro.xlsx").file_name == "libro.xlsx"
