"""How a resolución tells a document: its citation, who says it, what it says when nothing was written."""

import re
from collections.abc import Mapping, Sequence

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.expedientes.rules.chain import in_chain_order
from sisfoh_desktop.modules.expedientes.rules.facts import Document, DocumentEntry, Opinion

_OPENING = "Que, mediante"
_WORDS = re.compile(r"\w+|\s|[^\w\s]")
_DATUM = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)*)\}")
_FEMININE_HEAD = re.compile(
    "alcaldia|camara|comision|contraloria|defensoria|direccion|division|empresa|gerencia|intendencia|"
    "jefatura|junta|municipalidad|oficialia|oficina|policia|presidencia|procuraduria|secretaria|sub|"
    "subgerencia|superintendencia|unidad|universidad"
)
_DEFAULT_SENTENCES = {
    Opinion.NONE: "informa sobre",
    Opinion.FAVOURABLE: "emite opinión favorable sobre",
    Opinion.CONDITIONAL: "emite opinión favorable con condiciones sobre",
    Opinion.UNFAVOURABLE: "emite opinión desfavorable sobre",
    Opinion.ASKS_MORE: "solicita la ampliación de la opinión sobre",
}


def with_article(name: str) -> str:
    """`la Oficina …`, `el Ministerio …`: the name with its article, by its first word."""
    feminine = _FEMININE_HEAD.fullmatch(without_accents(name.split(" ", 1)[0]))
    return f"{'la' if feminine else 'el'} {name}"


def considerando_citation(entry: DocumentEntry) -> str:
    """How the considerando cites it: as told there, or kind, number and registry."""
    registry = f" con Reg. {entry.registry}" if entry.registry else ""
    return entry.considerando_citation or entry.citation + registry


def vistos_citation(entry: DocumentEntry) -> str:
    """How VISTOS cites it, without issuer and registry."""
    return entry.vistos_citation or entry.citation


def vistos_issuer(entry: DocumentEntry) -> str:
    """Who VISTOS says it comes from, with article; empty when it names nobody."""
    return _sender(entry) if entry.vistos_issuer is None else entry.vistos_issuer


def vistos_registry(entry: DocumentEntry) -> str:
    """The registry number as VISTOS tells it; empty when it tells none."""
    return entry.vistos_registry or ("" if entry.vistos_citation else entry.registry)


def opening(entry: DocumentEntry) -> str:
    return entry.opening or _OPENING


def told_by(entry: DocumentEntry) -> str:
    """Who tells it in the considerando, with article: `la Oficina General de Asesoría Jurídica`."""
    return entry.told_by or _sender(entry)


def says(entry: DocumentEntry) -> tuple[str, ...]:
    """The paragraphs told, or one made of the opinion and the subject while nothing was written."""
    if entry.says:
        return entry.says
    subject = entry.subject.rstrip(".")
    return (f"{_DEFAULT_SENTENCES[entry.opinion]} {subject[:1].lower()}{subject[1:]}.",)


def readable(text: str, values: Mapping[str, str]) -> str:
    """A paragraph for the screen: locked data (`{plan.title}`) with their values, or by their name in «».

    A name without a dot is a datum only where it has a value (`{entity}`): somebody may have typed the braces.
    """
    return _DATUM.sub(
        lambda datum: values.get(datum[1], f"«{datum[1]}»" if "." in datum[1] else datum[0]), text
    )


def written(text: str, before: str, values: Mapping[str, str]) -> str:
    """What `readable` showed of `before`, written in: data whose words still stand are locked again.

    A datum whose own words were changed is the clerk's text from then on.
    """
    from difflib import SequenceMatcher

    shown: list[str] = []
    data: list[tuple[int, int, str]] = []  # where the words of each begin and end in `shown`, and its name
    at = 0
    for datum in _DATUM.finditer(before):
        shown += _WORDS.findall(before[at : datum.start()])
        start, at = len(shown), datum.end()
        shown += _WORDS.findall(readable(datum[0], values))
        data.append((start, len(shown), datum[0]))
    shown += _WORDS.findall(before[at:])
    now = _WORDS.findall(text)
    kept = SequenceMatcher(None, shown, now, autojunk=False).get_matching_blocks()
    for start, end, name in reversed(data):
        for block in kept:
            if block.a <= start < end <= block.a + block.size:
                shift = block.b - block.a
                now[start + shift : end + shift] = [name]
    return "".join(now)


def in_vistos_order(documents: Sequence[Document]) -> list[Document]:
    """The documents of VISTOS: by the order given to them, the others after, the newest first."""
    shown = [document for document in reversed(in_chain_order(documents)) if document.entry.in_vistos]
    return sorted(shown, key=lambda document: document.entry.vistos_order or len(shown) + 10_000)


def _sender(entry: DocumentEntry) -> str:
    return with_article(entry.sender.name) if entry.sender.name else entry.sender.person
