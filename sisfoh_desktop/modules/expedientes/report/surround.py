"""What the papers of an expediente share: letterhead, legend, marks, and how the file itself is named."""

from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat
from sisfoh_desktop.modules.expedientes.rules import Expediente, Party


@dataclass(frozen=True)
class Surround:
    """What stands around each paper, as of the day `on` on which it is printed."""

    letterhead: Letterhead
    on: date
    legend: str = ""
    watermark: str = ""

    def paper_format(self, name: str, expediente: Expediente) -> PaperFormat:
        """The page of the paper called `name` ("Hoja de ruta")."""
        return PaperFormat(
            letterhead=self.letterhead,
            title=f"{name}: {expediente.title}",
            author=self.letterhead.entity,
            foot_number=f"{name} al {format_date(self.on)}",
            version_code=code_of(expediente),
            legend=self.legend,
            watermark=self.watermark,
            continuation_head=f"{name}\n{code_of(expediente)}",
        )


def code_of(expediente: Expediente) -> str:
    """`Expediente 12-2024`, by its code or registry; else by its order here."""
    number = expediente.code or expediente.registry
    return f"Expediente {number}" if number else f"Expediente {expediente.id} (sin código)"


def party_text(party: Party) -> str:
    """Siglas and name of who sends or receives, the person under them."""
    name = f"{party.siglas} – {party.name}" if party.siglas and party.name else party.label
    return f"{name}\n{party.person}" if party.person and party.person != name else name


def cut(text: str, limit: int) -> str:
    """The text on one line, cut to so many characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
