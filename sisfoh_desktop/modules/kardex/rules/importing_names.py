"""Whom and what the words of a file mean: types of forms, holders, kinds of movement, conditions; never by guessing.

What is not found comes back with the nearest names as candidates, for the person to choose.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.importing import Finding

_NO_WORD = re.compile(r"[^a-z0-9]+")
_DNI = re.compile(r"(?<!\d)\d{8}(?!\d)")
_MOST_CANDIDATES = 3
_NEAR = 0.6
_CLOSE = 0.8  # of two names as a whole
_LIKE = 0.75  # of two words

_KINDS: Mapping[MovementKind, tuple[str, ...]] = {
    MovementKind.RECEPTION: ("recepcion", "ingreso", "entrada", "recibido", "recibidas", "saldo inicial"),
    MovementKind.HAND_OUT: (
        "distribucion", "entrega", "salida", "asignacion", "entregado", "entregadas", "entrega a empadronador",
    ),
    MovementKind.TRANSFER: ("transferencia", "traspaso", "traslado"),
    MovementKind.RETURN: ("devolucion", "retorno", "devuelto", "devueltas", "reingreso"),
    MovementKind.USE: ("uso", "usado", "usada", "usadas", "utilizado", "aplicado", "aplicadas", "aplicacion"),
    MovementKind.ANNULMENT: ("anulacion", "anulado", "anulada", "anuladas"),
    MovementKind.LOSS: ("extravio", "extraviado", "extraviada", "perdida", "perdido"),
    MovementKind.DAMAGE: ("deterioro", "deteriorado", "deteriorada", "malogrado", "danado"),
    MovementKind.TO_DATA_ENTRY: ("entrega a digitacion", "digitacion", "a digitacion", "entrega a digitador"),
    MovementKind.TO_QUALITY: ("entrega a calidad", "calidad", "control de calidad", "a calidad"),
    MovementKind.ARCHIVING: ("archivo", "archivado", "archivamiento", "al archivo"),
    MovementKind.WRITE_OFF: ("baja", "de baja", "dado de baja"),
    MovementKind.ADJUSTMENT: ("ajuste", "ajuste de inventario"),
    MovementKind.REVERSAL: ("reversion", "extorno"),
}  # fmt: skip
_CONDITIONS: Mapping[Condition, tuple[str, ...]] = {
    Condition.BLANK: ("en blanco", "blanco", "sin usar", "disponible", "nuevo", "nueva", "en poder", "en almacen"),
    Condition.USED: ("usada", "usado", "utilizada", "utilizado", "aplicada", "aplicado", "llenada", "digitada"),
    Condition.ANNULLED: ("anulada", "anulado"),
    Condition.LOST: ("extraviada", "extraviado", "perdida", "perdido"),
    Condition.DAMAGED: ("deteriorada", "deteriorado", "malograda", "malogrado", "danada", "danado"),
    Condition.WRITTEN_OFF: ("de baja", "baja", "dada de baja", "dado de baja"),
}  # fmt: skip

_NOT_IMPORTED = (MovementKind.ADJUSTMENT, MovementKind.REVERSAL)


def plain_words(text: str) -> str:
    """Small letters without accents or signs, blanks single: how names are compared."""
    return _NO_WORD.sub(" ", without_accents(text)).strip()


def _by_word(
    words: "Mapping[MovementKind, tuple[str, ...]] | Mapping[Condition, tuple[str, ...]]",
) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, synonyms in words.items():
        for word in (*synonyms, plain_words(meaning.label)):
            found.setdefault(word, meaning.value)
            found.setdefault(f"{word}s", meaning.value)
    return found


_KIND_OF, _CONDITION_OF = _by_word(_KINDS), _by_word(_CONDITIONS)


class NotFound(Exception):
    """A word that means nothing here, or more than one thing; `finding` lacks its row."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


def kind_named(text: str) -> MovementKind:
    """The kind of movement; NotFound `movement_missing`, `movement_unknown`, `movement_not_imported`."""
    if not text:
        raise _missing("movement_missing", "Falta decir qué movimiento es", "kind")
    words = plain_words(text)
    value = _KIND_OF.get(words)
    if value is None:
        near = _nearest(words, {word: kind for word, kind in _KIND_OF.items() if kind not in _NOT_IMPORTED})
        raise _unknown("movement_unknown", f"«{text}» no es un movimiento del kardex", text, "kind", (
            MovementKind(_KIND_OF[word]).label for word in near
        ))  # fmt: skip
    kind = MovementKind(value)
    if kind in _NOT_IMPORTED:
        raise NotFound(
            Finding(
                0,
                "movement_not_imported",
                f"«{kind.label}» no se importa: se registra en el programa, donde se aprueba o se ve lo que revierte.",
                found=text,
                field="kind",
            )
        )
    return kind


def condition_named(text: str) -> Condition:
    """The condition of an opening stock; NotFound `condition_missing` or `condition_unknown`."""
    if not text:
        raise _missing("condition_missing", "Falta decir en qué condición están", "condition")
    words = plain_words(text)
    value = _CONDITION_OF.get(words)
    if value is None:
        near = _nearest(words, _CONDITION_OF)
        raise _unknown("condition_unknown", f"«{text}» no es una condición de los formularios", text, "condition", (
            Condition(_CONDITION_OF[word]).label for word in near
        ))  # fmt: skip
    return Condition(value)


class Names:
    """The types and holders of a campaign, found by what people write."""

    def __init__(self, types: Sequence[FormType], holders: Sequence[Holder]) -> None:
        self.types = tuple(types)
        self.holders = tuple(holders)
        self.type_by_id = {one.id: one for one in types}
        self.holder_by_id = {one.id: one for one in holders}
        self._types: defaultdict[str, list[FormType]] = defaultdict(list)
        for one in types:
            for word in {_packed(one.code), _packed(one.title)} - {""}:
                self._types[word].append(one)
        self._names: defaultdict[str, list[Holder]] = defaultdict(list)
        self._turned: defaultdict[tuple[str, ...], list[Holder]] = defaultdict(list)
        self._dnis: defaultdict[str, list[Holder]] = defaultdict(list)
        self._places: defaultdict[str, list[Holder]] = defaultdict(list)
        for holder in holders:
            words = plain_words(holder.name)
            self._names[words].append(holder)
            self._turned[tuple(sorted(words.split()))].append(holder)
            if holder.dni:
                self._dnis[holder.dni].append(holder)
            self._places[plain_words(holder.kind.label)].append(holder)
        self._unknown: dict[str, tuple[str, ...]] = {}

    def form_type(self, text: str, first: str = "") -> FormType:
        """The type of a code or title; its printed prefix decides between two of the same code.

        NotFound `form_type_missing`, `form_type_unknown`, `form_type_ambiguous`.
        """
        if not text:
            raise _missing("form_type_missing", "Falta decir de qué formulario es", "form_type")
        found = self._types.get(_packed(text), [])
        if len(found) > 1 and first:
            with_prefix = [
                one for one in found if one.prefix and _packed(first).startswith(_packed(one.prefix))
            ]
            found = with_prefix or [one for one in found if not one.prefix]
        if len(found) == 1:
            return found[0]
        codes = {one.code for one in self.types}
        if not found:
            packed = {_packed(code): code for code in sorted(codes)}
            near = difflib.get_close_matches(_packed(text), packed, _MOST_CANDIDATES, 0.4)
            raise _unknown("form_type_unknown", f"«{text}» no es un formulario de esta campaña", text, "form_type", (
                packed[one] for one in near
            ))  # fmt: skip
        raise _unknown("form_type_ambiguous", f"Hay más de un formulario «{text}»", text, "form_type", (
            f"{one.code} {one.prefix}".strip() for one in found
        ))  # fmt: skip

    def holder(self, text: str, day: date | None, field: str) -> Holder:
        """The holder of a name (in any order of its words), a DNI or the only place of a kind.

        Of several the one in force that day, if there is only one. NotFound `holder_unknown`, `holder_ambiguous`.
        """
        words = plain_words(text)
        dni = _DNI.search(text)
        found = (
            (self._dnis.get(dni[0], []) if dni else [])
            or (self._dnis.get(words.zfill(8), []) if words.isdigit() and 6 <= len(words) < 8 else [])
            or self._names.get(words, [])
            or self._turned.get(tuple(sorted(words.split())), [])
            or self._places.get(words, [])
        )
        if len(found) > 1 and day is not None:
            found = [one for one in found if one.in_force(day)] or found
        if len(found) == 1:
            return found[0]
        if found:
            names = (f"{one.name} ({one.kind.label.lower()})" for one in found)
            raise _unknown("holder_ambiguous", f"«{text}» puede ser más de uno", text, field, names)
        raise _unknown(
            "holder_unknown", f"«{text}» no está en el registro del kardex", text, field, self._near(words)
        )

    def only_of(self, kind: HolderKind, day: date | None) -> Holder | None:
        """The only holder of a kind in force that day; None where there is none or more than one."""
        found = [one for one in self.holders if one.kind is kind and (day is None or one.in_force(day))]
        return found[0] if len(found) == 1 else None

    def _near(self, words: str) -> tuple[str, ...]:
        if words not in self._unknown:
            asked = words.split()
            close = ((_closeness(asked, known.split()), known) for known in self._names)
            near = sorted((one for one in close if one[0] >= _CLOSE), key=lambda one: (-one[0], one[1]))
            self._unknown[words] = tuple(self._names[known][0].name for _, known in near[:_MOST_CANDIDATES])
        return self._unknown[words]


def _closeness(asked: Sequence[str], known: Sequence[str]) -> float:
    """How close two names are as a whole, 0 to 1: each word beside the likest one left of the other, in any order.

    0 where fewer than two words are alike: a surname in common is no likeness. A name that leaves words out, as people
    write them, is close to the whole one.
    """
    short, long = sorted((list(asked), list(known)), key=len)
    left = list(long)
    found: list[float] = []
    for word in short:
        if not left:
            break
        ratio, likest = max((_likeness(word, other), other) for other in left)
        left.remove(likest)
        found.append(ratio)
    if sum(ratio >= _LIKE for ratio in found) < min(2, len(long)):
        return 0.0
    return sum(found) / len(short)


def _likeness(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()


def _packed(text: str) -> str:
    return plain_words(text).replace(" ", "")


def _nearest(words: str, known: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for word in difflib.get_close_matches(words, known, 6, _NEAR):
        if known[word] not in [known[one] for one in found]:
            found.append(word)
    return found[:_MOST_CANDIDATES]


def _missing(rule: str, sentence: str, field: str) -> NotFound:
    return NotFound(Finding(0, rule, f"{sentence}; complete la celda.", field=field))


def _unknown(rule: str, sentence: str, found: str, field: str, candidates: Iterable[str]) -> NotFound:
    names = tuple(candidates)
    advice = f"; ¿quiso decir {' o '.join(names)}?" if names else "; corríjalo o regístrelo antes."
    return NotFound(Finding(0, rule, f"{sentence}{advice}", found=found, candidates=names, field=field))
