"""What an act says in words, part by part, so that two versions of it can be laid side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.modules.resoluciones.rules.checks import Signer
from sisfoh_desktop.modules.resoluciones.rules.chips import readable
from sisfoh_desktop.modules.resoluciones.rules.comparing import Part
from sisfoh_desktop.modules.resoluciones.rules.editing import block_names
from sisfoh_desktop.modules.resoluciones.rules.facts import Resolucion

HEAD_PART = "encabezado"
SIGNERS_PART = "firmantes"


@dataclass(frozen=True)
class ActVersion:
    """What an act said in one round; `frozen_at` is None for the draft as it stands now."""

    draft_round: int
    frozen_at: datetime | None
    number_text: str
    parts: tuple[Part, ...]

    @property
    def label(self) -> str:
        """`Versión 1, congelada con el número 091-2024-GM/MPT`, or `Versión 2, borrador actual`."""
        if self.frozen_at is None:
            return f"Versión {self.draft_round}, como está ahora"
        return f"Versión {self.draft_round}, congelada con el número {self.number_text}"


def act_parts(
    resolucion: Resolucion, values: Mapping[str, str], signers: Sequence[Signer]
) -> tuple[Part, ...]:
    """Heading, blocks and round in words; the number is not among them, since each freeze takes another."""
    head = f"{resolucion.headings.act_name}, {long_date(resolucion.dated)}"
    if resolucion.with_annex:
        head += ", con Anexo N° 01"
    names = block_names(resolucion.blocks, resolucion.headings.style)
    blocks = [
        Part(block.kind, name, readable(block.text, values))
        for block, name in zip(resolucion.blocks, names, strict=True)
    ]
    told = "\n".join(
        f"{order}. {signer.name or 'sin titular registrado'}, {signer.position or signer.unit}"
        for order, signer in enumerate(signers, start=1)
    )
    return (Part(HEAD_PART, "Encabezado", head), *blocks, Part(SIGNERS_PART, "Firmantes", told))
