"""Locked data inside prose: `{plan.amount}` stands for a datum of the act; a brace typed by a clerk is `{{`.

A stored text is prose with chips. `pieces_of` reads it, `compose` writes it, `render` puts the values in; only a
whole chip can be removed, since an editor works on pieces.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import RuleError

_KEY = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"
_TOKEN = re.compile(rf"\{{\{{|\}}\}}|\{{(?P<key>{_KEY})\}}|[{{}}]")
_WHOLE_KEY = re.compile(rf"\A{_KEY}\Z")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: literal prose, or a chip when `key` is set."""

    text: str = ""
    key: str = ""


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text in its pieces, neighbouring prose joined; RuleError `chip_broken` for half a chip."""
    found: list[Piece] = []
    prose: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        prose.append(text[at : token.start()])
        at = token.end()
        if token["key"]:
            found += [Piece("".join(prose)), Piece(key=token["key"])]
            prose = []
        elif len(token[0]) == 2:
            prose.append(token[0][0])
        else:
            raise _broken(text, token.start())
    prose.append(text[at:])
    found.append(Piece("".join(prose)))
    return tuple(piece for piece in found if piece.text or piece.key)


def compose(pieces: Iterable[Piece]) -> str:
    """The stored text of the pieces: the inverse of `pieces_of`."""
    return "".join(f"{{{piece.key}}}" if piece.key else escape(piece.text) for piece in pieces)


def escape(prose: str) -> str:
    """Prose as it is stored, its braces doubled so that none is taken for a chip."""
    return prose.replace("{", "{{").replace("}", "}}")


def chip(key: str) -> str:
    """The stored form of a chip."""
    if not _WHOLE_KEY.match(key):
        raise ValueError(f"not a chip key: {key!r}")
    return f"{{{key}}}"


def chips_of(text: str) -> tuple[str, ...]:
    """The keys of the chips in the text, in order, repeated ones included."""
    return tuple(piece.key for piece in pieces_of(text) if piece.key)


def adopt(text: str, known: Collection[str]) -> str:
    """Text written elsewhere, made storable: chips that are known stay, every other brace is literal."""
    pieces: list[Piece] = []
    at = 0
    for token in re.finditer(rf"\{{({_KEY})\}}", text):
        if token[1] in known:
            pieces += [Piece(text[at : token.start()]), Piece(key=token[1])]
            at = token.end()
    pieces.append(Piece(text[at:]))
    return compose(pieces)


def render(text: str, values: Mapping[str, str]) -> str:
    """The text as it is printed; RuleError `chip_unknown` when a datum is not there."""
    printed = []
    for piece in pieces_of(text):
        if piece.key and piece.key not in values:
            raise unknown_chip((piece.key,))
        printed.append(values[piece.key] if piece.key else piece.text)
    return "".join(printed)


def readable(text: str, values: Mapping[str, str]) -> str:
    """The text for a list: data that are not at hand stand with the name by which a person calls them."""
    return "".join(
        values.get(piece.key, f"«{chip_label(piece.key)}»") if piece.key else piece.text
        for piece in pieces_of(text)
    )


def missing_chips(texts: Iterable[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the texts use and `values` lacks, each once, in order of appearance."""
    used = (key for text in texts for key in chips_of(text))
    return tuple(dict.fromkeys(key for key in used if key not in values))


def missing_words(keys: Sequence[str]) -> str:
    """`usa un dato que este expediente no tiene: «Plan: título»`, with the first three named."""
    named = ", ".join(f"«{chip_label(key)}»" for key in keys[:3])
    more = "" if len(keys) <= 3 else f" y {len(keys) - 3} más"
    return (
        f"usa un dato que este expediente no tiene: {named}{more}; quítelo del texto o complételo en el plan, el "
        "expediente u Oficina."
    )


def unknown_chip(keys: Sequence[str]) -> RuleError:
    """The refusal of a text whose data are not all there."""
    return RuleError("chip_unknown", f"No se imprimió: el texto {missing_words(keys)}")


_LABELS = {
    "entity": "Entidad",
    "place": "Lugar",
    "documentos": "Documentos de los vistos",
    "asunto": "Asunto",
    "plan.kind": "Plan: clase",
    "plan.title": "Plan: título",
    "plan.amount": "Plan: monto en cifras",
    "plan.amount_words": "Plan: monto en letras",
    "plan.households": "Plan: hogares",
    "plan.period": "Plan: plazo de ejecución",
    "plan.district": "Plan: distrito",
    "plan.year": "Plan: año",
    "resolucion.number": "Resolución: número",
    "resolucion.date": "Resolución: fecha",
    "officer.author": "Quien firma: nombre",
    "officer.author_position": "Quien firma: cargo",
}
_FACETS = {
    "cite": "cita",
    "date": "fecha",
    "vistos": "cita en los vistos",
    "vistos_registry": "registro en los vistos",
}


def chip_label(key: str) -> str:
    """How a person calls a datum: `Plan: monto en cifras`, `Documento informe_237: fecha`."""
    if key in _LABELS:
        return _LABELS[key]
    family, _, rest = key.partition(".")
    if family == "doc":
        name, _, facet = rest.rpartition(".")
        return f"Documento {name}: {_FACETS.get(facet, facet)}"
    return f"{ {'unit': 'Unidad', 'norm': 'Norma'}.get(family, family) }: {rest}" if rest else key


def _broken(text: str, at: int) -> RuleError:
    around = text[max(0, at - 20) : at + 20].replace("\n", " ")
    return RuleError(
        "chip_broken",
        f"Cerca de «{around}» hay una llave suelta que parte un dato; no se guardó. "
        "Quite la llave o escriba el dato desde el botón «Insertar dato».",
    )
