"""The act as it is printed: every chip replaced, articles with their heads, tables and rows of detail in place."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sisfoh_desktop.modules.expedientes.rules import Detail, Document
from sisfoh_desktop.modules.papers.rules import SignerRole
from sisfoh_desktop.modules.resoluciones.rules.checks import Signer, verb_and_rest
from sisfoh_desktop.modules.resoluciones.rules.chips import chip_label, chips_of, missing_chips, render
from sisfoh_desktop.modules.resoluciones.rules.facts import (
    TABLE_CHAIN,
    TABLE_DETAILS,
    Block,
    BlockKind,
    Headings,
    Resolucion,
    article_head,
)
from sisfoh_desktop.modules.resoluciones.rules.values import ChainTable


@dataclass(frozen=True)
class PrintedBlock:
    """A block ready for paper; `head` and `verb` are printed in bold before the first paragraph."""

    kind: BlockKind
    paragraphs: tuple[str, ...]
    head: str = ""
    verb: str = ""
    tables: tuple[ChainTable, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class PrintedAct:
    """All that the paper says; `number` is blank on a draft, `version_code` tells one version from another."""

    headings: Headings
    number: str
    place: str
    dated: date
    blocks: tuple[PrintedBlock, ...]
    signers: tuple[Signer, ...]
    version_code: str

    @property
    def author(self) -> Signer | None:
        return next((signer for signer in self.signers if signer.role is SignerRole.AUTHOR), None)

    def paragraphs(self, kind: BlockKind) -> tuple[str, ...]:
        return tuple(text for block in self.blocks if block.kind is kind for text in block.paragraphs)


def printed_act(
    resolucion: Resolucion,
    values: Mapping[str, str],
    *,
    place: str,
    tables: Sequence[ChainTable],
    documents: Sequence[Document],
    signers: Sequence[Signer],
    lenient: bool = False,
) -> PrintedAct:
    """The act for paper. With `lenient` (preview) a datum that is not there prints as `[falta …]`.

    RuleError `chip_unknown` otherwise.
    """
    known = dict(values)
    if lenient:
        for key in missing_chips((block.text for block in resolucion.blocks), values):
            known[key] = f"[falta {chip_label(key)}]"
    details = {document.id: document.entry.details for document in documents}
    blocks: list[PrintedBlock] = []
    articles = 0
    for block in resolucion.blocks:
        first, *others = render(block.text, known).split("\n")
        head = verb = ""
        if block.kind is BlockKind.ARTICLE:
            articles += 1
            head = article_head(articles, resolucion.headings.style)
            verb, first = verb_and_rest(first)
        blocks.append(
            PrintedBlock(
                block.kind,
                (first, *others),
                head,
                verb,
                tuple(tables) if block.table == TABLE_CHAIN else (),
                details.get(block.document_id or 0, ()) if block.table == TABLE_DETAILS else (),
            )
        )
    code = _version_code(resolucion.draft_round, blocks, signers)
    return PrintedAct(
        replace(resolucion.headings, vistos=vistos_heading(resolucion.headings, resolucion.blocks)),
        known["resolucion.number"],
        place,
        resolucion.dated,
        tuple(blocks),
        tuple(signers),
        code,
    )


def vistos_heading(headings: Headings, blocks: Sequence[Block]) -> str:
    """`VISTO:` where one document is cited and the office writes so, `VISTOS:` for several."""
    texts = [block.text for block in blocks if block.kind is BlockKind.VISTOS]
    cited = [key for text in texts for key in chips_of(text) if key.endswith(".vistos")]
    return headings.vistos_one if headings.vistos_one and len(cited) == 1 else headings.vistos


def _version_code(draft_round: int, blocks: Sequence[PrintedBlock], signers: Sequence[Signer]) -> str:
    """`V1-3FA9C2`: the round and the first signs of a hash of what is said, the same for the same words."""
    digest = hashlib.sha256(repr((tuple(blocks), tuple(signers))).encode()).hexdigest()
    return f"V{draft_round}-{digest[:6].upper()}"
