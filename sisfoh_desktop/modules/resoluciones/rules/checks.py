"""What the state of a resolución allows, what is missing before it can be frozen, and the fields of its signers."""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules import SignerRole
from sisfoh_desktop.modules.resoluciones.rules.chips import missing_chips, missing_words
from sisfoh_desktop.modules.resoluciones.rules.editing import block_names
from sisfoh_desktop.modules.resoluciones.rules.facts import (
    TABLE_CHAIN,
    TABLE_DETAILS,
    Block,
    BlockKind,
    Resolucion,
    State,
)


@dataclass(frozen=True)
class Signer:
    """A place of the round with the person in force on the act's date; `name` is empty when nobody is registered."""

    field: str
    role: SignerRole
    unit_id: int
    unit: str
    siglas: str
    name: str
    position: str
    officer_id: int | None = None
    dni: str = dataclasses.field(default="", repr=False)
    acting: bool = False
    appointed_by: str = ""

    @property
    def printed_position(self) -> str:
        """The post as under the signature; a deputy's with the document that appoints them."""
        if self.acting and self.appointed_by and self.appointed_by not in self.position:
            return f"{self.position}, {self.appointed_by}"
        return self.position


@dataclass(frozen=True)
class Problem:
    """Something that stops the freeze; `code` is stable, `block` is the index of the block or None."""

    code: str
    sentence: str
    block: int | None = None


def check_can_edit(resolucion: Resolucion) -> None:
    """Only a draft may be changed."""
    if resolucion.state is not State.DRAFT:
        raise RuleError(
            "not_draft",
            f"{resolucion.title} está {resolucion.state.label.lower()} y su texto ya no cambia; no se guardó. "
            "Anule la versión congelada, con motivo, para volver al borrador.",
        )


def check_can_annul(resolucion: Resolucion) -> None:
    """A frozen act may go back to draft until its author has signed."""
    if resolucion.state not in (State.FROZEN, State.SIGNING):
        raise RuleError(
            "nothing_frozen",
            f"{resolucion.title} está {resolucion.state.label.lower()}: no hay versión congelada que anular; no "
            "se cambió nada. Un acto firmado se corrige con otra resolución.",
        )


def check_has_paper(resolucion: Resolucion) -> int:
    """The paper of a frozen or signed act; RuleError while it is a draft."""
    if resolucion.paper_id is None:
        raise RuleError(
            "not_frozen",
            "La resolución todavía es un borrador y no tiene documento congelado; congélela antes de continuar.",
        )
    return resolucion.paper_id


def problems_before_freeze(
    resolucion: Resolucion,
    values: Mapping[str, str],
    signers: Sequence[Signer],
    *,
    has_chain: bool,
    documents: Mapping[int, int],
    today: date,
) -> list[Problem]:
    """Everything that stops the freeze, in reading order. `documents` gives each document's rows of detail."""
    found: list[Problem] = []
    if resolucion.dated > today:
        found.append(
            Problem(
                "date_in_future",
                f"La fecha de la resolución ({format_date(resolucion.dated)}) todavía no llega; corríjala.",
            )
        )
    if not any(block.kind is BlockKind.ARTICLE for block in resolucion.blocks):
        found.append(Problem("no_article", "La resolución no tiene artículos; agregue al menos uno."))
    names = block_names(resolucion.blocks, resolucion.headings.style)
    for index, (block, name) in enumerate(zip(resolucion.blocks, names, strict=True)):
        found += [
            Problem(code, f"{name}: {sentence}", index)
            for code, sentence in _block_problems(block, values, has_chain, documents)
        ]
    author = next((signer for signer in signers if signer.role is SignerRole.AUTHOR), None)
    if author is None:
        found.append(Problem("author_missing", "Falta quién firma como autor; indíquelo en Firmantes."))
    elif not author.name:
        found.append(
            Problem(
                "author_unknown",
                f"No hay titular registrado de {author.unit} al {format_date(resolucion.dated)}; "
                "regístrelo en Oficina.",
            )
        )
    return found


def check_can_freeze(resolucion: Resolucion, problems: Sequence[Problem]) -> None:
    """RuleError with the first problem; it names how many more there are."""
    check_can_edit(resolucion)
    if problems:
        rest = len(problems) - 1
        more = f" Hay {rest} observaciones más." if rest > 1 else " Hay 1 observación más." if rest else ""
        raise RuleError(problems[0].code, f"No se congeló: {problems[0].sentence}{more}")


def field_name(role: SignerRole, order: int, siglas: str) -> str:
    """`VB1_OGAJ`, `AUTOR_GM`: the signature field of a place, `order` from 1 among the vistos buenos."""
    letters = unicodedata.normalize("NFD", siglas.upper())
    plain = re.sub(r"[^A-Z0-9]", "", letters)[:24] or "UNIDAD"
    return f"AUTOR_{plain}" if role is SignerRole.AUTHOR else f"VB{order}_{plain}"


def verb_and_rest(text: str) -> tuple[str, str]:
    """The verb in capitals with which an article begins, and what follows; the verb is empty if there is none."""
    found = re.match(r"[A-ZÁÉÍÓÚÜÑ]{4,}\b(?!\s*-)", text)
    return (found[0], text[found.end() :]) if found else ("", text)


def _block_problems(
    block: Block, values: Mapping[str, str], has_chain: bool, documents: Mapping[int, int]
) -> list[tuple[str, str]]:
    found = []
    if not block.text.strip() and block.kind is not BlockKind.COPIES:
        found.append(("block_empty", "el texto está vacío; escríbalo o quite el bloque."))
    missing = missing_chips([block.text], values)
    if missing:
        found.append(("chip_unknown", missing_words(missing)))
    if block.table == TABLE_CHAIN and not has_chain:
        found.append(
            (
                "chain_missing",
                "lleva el cuadro, pero el plan no tiene estructura funcional; complétela en Planes.",
            )
        )
    if block.table == TABLE_DETAILS and not documents.get(block.document_id or 0):
        found.append(
            ("details_missing", "lleva un detalle que el documento ya no tiene; quite la tabla del bloque.")
        )
    return found
