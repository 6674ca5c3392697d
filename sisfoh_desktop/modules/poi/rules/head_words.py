"""What one heading of a table of the POI says: a text of the activity, or a period, a side and a kind of figure.

How the headings of a table are put together, whatever their rows and spans, is in `column_mapping`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, MONTH_NAMES
from sisfoh_desktop.modules.poi.rules.importing import TEXT_MEANINGS

_LONGEST_HEADING = 80
_MOST_STRANGE = 2
_MOST_WORDS = 8
_NO_WORD = re.compile(r"[^a-z0-9%]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SOLES = re.compile(r"S/\.?(?=\s|\)|$)")
_BLOCK = re.compile(r"^F\s*(N?)\s*\(\s*(AJ|A|CS|RE|SE)(\d*)(_P)?\s*\)\s*[-_.]?\s*(.*)$", re.IGNORECASE)
_ORDINAL = r"(iv|iii|ii|i|[1-4](?:er|ro|do|to|mer)?|primer|segundo|tercer|cuarto)"
_QUARTER = re.compile(
    rf"\b{_ORDINAL}\s*trim(?:estre|estral)?\b|\btrim(?:estre)?\s*(iv|iii|ii|i|[1-4])\b|\bt\s?([1-4])\b|\b([1-4])t\b"
)
_ANY_QUARTER = re.compile(r"\btrim(?:estre|estral|estrales)?\b")
_UP_TO = re.compile(r"\b(al|a|hasta)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4}

TEXT_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "unit_name": (
        "unidad organica", "unidades organicas", "unidad", "organo", "organo o unidad organica", "dependencia",
        "organo unidad organica", "organo y unidad organica", "unidad organica responsable", "unidad responsable",
        "organo responsable", "unidad de organizacion", "gerencia", "oficina", "area", "area responsable",
        "area usuaria", "cc responsable", "centro de costo responsable",
    ),
    "code": (
        "codigo", "codigo ao", "cod ao", "codigo de ao", "codigo de la ao", "codigo actividad", "codigo de actividad",
        "codigo actividad operativa", "codigo de la actividad operativa", "cod actividad", "cod actividad operativa",
        "actividad operativa id", "codigo poi", "codigo cui", "cui", "ao id", "codigo aoi", "codigo de la actividad",
    ),
    "title": (
        "actividad operativa", "actividad poi", "actividad", "actividades", "actividades operativas",
        "actividad operativa o inversion", "actividad operativa inversion", "actividades poi", "nombre ao",
        "actividad operativa e inversion", "denominacion de la actividad", "nombre de la actividad",
        "descripcion de la actividad", "descripcion ao", "denominacion ao", "nombre de la actividad operativa",
        "descripcion de la actividad operativa", "denominacion de la actividad operativa", "actividades y tareas",
        "actividad operativa aoi", "actividad operativa ao",
    ),
    "measure": ("unidad de medida", "unidad medida", "u m", "um", "u medida", "und medida", "unid medida", "u de m"),
    "category": (
        "mef", "categoria presupuestal", "categoria", "programa presupuestal", "categoria presupuestaria", "programa",
    ),
    "oei": ("oei", "objetivo estrategico", "objetivo estrategico institucional", "oe", "codigo oei"),
    "aei": ("aei", "accion estrategica", "accion estrategica institucional", "ae", "codigo aei", "oe ae"),
    "centro_costo": ("centro de costo", "centro costo", "centros de costo", "c c"),
    "product": ("producto", "producto proyecto", "producto o proyecto", "proyecto"),
    "budget_activity": ("actividad presupuestal", "actividad presupuestaria", "actividad obra", "act obra acc inv"),
    "function": ("funcion",),
    "division": ("division funcional", "division"),
    "group": ("grupo funcional", "grupo"),
    "budget_goal": (
        "meta presupuestal", "meta presupuestaria", "secuencia funcional", "sec funcional", "sec func", "codigo meta",
        "meta secuencia", "meta secuencia funcional", "meta siaf", "meta o secuencia funcional", "nemonico",
    ),
    "ubigeo": ("ubigeo", "codigo ubigeo", "ubigeo id", "codigo de ubigeo"),
    "priority": ("prioridad", "nivel de prioridad"),
    "goal_kind": ("acumulado", "suma o acumulado", "tipo de meta", "tipo de agregacion"),
    "direction": ("sentido", "sentido del indicador", "sentido de la meta"),
    "nature": ("actividad o inversion", "tipo de actividad", "naturaleza", "ao inversion"),
    "measure_code": ("unidad medida id", "codigo unidad de medida", "codigo de la unidad de medida"),
}  # fmt: skip
_NOT_TAKEN = (
    "n", "no", "nro", "num", "numero", "item", "orden", "ue", "ue id", "codigo ue", "nombre ue", "sigla", "etapa",
    "cc responsable id", "nro registro poi", "registro poi", "ao sectorial", "trazadora tarea", "cons pia", "cons pim",
    "tipo fin pia", "tipo fin pim", "departamento", "provincia", "distrito", "generica", "observacion", "observaciones",
    "ano", "periodo", "ano fiscal", "pliego", "pia", "pim", "fuente", "fuente de financiamiento", "responsable",
    "cargo", "semaforo", "estado", "comentario", "comentarios", "motivo", "logros", "limitaciones", "medidas adoptadas",
    "tipo", "descripcion meta", "unidad ejecutora", "rubro", "diferencia", "saldo", "brecha", "motivo y medidas",
)  # fmt: skip
JOINED = frozenset(
    ("oei", "aei", "centro_costo", "category", "product", "budget_activity", "function", "division", "group")
)
"""Texts that may come in two columns, code and name: both are kept, one after the other."""
_NAMED_BY_CODE = {"id", "cod", "codigo", "nombre", "descripcion", "denominacion"}

_MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
_MONTHS |= {code.casefold(): number for number, code in enumerate(MONTH_CODES, 1)}
_MONTHS |= {"set": 9, "sept": 9, "septiembre": 9, "sti": 9}
_PROGRAMMED = frozenset((
    "prog", "programado", "programada", "programados", "programadas", "programacion", "planificado",
    "planificada", "previsto",
))  # fmt: skip
_EXECUTED = frozenset((
    "ejec", "ejecutado", "ejecutada", "ejecutados", "ejecutadas", "ejecucion", "realizado", "realizada",
    "logrado", "seguimiento",
))  # fmt: skip
_PHYSICAL = frozenset((
    "fisico", "fisica", "fisicos", "fisicas", "cantidad",
))  # fmt: skip
_MONEY = frozenset((
    "financiero", "financiera", "financieros", "presupuesto", "presupuestal", "presupuestaria", "soles",
    "monto", "costo",
))  # fmt: skip
_STOP = frozenset((
    "de", "del", "la", "el", "los", "las", "al", "a", "en", "por", "y", "o", "meta", "metas", "mes",
    "valor", "nro", "mensual", "mensualizada", "poi",
))  # fmt: skip
_RATES = frozenset((
    "%", "porcentaje", "avance", "grado", "cumplimiento", "eficacia", "acumulada", "acumulados", "semestre",
    "desviacion",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadWord:
    """What a heading says. `exact`: nothing in it was guessed. Months 1 to 12, quarters 1 to 4, 0 for none.

    `text` is a meaning of `TEXT_MEANINGS`; `executed` and `money` are None where it does not say. `block` is the
    letter of CEPLAN's export with its number (CS, RE1, SE). `ignored`: known, and nothing that is kept.
    """

    text: str = ""
    month: int = 0
    quarter: int = 0
    any_quarter: bool = False
    annual: bool = False
    total: bool = False
    executed: bool | None = None
    money: bool | None = None
    block: str = ""
    ignored: bool = False
    exact: bool = True

    @property
    def has_period(self) -> bool:
        return bool(self.month or self.quarter or self.any_quarter or self.annual or self.total)

    @property
    def has_side(self) -> bool:
        return self.executed is not None or bool(self.block)

    @property
    def of_figures(self) -> bool:
        """Whether it speaks of figures: a period, a side, or units against soles."""
        return (
            not self.text
            and not self.ignored
            and (self.has_period or self.has_side or self.money is not None)
        )

    @property
    def place(self) -> float:
        """Where it stands in a year, so that the start of a new run shows: months, each quarter after its own."""
        return self.month or (3 * self.quarter + 0.5 if self.quarter else 13)


@lru_cache(maxsize=8_192)
def read_heading(text: str) -> HeadWord | None:
    """What a heading says; None where no word of it is known, or where it is too long to be one."""
    if not text or len(text) > _LONGEST_HEADING:
        return None
    block = _BLOCK.match(text.strip())
    if block:
        return _of_block(block)
    full = folded_heading(text)
    for words in dict.fromkeys((full, folded_heading(_IN_BRACKETS.sub(" ", text)))):
        if words in _TEXT_OF:
            return HeadWord(text=_TEXT_OF[words])
        if words in _NOT_TAKEN or words in ("p", "e"):
            return HeadWord(executed=words == "e") if words in ("p", "e") else HeadWord(ignored=True)
        bare = [word for word in words.split() if word not in _NAMED_BY_CODE]
        named = _TEXT_OF.get(" ".join(bare).removeprefix("de ").removeprefix("la "), "")
        if named in JOINED:
            return HeadWord(text=named)
    return _of_figures(full) or _nearly_text(full)


def folded_heading(text: str) -> str:
    """A heading as it is compared: small letters without accents, signs or double blanks."""
    return _NO_WORD.sub(" ", without_accents(_SOLES.sub(" soles ", text)).replace("%", " % ")).strip()


def quarter_in(text: str) -> int:
    """The quarter (1 to 4) that a text names; 0 where it names none."""
    found = _QUARTER.search(folded_heading(text))
    return _number(next(one for one in found.groups() if one)) if found else 0


def year_in(text: str) -> int:
    """The first year that a text names; 0 where it names none."""
    found = _YEAR.search(text)
    return int(found[0]) if found else 0


def _of_block(found: re.Match[str]) -> HeadWord:
    money, letters, number, per_person, rest = found.groups()
    word = HeadWord(block=f"{letters.upper()}{number}", money=bool(money), ignored=per_person is not None)
    period = folded_heading(rest)
    if period.isdigit() and 1 <= int(period) <= 12:
        return replace(word, month=int(period))
    if period in _MONTHS:
        return replace(word, month=_MONTHS[period])
    if period in ("total", "anual", "t"):
        return replace(word, total=True)
    return word if not period else replace(word, ignored=True)


def _of_figures(words: str) -> HeadWord | None:
    if words.isdigit():
        # 1 to 12 in a row of a head; whether they are months is told by the rows above
        return HeadWord(month=int(words)) if 1 <= int(words) <= 12 else None
    rest, quarter = _QUARTER.subn(" ", words, count=1)
    found = _QUARTER.search(words)
    word = HeadWord(quarter=_number(next(one for one in found.groups() if one)) if found else 0)
    if not quarter:
        rest, open_quarters = _ANY_QUARTER.subn(" ", words)
        word = replace(word, any_quarter=bool(open_quarters))
    rest = _YEAR.sub(" ", rest)
    strange: list[str] = []
    rate = False
    for token in rest.split():
        if token in _MONTHS and not word.month:
            word = replace(word, month=_MONTHS[token])
        elif token in _PROGRAMMED or token in _EXECUTED:
            word = replace(word, executed=token in _EXECUTED)
        elif token == "devengado":  # noqa: S105 - a word of budgets
            word = replace(word, executed=True, money=True)
        elif token in _PHYSICAL or token in _MONEY:
            word = replace(word, money=token in _MONEY)
        elif token == "anual":  # noqa: S105
            word = replace(word, annual=True)
        elif token == "total":  # noqa: S105
            word = replace(word, total=True)
        elif token in _RATES or token == "acumulado":  # noqa: S105
            rate = True
        elif token not in _STOP and token not in _ORDINALS and not (token.isdigit() and word.month):
            strange.append(token)
    if not word.of_figures:
        if words == "avance":
            return HeadWord(executed=True, exact=False)
        return HeadWord(ignored=True) if rate and not strange else _lone_goal(words)
    if rate:
        return HeadWord(ignored=True, exact=not strange)
    if _UP_TO.search(words) and (word.quarter or word.month):
        return replace(
            word, ignored=True, exact=False
        )  # «al III trimestre»: what the year comes to, not a quarter's
    return replace(word, exact=not strange) if len(strange) <= _MOST_STRANGE else None


def _lone_goal(words: str) -> HeadWord | None:
    return HeadWord(annual=True, exact=False) if words in ("meta", "metas") else None


def _nearly_text(words: str) -> HeadWord | None:
    """A heading that holds a known one of two words or more."""
    told = words.split()
    if len(told) > _MOST_WORDS:
        return None
    for length in range(len(told) - 1, 1, -1):
        for first in range(len(told) - length + 1):
            meaning = _TEXT_OF.get(" ".join(told[first : first + length]))
            if meaning:
                return HeadWord(text=meaning, exact=False)
    return None


def _number(ordinal: str) -> int:
    return _ORDINALS.get(ordinal) or int(ordinal[0])


_TEXT_OF = {words: meaning for meaning, headings in TEXT_HEADINGS.items() for words in headings}
_TEXT_OF |= {folded_heading(label): meaning for meaning, label in TEXT_MEANINGS.items()}
