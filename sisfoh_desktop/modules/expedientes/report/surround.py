"""What the papers of an expediente share: letterhead, marks, and how the file itself is named.

They bear no side legend: nobody signs them digitally, and a paper never promises what nobody does.
"""

import re
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat
from sisfoh_desktop.modules.expedientes.rules import Expediente, Party

_NUMBER_SIGN = re.compile(r"\b(N\.?[°º]) (?=\S)")


@dataclass(frozen=True)
class Surround:
    """What stands around each paper, as of the day `on` on which it is printed."""

    letterhead: Letterhead
    on: date
    watermark: str = ""

    def paper_format(self, name: str, expediente: Expediente) -> PaperFormat:
        """The page of the paper called `name` ("Hoja de ruta")."""
        return PaperFormat(
            letterhead=self.letterhead,
            title=f"{name}: {expediente.title}",
            author=self.letterhead.entity,
            foot_number=f"{name} al {format_date(self.on)}",
            version_code=code_of(expediente),
            watermark=self.watermark,
            continuation_head=f"{name}\n{code_of(expediente)}",
        )


def code_of(expediente: Expediente) -> str:
    """`Expediente 12-2024`, by its code or registry; else by its order here, `Expediente N° 1`."""
    number = expediente.code or expediente.registry
    return f"Expediente {number}" if number else tied(f"Expediente N° {expediente.id}")


def party_text(party: Party) -> str:
    """Siglas and name of who sends or receives, the person under them."""
    name = f"{party.siglas} – {party.name}" if party.siglas and party.name else party.label
    return f"{name}\n{party.person}" if party.person and party.person != name else name


def tied(text: str) -> str:
    """The text with each `N°` kept on the line of its number."""
    return _NUMBER_SIGN.sub("\\1\u00a0", text)


def cut(text: str, limit: int) -> str:
    """The text on one line, cut to so many characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
