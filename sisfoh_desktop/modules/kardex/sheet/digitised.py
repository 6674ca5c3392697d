"""Spreadsheets of digitised numbers: finds the columns by their heads and reads their rows; what they mean is a rule's.

One column must hold numbers of forms («N° de ficha», «FSU», «Número»); the day of application and who applied it are
taken when a column is called so. The day on which a form was digitised is not the day on which it was applied.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.kardex.rules.digitised import DigitisedRow, Finding, FindingKind
from sisfoh_desktop.sheets.cells import Value, read_date, shown
from sisfoh_desktop.sheets.reading import Row, Sheet, read_workbook

_HEAD_WITHIN = 25  # rows from the top
_NUMBER_WORDS = frozenset({"n", "no", "nro", "num", "numero", "numeros", "correlativo", "serie"})
_FORM_WORDS = frozenset({"ficha", "fichas", "formulario", "fsu", "formato"})
_DAY_WORDS = frozenset({"fecha", "dia"})
_PERSON_WORDS = frozenset({"empadronador", "empadronadora", "encuestador", "encuestadora", "aplicador"})
_DIGITISING = frozenset({"digitacion", "digitado", "registro", "digitador", "carga", "envio", "nacimiento"})
_OTHERS = frozenset({"hogar", "informante", "jefe", "jefa", "solicitante", "telefono", "manzana", "lote"})


@dataclass(frozen=True)
class DigitisedTable:
    """The rows of a file, in its order, and what is worth telling of how they were read."""

    file_name: str
    rows: tuple[DigitisedRow, ...]
    notes: tuple[Finding, ...]


@dataclass(frozen=True)
class _Columns:
    number: int
    day: int = 0
    person: int = 0
    dni: int = 0


def read_digitised(
    data: bytes, file_name: str, *, type_code: str, progress: Progress = silent
) -> DigitisedTable:
    """The rows of every visible sheet that has a column of numbers; `progress` may raise Cancelled.

    FileFailed for a file that cannot be read; RuleError `digitised_no_numbers` when no sheet has such a column.
    """
    book = read_workbook(data, file_name, progress=progress)
    rows: list[DigitisedRow] = []
    notes = [Finding(FindingKind.NOTE, 0, note) for note in book.notes]
    read = 0
    for sheet in book.visible:
        found = _find_columns(sheet, type_code)
        if found is None:
            notes.append(
                Finding(
                    FindingKind.NOTE, 0, f"La hoja «{sheet.name}» no tiene columna de números: no se leyó."
                )
            )
            continue
        read += 1
        columns, after = found
        if not after:
            notes.append(
                Finding(FindingKind.NOTE, 0, "El archivo no tiene encabezados: se leyó su primera columna.")
            )
        rows += [
            row
            for one in sheet.rows
            if one.number > after and (row := _row(one, columns, date1904=book.date1904)) is not None
        ]
    if not read:
        raise RuleError(
            "digitised_no_numbers",
            "Ninguna hoja tiene una columna de números de formulario; ponga sobre ella el título «N° de ficha» y "
            "vuelva a importar. No se guardó nada.",
        )
    return DigitisedTable(book.file_name, tuple(rows), tuple(notes))


def _find_columns(sheet: Sheet, type_code: str) -> tuple[_Columns, int] | None:
    """The columns, and the number of the head row (0: without heads)."""
    code = without_accents(type_code)
    for row in sheet.rows:
        if row.number > _HEAD_WITHIN:
            break
        heads = [_words(value) for value in row.values]
        scored = [(_number_score(words, code), -at) for at, words in enumerate(heads, 1)]
        score, column = max(scored, default=(0, 0))
        if score > 0:
            return _other_columns(heads, -column), row.number
    first = [row.value(1) for row in sheet.rows]
    if first and all(_looks_like_number(value) for value in first):
        return _Columns(1), 0
    return None


def _number_score(words: frozenset[str], code: str) -> int:
    if not words or words & (_DAY_WORDS | _DIGITISING | _OTHERS | {"dni"}):
        return 0
    if words & _FORM_WORDS or code in words:
        return 3 if words & _NUMBER_WORDS or len(words) <= 2 else 2
    return 1 if words <= _NUMBER_WORDS else 0


def _other_columns(heads: Sequence[frozenset[str]], number: int) -> _Columns:
    day = person = dni = 0
    for at, words in enumerate(heads, 1):
        if at == number:
            continue
        if words & _DAY_WORDS and not words & _DIGITISING:
            day = day or at
        elif "dni" in words and not words & _OTHERS:
            dni = at if words & _PERSON_WORDS else dni or at
        elif words & _PERSON_WORDS:
            person = person or at
    return _Columns(number, day, person, dni)


def _words(value: Value) -> frozenset[str]:
    if not isinstance(value, str) or len(value) > 60:
        return frozenset()
    plain = without_accents(value).replace("n°", "n ").replace("nº", "n ").replace("n.°", "n ")
    return frozenset(re.findall(r"[a-z0-9]+", plain))


def _looks_like_number(value: Value) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,12}(?:\s*[-–+]\s*[0-9]{1,12})?", shown(value)))


def _row(row: Row, columns: _Columns, *, date1904: bool) -> DigitisedRow | None:
    number = shown(row.value(columns.number))
    if number.casefold().startswith("total"):
        return None
    if not number:
        rest = [row.value(at) for at in (columns.day, columns.person, columns.dni) if at]
        if not any(value not in (None, "") for value in rest):
            return None  # a title between, a total at the foot
    day, fault = _day(row.value(columns.day), date1904=date1904) if columns.day else (None, "")
    person = " ".join(shown(row.value(columns.person)).split()) if columns.person else ""
    told = shown(row.value(columns.dni)) if columns.dni else person
    digits = re.search(r"(?<![0-9])[0-9]{7,8}(?![0-9])", told)  # a DNI that begins with 0 may have lost it
    dni = digits[0].zfill(8) if digits else ""
    if not columns.person or not columns.dni:  # one column for both
        person = " ".join(re.sub(r"\bDNI\b|[0-9]{7,8}|[-–/,:()]", " ", told, flags=re.IGNORECASE).split())
    return DigitisedRow(row.number, number, day, fault, person, dni)


def _day(value: Value, *, date1904: bool) -> tuple[date | None, str]:
    if value is None or value == "":
        return None, ""
    try:
        return read_date(value, date1904=date1904), ""
    except RuleError as error:
        return None, error.sentence
