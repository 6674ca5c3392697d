"""Rectifying a material error of a signed act by another act: its errors, what is checked, the chain between both.

The signed act never changes: the errors are data of the act that rectifies it, and its texts are made from them in
rectifying_words.py. A rectification corrects what was written, not what was decided (LPAG, material errors).
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ordinals import ordinal_word
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.resoluciones.rules.checks import Problem
from sisfoh_desktop.modules.resoluciones.rules.chips import pieces_of
from sisfoh_desktop.modules.resoluciones.rules.facts import (
    ArticleStyle,
    Block,
    BlockKind,
    Resolucion,
    State,
)

MAX_ERRORS = 50
MAX_WHERE = 300
MAX_SAID = 2_000
SUBSTANCE_REMINDER = (
    "Una rectificación corrige lo que se escribió, no lo que se decidió: no puede alterar lo sustancial del acto ni "
    "el sentido de la decisión. El PDF firmado no cambia."
)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\ufffe": "-", "\u00ad": ""})
# Where each consolidated text of Ley 27444 has the rectification of errors, the newest first. The article of DS
# 006-2026-JUS follows from its going back to the original numbering (old 217 and 218 are 206 and 207); it was not read.
_ARTICLES = (("DS 006-2026-JUS", "201", False), ("DS 004-2019-JUS", "212", True))


@dataclass(frozen=True)
class MaterialError:
    """One error: the part of the act where it stands ("el artículo primero"), what it says, what it must say."""

    where: str
    says: str
    must_say: str


@dataclass(frozen=True)
class LegalBase:
    """The article that lets an act be rectified, as it is cited; `verified` tells whether its number was read."""

    cite: str
    verified: bool

    @property
    def doubt(self) -> str:
        """What a lawyer has to look up, or nothing."""
        return "" if self.verified else "Por verificar: el número del artículo en el texto vigente."


@dataclass(frozen=True)
class ActRef:
    """An act as the other end of a rectification names it; `number_text` is empty in a draft."""

    id: int
    title: str
    number_text: str
    dated: date
    state: State

    @property
    def signed(self) -> bool:
        return is_signed(self.state)


@dataclass(frozen=True)
class Rectifications:
    """Both ways of the chain of one act: what it rectifies (with which errors), and what rectifies it."""

    rectifies: ActRef | None = None
    errors: tuple[MaterialError, ...] = ()
    rectified_by: tuple[ActRef, ...] = ()


@dataclass(frozen=True)
class PrintedPlace:
    """A part of the signed act and the words that it printed there."""

    name: str
    text: str


def is_signed(state: State) -> bool:
    """Whether the act has its author's signature; what comes after (notified…) keeps it."""
    return state not in (State.DRAFT, State.FROZEN, State.SIGNING)


def check_can_rectify(act: Resolucion) -> None:
    """Only a signed act is rectified; one that is not yet goes back to its draft."""
    if not is_signed(act.state):
        raise RuleError(
            "rectify_unsigned",
            f"{act.title} está {act.state.label.lower()} y no se rectifica; no se creó nada. Corrija su borrador, o "
            "anule antes la versión congelada.",
        )


def legal_base(codes: Collection[str]) -> LegalBase:
    """The citation by the codes of the norms in force on the act's date; that of the law itself when none is known."""
    for code, article, verified in _ARTICLES:
        if code in codes:
            decree = code.replace("DS ", "Decreto Supremo N° ")
            return LegalBase(
                f"el artículo {article} del Texto Único Ordenado de la Ley N° 27444, Ley del Procedimiento "
                f"Administrativo General, aprobado por {decree}",
                verified,
            )
    return LegalBase(
        "el artículo 201 de la Ley N° 27444, Ley del Procedimiento Administrativo General", False
    )


def compact(text: str) -> str:
    """Words without blanks or line ends, so that what was printed on several lines compares with what was typed."""
    return "".join(unicodedata.normalize("NFC", text.translate(_HYPHENS)).split())


def plain_words(block: Block) -> str:
    """The prose of a block without blanks, its data left out."""
    return compact("".join(piece.text for piece in pieces_of(block.text)))


def printed_places(
    blocks: Sequence[tuple[BlockKind, str]], printed: str, style: str = ArticleStyle.WORDS
) -> tuple[PrintedPlace, ...]:
    """The parts of an act whose text stands in what it printed, then all of it: annex, tables and head included.

    A part whose data changed since is not offered: only what the paper says can be rectified. `style` is the mask of
    the heads of its articles.
    """
    counts = dict.fromkeys(BlockKind, 0)
    known = compact(printed)
    places = []
    for kind, text in blocks:
        counts[kind] += 1
        if compact(text) and compact(text) in known:
            places.append(PrintedPlace(_place_name(kind, counts[kind], style), text))
    return (*places, PrintedPlace("otra parte del acto", printed))


def check_errors(act: Resolucion, errors: Sequence[MaterialError], printed: str) -> tuple[MaterialError, ...]:
    """The errors as they will be kept; RuleError unless each says literally what the signed act printed."""
    if not errors:
        raise RuleError(
            "errors_missing", "Falta qué se rectifica; no se guardó. Agregue lo que dice y lo que debe decir."
        )
    if len(errors) > MAX_ERRORS:
        raise RuleError(
            "too_many_errors",
            f"Una rectificación lleva hasta {MAX_ERRORS} errores; no se guardó. Si son más, revise si corresponde "
            "otro acto.",
        )
    kept = tuple(dict.fromkeys(_clean(error) for error in errors))
    known = compact(printed)
    for error in kept:
        if compact(error.says) == compact(error.must_say):
            raise RuleError(
                "nothing_to_rectify",
                f"«{_short(error.says)}» ya dice lo que debe decir; no se guardó. Corrija uno de los dos textos.",
            )
        if compact(error.says) not in known:
            raise RuleError(
                "not_printed",
                f"«{_short(error.says)}» no está en lo que imprimió {act.title}; no se guardó. Cópielo tal como "
                "figura en su página.",
            )
    return kept


def rectification_problems(
    act: Resolucion, rectified: Resolucion, errors: Sequence[MaterialError]
) -> list[Problem]:
    """What stops the freeze of a rectifying act: its date, or articles that no longer say the errors on record."""
    found = []
    if act.dated < rectified.dated:
        found.append(
            Problem(
                "rectified_later",
                f"La fecha del acto ({format_date(act.dated)}) es anterior a la del que rectifica "
                f"({format_date(rectified.dated)}); corríjala.",
            )
        )
    articles = [(n, plain_words(b)) for n, b in enumerate(act.blocks) if b.kind is BlockKind.ARTICLE]
    first = articles[0][0] if articles else None
    if not any(compact(rectified.number_text) in text for _, text in articles):
        found.append(
            Problem(
                "rectified_unnamed",
                f"Ningún artículo nombra el acto que se rectifica, N° {rectified.number_text}; escríbalo.",
                first,
            )
        )
    for error in errors:
        said = (compact(f"«{error.says}»"), compact(f"«{error.must_say}»"))
        if not any(all(part in text for part in said) for _, text in articles):
            found.append(
                Problem(
                    "rectification_differs",
                    f"Ningún artículo dice que «{_short(error.says)}» debe decir «{_short(error.must_say)}»; "
                    "escríbalo, o cambie los errores que se rectifican.",
                    first,
                )
            )
    return found


def chain_words(links: Rectifications) -> list[tuple[int, str]]:
    """(id of the other act, what its link says) for the head of a record, what it rectifies first."""
    words = []
    if links.rectifies is not None:
        words.append((links.rectifies.id, f"Rectifica la N° {links.rectifies.number_text}"))
    for other in links.rectified_by:
        if other.signed:
            text = f"Rectificada por la N° {other.number_text}, del {format_date(other.dated)}"
        elif other.number_text:
            text = f"Rectificación en curso: N° {other.number_text}, {other.state.label.lower()}"
        else:
            text = "Rectificación en borrador"
        words.append((other.id, text))
    return words


def chain_mark(links: Rectifications) -> str:
    """One word before the matter of an act that another one rectifies, where a list has no room for more."""
    if any(other.signed for other in links.rectified_by):
        return "Rectificada"
    return "En rectificación" if links.rectified_by else ""


def chain_label(links: Rectifications) -> str:
    """The same for a list and the search: `Rectificada por la N° 112-2024-GM/MPT`, `En rectificación`."""
    parts = []
    if links.rectifies is not None:
        parts.append(f"Rectifica la N° {links.rectifies.number_text}")
    signed = [f"la N° {other.number_text}" for other in links.rectified_by if other.signed]
    if signed:
        parts.append(f"Rectificada por {', '.join(signed)}")
    elif links.rectified_by:
        parts.append("En rectificación")
    return "; ".join(parts)


def _clean(error: MaterialError) -> MaterialError:
    return MaterialError(
        clean_text(error.where, what="la parte del acto con el error", limit=MAX_WHERE, required=True, one_line=True),
        clean_text(error.says, what="lo que dice el acto", limit=MAX_SAID, required=True, one_line=True),
        clean_text(error.must_say, what="lo que debe decir", limit=MAX_SAID, required=True, one_line=True),
    )  # fmt: skip


def _place_name(kind: BlockKind, number: int, style: str) -> str:
    """As the act itself counts: `el artículo tercero` where it prints TERCERO, `el artículo 3` otherwise."""
    told = ordinal_word(number).lower() if "{ordinal}" in style.lower() else str(number)
    return {
        BlockKind.VISTOS: "los vistos",
        BlockKind.CONSIDERANDO: f"el considerando {told}",
        BlockKind.ESTANDO: "el párrafo que antecede a la parte resolutiva",
        BlockKind.ARTICLE: f"el artículo {told}",
        BlockKind.CLOSING: "la fórmula de cierre",
        BlockKind.COPIES: "la relación de copias",
    }[kind]


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
