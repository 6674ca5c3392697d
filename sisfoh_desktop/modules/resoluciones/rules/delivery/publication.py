"""The proof that an act was published: where, when, by whom, and whether the public copy is the archived file."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text
from sisfoh_desktop.modules.expedientes.rules import Attachment

MAX_URL = 500


@dataclass(frozen=True)
class PublicationEntry:
    """What the clerk types; `unit_id` is the unit that published."""

    url: str
    published_on: date
    published_by: str
    unit_id: int
    note: str = ""


@dataclass(frozen=True)
class Publication:
    """A publication with the file as it was downloaded and the capture of the page, both kept by hash.

    `same` says whether the public file is, byte for byte, one that this office archived of the act.
    """

    id: int
    resolucion_id: int
    entry: PublicationEntry
    unit: str
    file: Attachment
    capture: Attachment
    same: bool
    archived_sha256: str
    paper_id: int | None = None
    version: int = 1

    @property
    def comparison(self) -> str:
        """What was compared and found, and no more."""
        if self.same:
            return "El archivo publicado es idéntico al archivado: tiene la misma huella."
        return "El archivo publicado no es idéntico al archivado: su huella es otra."


def archived_label(*, ink: bool, scanned: bool) -> str:
    """What the archived hash is of: never a signed file where somebody signed a print in ink.

    `scanned` tells that it is that of the scanned original.
    """
    if scanned:
        return "Huella del original escaneado (firmado en tinta)"
    return "Huella del archivo congelado (firmado en tinta)" if ink else "Huella del archivo firmado"


def clean_publication(entry: PublicationEntry, *, issued: date, today: date) -> PublicationEntry:
    """The entry as it will be kept; RuleError `url_invalid`, `published_date` and as in `clean_name`."""
    if entry.published_on > today:
        raise RuleError(
            "published_date",
            f"El {format_date(entry.published_on)} todavía no llega; no se registró. Corrija la fecha.",
        )
    if entry.published_on < issued:
        raise RuleError(
            "published_date",
            f"La resolución es del {format_date(issued)} y no pudo publicarse antes; no se registró. Corrija la fecha.",
        )
    return replace(
        entry,
        url=_clean_url(entry.url),
        published_by=clean_name(entry.published_by, what="el nombre de quien publicó", limit=200),
        note=clean_text(entry.note, what="la nota", limit=1_000),
    )


def _clean_url(typed: str) -> str:
    kept = clean_name(typed, what="la dirección de la publicación", limit=MAX_URL)
    url = kept if "://" in kept else "https://" + kept
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme not in ("http", "https") or "." not in host or " " in url:
        raise RuleError(
            "url_invalid",
            "La dirección de la publicación no es la de una página web; no se registró. Cópiela del navegador, "
            "por ejemplo https://www.munitacna.gob.pe/resoluciones/091.pdf.",
        )
    return url
