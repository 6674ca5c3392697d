"""What the papers on personal data say, gathered before they are drawn. Plain Python; «Pendiente» where nobody said."""

from dataclasses import dataclass
from datetime import date, datetime

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank

SECURITY_KIND = "security_document"
INCIDENT_KIND = "incident_report"
"""Keys of the papers and of the series that number them."""
PENDING = "Pendiente"

SERIES_TITLES = {SECURITY_KIND: "Documentos de seguridad", INCIDENT_KIND: "Informes de incidentes"}
_MASKS = {SECURITY_KIND: "DS", INCIDENT_KIND: "IS"}


@dataclass(frozen=True)
class CitedNorm:
    """A norm as the office has it registered: `trust` tells how it is known, `from_day` since when it holds."""

    code: str
    title: str
    from_day: date | None = None
    trust: str = ""

    @property
    def words(self) -> str:
        """«Ley 29733, Ley de Protección de Datos Personales»; its code is not cut between two lines."""
        code = self.code.replace(" ", "\u00a0")
        return f"{code}, {self.title}" if self.title else code


@dataclass(frozen=True)
class Norms:
    """The law and its regulation; a regulation that is to come is told as such on a paper before its day."""

    law: CitedNorm
    regulation: CitedNorm

    def early_words(self, day: date) -> str:
        """What a paper dated before the regulation holds must say; "" from that day on."""
        since = self.regulation.from_day
        if since is None or day >= since:
            return ""
        return (
            f"El {self.regulation.code} rige desde el {format_date(since)}; este documento, de fecha anterior, "
            "sigue ya sus artículos."
        )

    def trust_words(self) -> str:
        """How the office knows the texts it cites; "" when it read them."""
        doubtful = [
            f"{one.code}: {one.trust.lower()}"
            for one in (self.law, self.regulation)
            if one.trust not in ("", "Leído")
        ]
        return f"Cómo se conocen las normas citadas: {'; '.join(doubtful)}." if doubtful else ""


Facts = tuple[tuple[str, str], ...]
Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A numbered part: the article that asks for it, facts, a table with its heads, sentences."""

    title: str
    article: str
    facts: Facts = ()
    heads: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    rows: Table = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class SecurityDocument:
    """The security document of a day; `number` "" for a copy for work."""

    bank: DataBank
    sections: tuple[Section, ...]
    norms: Norms
    made_at: datetime
    made_by: str
    place: str = ""
    number: str = ""

    @property
    def dated(self) -> date:
        return self.made_at.astimezone(LIMA).date()


@dataclass(frozen=True)
class IncidentReport:
    """What the ANPD is told of an incident (art. 34.2)."""

    incident: Incident
    bank: DataBank
    entity: str
    norms: Norms
    made_at: datetime
    place: str = ""
    number: str = ""

    @property
    def dated(self) -> date:
        return self.made_at.astimezone(LIMA).date()


def or_pending(text: str) -> str:
    """The text, or «Pendiente»."""
    return text.strip() or PENDING


def series_mask(kind: str, entity_siglas: str, unit_siglas: str) -> str:
    """The mask to propose: `{n:03d}-{year}-DS-ULE/MPT`."""
    parts = ["".join(part.split()) for part in (unit_siglas, entity_siglas)]
    return f"{{n:03d}}-{{year}}-{_MASKS[kind]}-" + ("/".join(part for part in parts if part) or "MUNI")


def place_words(place: str, day: date) -> str:
    """«Tacna, 08 de marzo de 2024»."""
    return f"{place}, {long_date(day)}" if place else long_date(day)


def description_text(bank: DataBank, entity: str, kinds: tuple[str, ...], holders: tuple[str, ...]) -> str:
    """The description of the bank for its registration (arts. 42 to 45), ready to be copied."""
    return "\n".join(f"{label}: {value}" for label, value in description_facts(bank, entity, kinds, holders))


def description_facts(bank: DataBank, entity: str, kinds: tuple[str, ...], holders: tuple[str, ...]) -> Facts:
    """The same by field."""
    return (
        ("Titular del banco de datos", or_pending(entity)),
        ("Denominación del banco", or_pending(bank.name)),
        ("Código de inscripción", or_pending(bank.registration)),
        ("Oficial de datos personales", or_pending(bank.officer_name)),
        ("Contacto del oficial", or_pending(bank.officer_contact)),
        ("Finalidades", or_pending(bank.purposes)),
        ("Clases de datos que guarda el programa", "; ".join(kinds) or PENDING),
        ("Titulares de los datos", "; ".join(holders) or PENDING),
        ("Destinatarios y transferencias", or_pending(bank.recipients)),
        ("Medidas de seguridad de la oficina", or_pending(bank.measures)),
    )
