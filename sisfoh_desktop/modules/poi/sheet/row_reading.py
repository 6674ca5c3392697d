"""The rows under the heads of one sheet: activities, rows of sums, repeated heads and titles, and what is none of them.

A blank is filled only by the sheet's own merged cells. Where the heads stand is found by `table_finding`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from sisfoh_desktop.basics.texts import counted, without_accents
from sisfoh_desktop.modules.poi.rules.column_mapping import is_figure, same_heads
from sisfoh_desktop.modules.poi.rules.head_words import JOINED, folded_heading, year_in
from sisfoh_desktop.modules.poi.rules.importing import (
    IGNORED,
    ColumnMapping,
    FileRow,
    Finding,
    NumberCell,
)
from sisfoh_desktop.modules.poi.sheet.cell_reading import (
    CODES,
    FigureColumn,
    TextColumn,
    code_apart,
    lost_code,
    plain_text,
    read_figure,
    with_zeros,
)
from sisfoh_desktop.modules.poi.sheet.merged_cells import MergedColumn
from sisfoh_desktop.modules.poi.sheet.table_finding import FoundHead, Titles, same_table, titles_over
from sisfoh_desktop.sheets.cells import Value, column_letters
from sisfoh_desktop.sheets.reading import Row, Sheet

_SUM = re.compile(r"^(sub ?total(es)?|total(es)?|suma(s|n)?( total)?)\b")
_CARRIED = re.compile(r"^(vienen|van)\b")
_PAGE = re.compile(r"^(pag(ina)?\.? ?\d+|plan operativo institucional|poi \d{4})\b")
_UNIT_TITLE = re.compile(
    r"^(?:unidad(?:es)? org[aá]nicas?|[oó]rgano|unidad responsable|centro de costo)\s*[:\-–]\s*(.+)$",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^(?:unidad org[aá]nica|[oó]rgano|centro de costo)\s*[:\-–]\s*", re.IGNORECASE)
_PLAIN_SHEET = re.compile(r"^(hoja|sheet|texto|poi|tabla|datos|trim|i{1,3}v? trim)\b|^$")
_KEYS = ("unit_name", "code", "title", "measure", "category")
_SHOWN = 160
_LONGEST_SHEET_NAME = 31
_YEAR_HEADS = ("ano", "ano fiscal", "periodo")


def is_total(text: str) -> bool:
    """Whether a row that begins so is one of sums, and no activity."""
    return text[:1] in "sStT" and _SUM.match(without_accents(text)) is not None


def is_carried(text: str) -> bool:
    """«VIENEN», «VAN»: what another page tells."""
    return text[:1] in "vV" and _CARRIED.match(without_accents(text)) is not None


class SheetTable:
    """The rows of one sheet, read; `several` sheets have a table, so that each may be a unit's."""

    def __init__(self, sheet: Sheet, heads: Sequence[FoundHead], *, several: bool) -> None:
        self._sheet, self._heads = sheet, list(heads)
        self.titles: Titles = titles_over(sheet, heads[0].first_row)
        self._title_texts = {folded_heading(text) for text in self.titles.texts}
        self.mapping: ColumnMapping = heads[0].mapping
        self.rows: list[FileRow] = []
        self.totals: list[FileRow] = []
        self.rejected: list[Finding] = []
        self.dropped = 0
        self.notes: list[str] = []
        self.year = self.titles.year
        self._unit, self._unit_from = self._unit_told(several)
        self._restored: Counter[str] = Counter()
        self._lost: list[int] = []
        self._codes_apart = self._by_merge = 0
        self._untitled: Counter[int] = Counter()
        self._merged: dict[int, MergedColumn] = {}
        self._plain = TextColumn()
        self._sums: defaultdict[int, Decimal] = defaultdict(Decimal)
        self._summed = 0
        self._moved: list[int] = []

    def read(self) -> None:
        """Read every row; what was done beside reading is in `notes`."""
        self._open(self._heads[0])
        heads = {number: head for head in self._heads for number in range(head.first_row, head.row + 1)}
        first = self._heads[0]
        usable = True
        for row in self._sheet.rows:
            number = row.number
            head = heads.get(number)
            if head is not None:
                if head is not first:
                    self.dropped += 1
                    if number == head.row:
                        usable = self._next_head(head)
            elif number > first.row:
                if usable:
                    self._read_row(row)
                else:
                    self._reject(row, "está bajo una cabecera con otras columnas")
        self._tell()

    # heads

    def _open(self, head: FoundHead) -> None:
        self._head = head
        meanings = head.mapping.meanings
        figures = [column for column, meaning in enumerate(meanings) if is_figure(meaning)]
        self._figures = figures
        self._meanings = [meanings[column] for column in figures]
        self._columns = [FigureColumn(meaning) for meaning in self._meanings]
        self._pick = itemgetter(*figures, figures[0])  # one more, so that it is a tuple for one column too
        self._blank_figures: tuple[None, ...] = (None,) * len(figures)
        texts: dict[str, list[int]] = {}
        for column, meaning in enumerate(meanings):
            if meaning != IGNORED and not is_figure(meaning):
                texts.setdefault(meaning, []).append(column)
        self._texts = texts
        self._width = len(meanings)
        self._unknown = [
            column
            for column, meaning in enumerate(meanings)
            if meaning == IGNORED and not head.mapping.heads[column]
        ]
        merged = {
            column: MergedColumn(self._sheet, column + 1) for columns in texts.values() for column in columns
        }
        self._merged = {column: one for column, one in merged.items() if one.fills}
        self._coded = {
            meaning: columns[0]
            for meaning, columns in texts.items()
            if meaning in JOINED and len(columns) > 1
        }

    def _next_head(self, head: FoundHead) -> bool:
        """A head further down: the same, or one whose columns moved; False where its columns are others."""
        if same_heads(head.mapping.heads, self._head.mapping.heads):
            return True
        if not same_table(head.mapping, self.mapping):
            return False
        self._open(head)
        self._moved.append(head.row)
        return True

    # rows

    def _read_row(self, row: Row) -> None:
        values = row.values
        if len(values) < self._width:
            values = values + (None,) * (self._width - len(values))
        picked = self._pick(values)[:-1]
        has_figures = picked != self._blank_figures
        if bool in set(map(type, picked)):
            numbers = tuple(read_figure(*one) for one in zip(self._meanings, picked, strict=True))
        else:
            numbers = tuple([column[value] for column, value in zip(self._columns, picked, strict=True)])
        label = _first_text(values)
        if label and (is_total(label) or is_carried(label)):
            if self._read_sums(row, values, numbers, label, has_figures):
                return
        elif not has_figures and self._read_words(row, values):
            return
        for column in self._unknown:
            if values[column] is not None:
                self._untitled[column] += 1
        if len(values) > self._width:
            numbers = self._with_overflow(values, numbers)
        texts = self._row_texts(row.number, values)
        if not texts.keys() & set(_KEYS) and not self._unit and self._equals_sums(numbers):
            self.totals.append(FileRow(self._sheet.name, row.number, texts, numbers))
            return
        if self._unit and "unit_name" not in texts:
            texts["unit_name"] = self._unit
        if not self.year:
            self.year = self._year_of(values)
        self.rows.append(FileRow(self._sheet.name, row.number, texts, numbers))

    def _read_sums(
        self,
        row: Row,
        values: Sequence[Value],
        numbers: tuple[NumberCell, ...],
        label: str,
        has_figures: bool,
    ) -> bool:
        """A row of sums, kept apart; False for an activity whose text begins so."""
        if is_carried(label):
            beside = sum(bool(plain_text(values[columns[0]])) for columns in self._texts.values())
            if beside > 1:
                return False
            self.dropped += 1
            return True
        told = {name for name in ("title", "measure", "code") if self._text(values, name)}
        if {"title", "measure"} <= told and self._text(values, "title") != label:
            return False
        if not has_figures:
            return False
        if {"title", "measure"} <= told and not _bare_sum(label):
            return False  # «TOTAL DE ATENCIONES…», an activity of its own
        texts = {name: text for name in self._texts if (text := self._text(values, name))}
        self.totals.append(FileRow(self._sheet.name, row.number, texts, numbers))
        return True

    def _read_words(self, row: Row, values: Sequence[Value]) -> bool:
        """A row without figures that is no activity: a title again, a unit's section, or a stray text."""
        told = [text for value in row.values if (text := plain_text(value))]
        keys = {name for name in _KEYS if name in self._texts and self._text(values, name)}
        if len(told) > 1 and len(keys) >= 2:
            return False
        text = told[0] if told else ""
        words = folded_heading(text)
        if not told or words in self._title_texts or _PAGE.match(words):
            self.dropped += 1
        elif len(told) == 1 and "unit_name" not in self._texts:
            self._unit, self._unit_from = _SECTION.sub("", text), "section"
        else:
            self._reject(row, "no es una actividad ni un total")
        return True

    def _reject(self, row: Row, why: str) -> None:
        told = " · ".join(text for value in row.values if (text := plain_text(value)))[:_SHOWN]
        text = f"La fila {row.number} {why}: «{told}»."
        self.rejected.append(Finding(row.number, "row_rejected", text, found=told, sheet=self._sheet.name))

    def _row_texts(self, number: int, values: Sequence[Value]) -> dict[str, str]:
        texts: dict[str, str] = {}
        for name, columns in self._texts.items():
            parts = []
            for column in columns:
                value = values[column]
                if value is None:
                    if column not in self._merged:
                        continue
                    value = self._merged[column].value(number)
                    self._by_merge += value is not None
                text = plain_text(value) if isinstance(value, bool) else self._plain[value]
                if text:
                    if name in CODES and column == self._coded.get(name, columns[0]):
                        text = self._restored_code(name, text, number)
                    parts.append(text)
            if parts:
                texts[name] = " ".join(dict.fromkeys(parts)) if len(parts) > 1 else parts[0]
        if "title" in texts and not texts.get("code"):
            code, title = code_apart(texts["title"])
            if code:
                self._codes_apart += 1
                texts |= {"code": code, "title": title}
        if "goal_kind" in texts:
            texts["goal_kind"] = _goal_kind(texts["goal_kind"])
        return {name: text for name, text in texts.items() if text}

    def _restored_code(self, name: str, text: str, number: int) -> str:
        whole = with_zeros(name, text)
        if whole != text:
            self._restored[name] += 1
        if lost_code(name, whole):
            self._lost.append(number)
            return ""
        return whole

    def _text(self, values: Sequence[Value], name: str) -> str:
        return next(
            (text for column in self._texts.get(name, ()) if (text := plain_text(values[column]))), ""
        )

    def _with_overflow(
        self, values: Sequence[Value], numbers: tuple[NumberCell, ...]
    ) -> tuple[NumberCell, ...]:
        """Figures past the last column, without a meaning: a row that moved to the right shows there."""
        for column in range(self._width, len(values)):
            if values[column] is not None:
                self._untitled[column] += 1
                numbers = (*numbers, read_figure(IGNORED, values[column]))
        return numbers

    def _equals_sums(self, numbers: Sequence[NumberCell]) -> bool:
        """Whether a row without any text is the sum of those above it."""
        if not self.rows:
            return False
        for row in self.rows[self._summed :]:
            for at, cell in enumerate(row.numbers[: len(self._columns)]):
                self._sums[at] += cell.value or 0
        self._summed = len(self.rows)
        return all(
            not cell.fault and cell.value == self._sums[at]
            for at, cell in enumerate(numbers[: len(self._columns)])
        )

    def _year_of(self, values: Sequence[Value]) -> int:
        for column, head in enumerate(self._head.mapping.heads):
            if folded_heading(head) in _YEAR_HEADS and (year := year_in(plain_text(values[column]))):
                return year
        return 0

    # what is told beside the rows

    def _unit_told(self, several: bool) -> tuple[str, str]:
        """The unit of a sheet without a column for it: by a title «Unidad orgánica: …», or by the sheet's name."""
        if "unit_name" in self.mapping.meanings:
            return "", ""
        texts = self.titles.texts
        for at, text in enumerate(texts):
            found = _UNIT_TITLE.match(text)
            if found:
                return " ".join(found[1].split()), "title"
            if folded_heading(text) in ("unidad organica", "organo") and at + 1 < len(texts):
                return " ".join(texts[at + 1].split()), "title"
        name = self._sheet.name
        if several and not _PLAIN_SHEET.match(without_accents(name)):
            return name, "sheet"
        return "", ""

    def _where(self) -> str:
        return "" if self._sheet.name in ("", "texto") else f"Hoja «{self._sheet.name}»: "

    def _tell(self) -> None:
        where = self._where()
        if self._unit_from == "sheet":
            cut = len(self._sheet.name) == _LONGEST_SHEET_NAME
            self.notes.append(
                f"{where}la unidad orgánica se tomó del nombre de la hoja"
                f"{', que puede estar cortado a 31 letras' if cut else ''}."
            )
        elif self._unit_from:
            told = "un título" if self._unit_from == "title" else "las filas de sección"
            self.notes.append(f"{where}la unidad orgánica se tomó de {told}.")
        if self._moved:
            self.notes.append(
                f"{where}las columnas cambian de lugar desde la fila {self._moved[0]}: se leyeron por sus títulos."
            )
        names = {"ubigeo": "ubigeos", "function": "funciones", "division": "divisiones", "group": "grupos"}
        for name, count in self._restored.items():
            self.notes.append(
                f"{where}{names.get(name, name)} que perdieron ceros a la izquierda: {count}; se les restituyeron."
            )
        if self._lost:
            self.notes.append(
                f"{where}{counted(len(self._lost), 'código', 'códigos')} con cifras perdidas (el primero en la fila "
                f"{self._lost[0]}): se dejaron en blanco."
            )
        if self._by_merge:
            self.notes.append(
                f"{where}{counted(self._by_merge, 'texto se tomó', 'textos se tomaron')} de su celda combinada."
            )
        if self._codes_apart:
            self.notes.append(f"{where}{self._codes_apart} códigos venían dentro del texto de la actividad.")
        for column, count in sorted(self._untitled.items()):
            self.notes.append(
                f"{where}la columna {column_letters(column + 1)} no tiene título y trae datos en "
                f"{counted(count, 'fila', 'filas')}: no se toma."
            )


def _first_text(values: Sequence[Value]) -> str:
    """The first text of the row: where a row of sums has its label."""
    for value in values:
        if isinstance(value, str):
            text = value.strip("' ")
            if text and not text[0].isdigit():
                return text
    return ""


def _bare_sum(label: str) -> bool:
    return len(folded_heading(label).split()) <= 2


@lru_cache(maxsize=256)
def _goal_kind(text: str) -> str:
    """«suma» or «acumulado», where the cell says which; else as it came."""
    words = folded_heading(text)
    if words in (
        "si",
        "s",
        "1",
        "x",
        "acumulado",
        "acumulada",
        "stock",
        "nivel",
        "ultimo valor",
        "ultimo dato",
    ):
        return "acumulado"
    if words in ("no", "n", "0", "suma", "sumatoria", "no acumulado", "no acumulada", "flujo", "sumable"):
        return "suma"
    return text
