"""Numbers of office documents: read from one typed field, and made from a mask.

Reserving and counting them is the task of `papers`. Form serials are another matter.
"""

import re
import unicodedata
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import RuleError

_LONGEST = 80
# N°, Nº, N.°, Nro., No. and #: all seen before a number in one and the same resolución.
_NUMBER_SIGN = re.compile(
    r"\A(?:N\s*\.?\s*[°ºo]\.?|Nro\.?|Num\.?|Núm\.?|#)\s*(?=[A-Z]{0,3}[0-9])", re.IGNORECASE
)
_SHAPE = re.compile(
    r"\A(?P<prefix>[A-Z]{0,3})(?P<number>[0-9]{1,10})"
    r"\s*[-–/]\s*(?P<year>(?:19|20)[0-9]{2})"
    r"(?:\s*[-–/]\s*|\s+|\Z)(?P<siglas>.*)\Z"
)
_SIGLAS = re.compile(r"\A[^\W_](?:[\w.&]|[-/ ](?=[^\W_]))*\Z")
_MASK_FIELD = re.compile(r"\{n(?::0([1-9])d)?\}|\{year\}")


@dataclass(frozen=True)
class DocumentNumber:
    """`237-2024-OGAJ/MPT` in its parts; `number` is text because its zeros are part of it."""

    prefix: str
    number: str
    year: int
    siglas: str
    text: str

    @property
    def canonical(self) -> str:
        """The uniform spelling, `237-2024-OGAJ/MPT`, however it was typed; zeros are kept."""
        tail = f"-{self.siglas}" if self.siglas else ""
        return f"{self.prefix}{self.number}-{self.year}{tail}"

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Equal for two spellings of one document: zeros, capitals and separators do not tell them apart."""
        letters = re.sub(r"[-/ .]+", "-", self.siglas).casefold()
        return (self.prefix, int(self.number), self.year, letters)


def parse_document_number(text: str) -> DocumentNumber:
    """Read `237-2024-OGAJ/MPT`, `Nº 091 - 2024 GM/MPT`, `D00002-2024-MIDIS-DGFIS` and their like.

    RuleError `document_number_missing` or `document_number_invalid`; a year of four digits is required.
    """
    typed = " ".join(unicodedata.normalize("NFC", text).split())
    if not typed:
        raise RuleError(
            "document_number_missing", "Falta el número del documento, por ejemplo 237-2024-OGAJ/MPT."
        )
    bare = _NUMBER_SIGN.sub("", typed, count=1)
    shape = _SHAPE.match(bare[:1].upper() + bare[1:]) if len(typed) <= _LONGEST else None
    siglas = re.sub(r"\s*([-–/])\s*", r"\1", shape["siglas"]).replace("–", "-").strip() if shape else ""
    if shape is None or (siglas and not _SIGLAS.match(siglas)):
        shown = typed if len(typed) <= _LONGEST else typed[: _LONGEST - 1] + "…"
        raise RuleError(
            "document_number_invalid",
            f"«{shown}» no se entiende como número de documento: escriba número, año de cuatro cifras y siglas, "
            "por ejemplo 237-2024-OGAJ/MPT.",
        )
    return DocumentNumber(shape["prefix"], shape["number"], int(shape["year"]), siglas, typed)


@dataclass(frozen=True)
class NumberMask:
    """How a series writes its numbers: `{n:03d}-{year}-GM/MPT`; checked when it is made.

    RuleError `number_mask_invalid`: exactly one `{n}` (or `{n:03d}`), one `{year}`, no other braces.
    """

    mask: str

    def __post_init__(self) -> None:
        rest = _MASK_FIELD.sub("", self.mask)
        counters = self.mask.count("{n"), self.mask.count("{year}")
        unreadable = any(unicodedata.category(sign).startswith("C") for sign in self.mask)
        if counters != (1, 1) or "{" in rest or "}" in rest or unreadable or len(self.mask) > _LONGEST:
            raise RuleError(
                "number_mask_invalid",
                f"«{self.mask[:_LONGEST]}» no sirve como molde de numeración: debe llevar una vez {{n}} "
                "(o {n:03d}) y una vez {year}, por ejemplo {n:03d}-{year}-GM/MPT.",
            )

    def format(self, n: int, year: int) -> str:
        """The number `n` (1 or more) of `year`: `091-2024-GM/MPT`."""
        if n < 1:
            raise RuleError("number_below_one", f"El número {n} no sirve: la numeración empieza en 1.")

        def fill(field: re.Match[str]) -> str:
            if field[0] == "{year}":
                return f"{year:04d}"
            return str(n).zfill(int(field[1] or 1))

        return _MASK_FIELD.sub(fill, self.mask)


def blank_number(mask: str, year: int) -> str:
    """The number of a paper that has none yet: `____-2024-ULE/MPT`."""
    return _MASK_FIELD.sub(lambda field: f"{year:04d}" if field[0] == "{year}" else "____", mask)


def proposed_mask(unit_siglas: str, entity_siglas: str) -> str:
    """The mask that an office would choose for the papers of a unit: `{n:03d}-{year}-ULE/MPT`."""
    entity = "".join(entity_siglas.split()) or "MUNI"
    return f"{{n:03d}}-{{year}}-{''.join(unit_siglas.split()) or 'ULE'}/{entity}"


def example_of(mask: str, year: int) -> str:
    """The first number of a year as the mask prints it, which is how people read and type a mask.

    A mask that could not be read back from its example stays as it is.
    """
    example = NumberMask(mask).format(1, year)
    try:
        return example if mask_of(example) == mask else mask
    except RuleError:
        return mask


def mask_of(example: str) -> str:
    """The mask that prints numbers like `001-2024-GM/MPT`; a mask is given back as it came.

    RuleError `number_example_unclear`: there is no year of four digits, or no number beside it.
    """
    text = " ".join(example.split())
    if "{" in text or "}" in text:
        return NumberMask(text).mask
    groups = list(re.finditer(r"[0-9]+", text))
    year = next((one for one in groups if re.fullmatch(r"(?:19|20)[0-9]{2}", one[0])), None)
    counter = next((one for one in groups if one is not year), None)
    if year is None or counter is None:
        raise RuleError(
            "number_example_unclear",
            f"En «{text[:80]}» no se distinguen el número y el año. Escriba el primero del año tal como se imprime, "
            "por ejemplo 001-2024-GM/MPT.",
        )
    width = len(counter[0])
    fields = {year.start(): "{year}", counter.start(): "{n}" if width == 1 else f"{{n:0{width}d}}"}
    for start, found in sorted({year.start(): year, counter.start(): counter}.items(), reverse=True):
        text = f"{text[: found.start()]}{fields[start]}{text[found.end() :]}"
    return NumberMask(text).mask
