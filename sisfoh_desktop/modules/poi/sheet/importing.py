"""A spreadsheet into the table of the POI that is in it: the proposed meaning of its columns, and its rows.

Heads are found in `table_finding`, rows read in `row_reading`, activities on several rows joined in `repeated_rows`;
what the figures of a row must add up to is in the rules.
"""

from dataclasses import dataclass

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.column_mapping import missing_meanings, stages_in
from sisfoh_desktop.modules.poi.rules.head_words import read_heading
from sisfoh_desktop.modules.poi.rules.importing import IGNORED, ColumnMapping, PoiFile
from sisfoh_desktop.modules.poi.sheet.repeated_rows import join_repeated
from sisfoh_desktop.modules.poi.sheet.row_reading import SheetTable
from sisfoh_desktop.modules.poi.sheet.table_finding import FoundHead, find_heads, same_table, titles_over
from sisfoh_desktop.sheets.cells import shown
from sisfoh_desktop.sheets.preflight import BookKind
from sisfoh_desktop.sheets.reading import Sheet, Workbook

_MERGED_OF_THE_KIT = "su valor vale solo para la primera."
_MOST_HEADS_NAMED = 8


@dataclass(frozen=True)
class TableProposal:
    """What a person confirms before a table is read: the meanings proposed and the first rows as they came.

    `head_row` is the last row of the head; `year` and `quarter` are those of the titles (0: none). `stages` are the
    blocks of CEPLAN's export that may be taken as programmed.
    """

    mapping: ColumnMapping
    sheet: str
    head_row: int
    preview: tuple[tuple[str, ...], ...]
    title: str = ""
    year: int = 0
    quarter: int = 0
    stages: tuple[str, ...] = ()


def propose_mapping(book: Workbook, stage: str = "") -> ColumnMapping | None:
    """What the columns of the first table mean, by their titles; None where no table is in the file."""
    proposal = propose_table(book, stage)
    return proposal.mapping if proposal else None


def propose_table(book: Workbook, stage: str = "", *, rows: int = 8) -> TableProposal | None:
    """The first table with its proposed meanings and some of its rows; None where no table is in the file."""
    best: TableProposal | None = None
    for sheet in book.visible:
        heads = find_heads(sheet, stage=stage)
        if heads and (best is None or not missing_meanings(heads[0].mapping)):
            best = _proposal(sheet, heads[0], rows)
            if not missing_meanings(best.mapping):
                break
    return best


def _proposal(sheet: Sheet, head: FoundHead, rows: int) -> TableProposal:
    titles = titles_over(sheet, head.first_row)
    below = [row for row in sheet.rows if row.number > head.row][:rows]
    return TableProposal(
        head.mapping,
        sheet.name,
        head.row,
        tuple(tuple(map(shown, row.values)) for row in below),
        titles.texts[0] if titles.texts else "",
        titles.year,
        titles.quarter,
        stages_in(head.mapping.heads),
    )


def find_table(
    book: Workbook, mapping: ColumnMapping | None = None, *, sha256: str = "", stage: str = ""
) -> PoiFile:
    """The rows of every visible sheet with the same columns, read by `mapping` or by what their titles say.

    RuleError `poi_head_missing` (no table), `poi_mapping_differs` (no head with the titles of the mapping) or
    `poi_mapping_incomplete` (its columns do not tell the activity, or no figure).
    """
    found: list[tuple[Sheet, list[FoundHead]]] = []
    guessed: list[tuple[Sheet, list[FoundHead]]] = []
    notes = [
        note for note in book.notes if not note.endswith(_MERGED_OF_THE_KIT)
    ]  # told by the rows they fill
    for sheet in book.visible:
        heads = find_heads(sheet, mapping, stage)
        (guessed if not heads or missing_meanings(heads[0].mapping) else found).append((sheet, heads))
    if not found:
        raise _incomplete() if any(heads for _, heads in guessed) else _no_table(mapping)
    notes += [
        f"La hoja «{sheet.name}» no tiene la cabecera de un POI: no se importa." for sheet, _ in guessed
    ]
    main = found[0][1][0].mapping
    tables: list[SheetTable] = []
    for sheet, heads in found:
        if not same_table(heads[0].mapping, main):
            notes.append(
                f"La hoja «{sheet.name}» tiene otras columnas que «{found[0][0].name}»: no se importa; hágalo aparte."
            )
            continue
        table = SheetTable(sheet, heads, several=len(found) > 1)
        table.read()
        tables.append(table)
    rows, joined = join_repeated([row for table in tables for row in table.rows], main)
    if joined:
        notes.append(
            f"{counted(joined, 'fila repetía', 'filas repetían')} una actividad (una por genérica): lo físico se tomó "
            "una vez y los montos se sumaron."
        )
    notes += [note for table in tables for note in table.notes]
    if book.kind is BookKind.ODS and any("unit_name" not in row.texts for row in rows):
        notes.append(
            "Un .ods no dice qué celdas están combinadas: hay filas sin unidad orgánica. Guárdelo como .xlsx e "
            "impórtelo otra vez."
        )
    notes += _columns_not_taken(main)
    titles = tables[0].titles
    years = {table.year for table in tables if table.year}
    if len(years) > 1:
        notes.append(f"Las hojas dicen años distintos: {', '.join(map(str, sorted(years)))}.")
    return PoiFile(
        book.file_name,
        sha256,
        main,
        tuple(rows),
        tuple(total for table in tables for total in table.totals),
        tuple(finding for table in tables for finding in table.rejected),
        sum(table.dropped for table in tables),
        titles.texts[0] if titles.texts else "",
        tables[0].year,
        tuple(notes),
    )


def _no_table(mapping: ColumnMapping | None) -> RuleError:
    if mapping is not None:
        return RuleError(
            "poi_mapping_differs",
            "Las columnas del archivo no tienen los títulos de la disposición elegida; no se leyó nada. Elija otra o "
            "deje que el programa proponga una.",
        )
    return RuleError(
        "poi_head_missing",
        "El archivo no tiene la cabecera de un POI; no se leyó nada. Hacen falta títulos como Unidad orgánica, "
        "Actividad, Unidad de medida, Meta anual y los meses o trimestres.",
    )


def _incomplete() -> RuleError:
    return RuleError(
        "poi_mapping_incomplete",
        "No se sabe qué columna dice la actividad o cuáles traen cifras; no se leyó nada. Diga qué significa cada "
        "columna.",
    )


def _columns_not_taken(mapping: ColumnMapping) -> list[str]:
    """The columns with a title that nothing is taken from, save sums of months and other blocks of CEPLAN's."""
    heads = list(
        dict.fromkeys(
            head
            for head, meaning in zip(mapping.heads, mapping.meanings, strict=False)
            if head and meaning == IGNORED and not ((word := read_heading(head)) and word.of_figures)
        )
    )
    if not heads:
        return []
    named = ", ".join(f"«{head}»" for head in heads[:_MOST_HEADS_NAMED])
    more = f" y {len(heads) - _MOST_HEADS_NAMED} más" if len(heads) > _MOST_HEADS_NAMED else ""
    return [f"Columnas que no se toman: {named}{more}."]
