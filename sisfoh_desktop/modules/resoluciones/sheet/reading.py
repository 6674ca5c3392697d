"""What a returned .docx says: its paragraphs by the blocks they were made from, and the comments in its margin.

Tracked changes are read as accepted. Tables, images and foot notes are not read back; `notes` says so. What it
means for the draft is in the rules.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from lxml import etree

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, RemarkBack, ReturnedPart, ReturnedPiece
from sisfoh_desktop.modules.resoluciones.sheet.package import open_docx

FIXED_TAG = "fijo"
HEAD_TAG = "cabeza"
BLOCK_TAG = "bloque-"
MOST_PARAGRAPHS = 6_000
MOST_LETTERS = 1_000_000
MOST_ELEMENTS = 250_000  # of the text: sixty pages that Word cut into runs while it proofed have a tenth
_MOST_REMARKS = 300
_LONGEST_REMARK = 2_000
_GONE = {
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "instrText",
    "txbxContent",
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
}
_STYLES = {
    "vistos": BlockKind.VISTOS,
    "considerando": BlockKind.CONSIDERANDO,
    "estando": BlockKind.ESTANDO,
    "articulo": BlockKind.ARTICLE,
    "cierre": BlockKind.CLOSING,
    "copias": BlockKind.COPIES,
}
_NOTE_TABLE = "Las tablas no se leen de vuelta: salen siempre del plan y del expediente."
_NOTE_IMAGE = "El Word trae imágenes u objetos; no se leen de vuelta."
_NOTE_FOOT = "El Word trae notas al pie; no se leen de vuelta. Escríbalas en el texto si hacen falta."


@dataclass(frozen=True)
class ReturnedDraft:
    """Parts in reading order, remarks, and sentences about what was not read; `stale` when it was exported from
    another text than the present one."""

    parts: tuple[ReturnedPart, ...]
    remarks: tuple[RemarkBack, ...]
    notes: tuple[str, ...]
    stale: bool


@dataclass
class _Walk:
    """What is met on the way through the body."""

    chips: Mapping[str, str]
    origins: Mapping[str, int]
    fixed: Collection[str]
    tables: int
    parts: list[ReturnedPart] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    section: BlockKind | None = None
    stale: bool = False
    paragraphs: int = 0
    letters: int = 0
    met_tables: int = 0


def read_draft(
    data: bytes,
    *,
    chips: Mapping[str, str],
    origins: Mapping[str, int],
    kinds: Mapping[int, BlockKind],
    fixed: Collection[str],
    tables: int,
) -> ReturnedDraft:
    """Read a returned draft. `chips` gives keys by tag, `origins` blocks by tag or by the sum in it, `kinds` theirs;
    `fixed` are the lines that the program writes itself, `tables` how many tables it put in.

    RuleError when the file is not taken (see `package`) or is far longer than an act.
    """
    document, comments = open_docx(data)
    if sum(1 for _ in islice(document.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        raise _too_long()
    walk = _Walk(chips, origins, {_even(line) for line in fixed}, tables)
    for paragraphs, tag in _blocks(document.find("{*}body"), walk):
        _take(walk, paragraphs, tag, kinds)
    if walk.met_tables != tables:
        walk.notes[_NOTE_TABLE] = None
    return ReturnedDraft(tuple(walk.parts), _remarks(document, comments), tuple(walk.notes), stale=walk.stale)


def _blocks(container: Any, walk: _Walk) -> Iterator[tuple[list[Any], str]]:
    """Paragraphs with the tag of the block around them, in reading order; a loose one comes alone with no tag."""
    for child in container:
        name = _name(child)
        if name == "p":
            yield [child], ""
        elif name == "tbl":
            walk.met_tables += 1
        elif name == "sdt":
            tag, content = _tag(child), child.find("{*}sdtContent")
            if content is None or tag == FIXED_TAG:
                continue
            if tag.startswith(BLOCK_TAG):
                inner = [p for paragraphs, _tag_inside in _blocks(content, walk) for p in paragraphs]
                yield inner, tag
            else:
                yield from _blocks(content, walk)
        elif name not in _GONE and name not in ("sectPr", "altChunk"):
            yield from _blocks(child, walk)


def _take(walk: _Walk, paragraphs: list[Any], tag: str, kinds: Mapping[int, BlockKind]) -> None:
    lines = _lines(walk, paragraphs)
    if not tag:
        for paragraph in paragraphs:
            if _is_fixed(walk, paragraph, lines):
                return
        kind = _kind_of_style(paragraphs[0]) or walk.section
        walk.parts += [ReturnedPart(kind, (line,)) for line in lines if _said(line).strip()]
        return
    origin = walk.origins.get(tag, walk.origins.get(tag.rpartition("-")[2]))
    if origin is None:
        walk.stale = True
        kind = _kind_of_style(paragraphs[0]) if paragraphs else None
        walk.parts += [ReturnedPart(kind or walk.section, (line,)) for line in lines if _said(line).strip()]
        return
    walk.section = kinds[origin]
    walk.parts.append(ReturnedPart(kinds[origin], tuple(lines), origin))


def _is_fixed(walk: _Walk, paragraph: Any, lines: list[tuple[ReturnedPiece, ...]]) -> bool:
    """Whether the program wrote this line itself, by its words or by its style; one that was changed is told."""
    said = " ".join(_said(line) for line in lines).strip()
    if _even(said) in walk.fixed:
        return True
    if "fijo" not in _style(paragraph):
        return False
    if said:
        walk.notes[
            f"Cambió una línea fija («{said[:60]}»): los rótulos y los datos del acto se cambian en el programa."
        ] = None
    return True


def _lines(walk: _Walk, paragraphs: list[Any]) -> list[tuple[ReturnedPiece, ...]]:
    """The lines of some paragraphs; one whose end was deleted goes on in the next."""
    lines: list[tuple[ReturnedPiece, ...]] = []
    held: list[ReturnedPiece] = []
    for paragraph in paragraphs:
        walk.paragraphs += 1
        pieces = [*held, *_pieces(paragraph, walk)]
        if paragraph.find("{*}pPr/{*}rPr/{*}del") is not None and paragraph is not paragraphs[-1]:
            held = pieces
            continue
        held = []
        lines += _split(pieces)
    walk.paragraphs += max(0, len(lines) - len(paragraphs))  # a line break begins a line as a paragraph does
    walk.letters += sum(len(piece.text) for line in lines for piece in line)
    if walk.paragraphs > MOST_PARAGRAPHS or walk.letters > MOST_LETTERS:
        raise _too_long()
    return lines


def _too_long() -> RuleError:
    return RuleError(
        "docx_too_long",
        "El Word es mucho más largo que una resolución y no se leyó; no se cambió nada. Revise que sea el proyecto "
        "que se exportó desde aquí.",
    )


def _pieces(node: Any, walk: _Walk) -> list[ReturnedPiece]:
    """Text and boxes inside a paragraph, neighbouring text joined."""
    found: list[ReturnedPiece] = []
    for child in node:
        name = _name(child)
        if name == "sdt":
            tag, content = _tag(child), child.find("{*}sdtContent")
            inside = _pieces(content, walk) if content is not None and tag != HEAD_TAG else []
            key = walk.chips.get(tag)
            found += [ReturnedPiece(_said(inside), key)] if key and content is not None else inside
        elif name == "t":
            found.append(ReturnedPiece(child.text or ""))
        elif name in ("tab", "ptab"):
            found.append(ReturnedPiece(" "))
        elif name in ("br", "cr"):
            found.append(ReturnedPiece("\n"))
        elif name == "noBreakHyphen":
            found.append(ReturnedPiece("-"))
        elif name in ("drawing", "pict", "object"):
            walk.notes[_NOTE_IMAGE] = None
        elif name in ("footnoteReference", "endnoteReference"):
            walk.notes[_NOTE_FOOT] = None
        elif name not in _GONE and name != "AlternateContent":
            found += _pieces(child, walk)
    joined: list[ReturnedPiece] = []
    for boxed, pieces in groupby(found, key=lambda piece: bool(piece.key)):
        group = list(pieces)
        joined += group if boxed else [ReturnedPiece("".join(piece.text for piece in group))]
    return joined


def _split(pieces: list[ReturnedPiece]) -> list[tuple[ReturnedPiece, ...]]:
    """A paragraph with line breaks as the lines that it shows."""
    lines: list[list[ReturnedPiece]] = [[]]
    for piece in pieces:
        first, *others = [piece.text] if piece.key else piece.text.split("\n")
        lines[-1].append(ReturnedPiece(first, piece.key))
        lines += [[ReturnedPiece(text)] for text in others]
    return [tuple(piece for piece in line if piece.text or piece.key) for line in lines]


def _remarks(document: Any, comments: Any | None) -> tuple[RemarkBack, ...]:
    """The comments in the margin with the words they stand by."""
    if comments is None:
        return ()
    about = _commented(document)
    found = []
    for comment in comments:
        if _name(comment) != "comment":
            continue
        lines = ["".join(t.text or "" for t in p.iter("{*}t")) for p in comment.iter("{*}p")]
        text = "\n".join(line for line in lines if line.strip())
        number = _value(comment, "id")
        found.append(
            RemarkBack(_value(comment, "author")[:120], text[:_LONGEST_REMARK], about.get(number, "")[:200])
        )
    return tuple(found[:_MOST_REMARKS])


def _commented(document: Any) -> dict[str, str]:
    open_now: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for element in document.iter("{*}commentRangeStart", "{*}commentRangeEnd", "{*}t"):
        name = _name(element)
        if name == "commentRangeStart" and len(open_now) < _MOST_REMARKS:
            open_now[_value(element, "id")] = []
        elif name == "commentRangeEnd":
            found[_value(element, "id")] = "".join(open_now.pop(_value(element, "id"), []))
        elif name == "t":
            for words in open_now.values():
                if len(words) < _MOST_REMARKS:
                    words.append(element.text or "")
    return found


def _kind_of_style(paragraph: Any) -> BlockKind | None:
    style = _style(paragraph)
    return next(
        (kind for word, kind in _STYLES.items() if style.startswith("sisfoh") and word in style), None
    )


def _style(paragraph: Any) -> str:
    element = paragraph.find("{*}pPr/{*}pStyle")
    spread = unicodedata.normalize("NFD", _value(element, "val")) if element is not None else ""
    return re.sub(r"[^a-z]", "", spread.casefold())


def _tag(sdt: Any) -> str:
    element = sdt.find("{*}sdtPr/{*}tag")
    return _value(element, "val") if element is not None else ""


def _value(element: Any, name: str) -> str:
    """An attribute by its bare name, whatever dialect of the format it is in."""
    return next(
        (str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), ""
    )


def _name(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _said(pieces: Collection[ReturnedPiece]) -> str:
    return "".join(piece.text for piece in pieces)


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()
