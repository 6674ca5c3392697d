"""The article before the name of an act, an organ or a norm, and its `N°` kept together with its number."""

_FEMININE = ("a", "ión", "dad", "tad", "tud", "umbre", "ley", "sede", "base")
_EL = ("área", "acta", "aula", "programa", "sistema", "tema", "esquema", "día", "ágora", "águila")
_PREFIXES = ("sub", "ex", "vice")


def is_feminine(name: str) -> bool:
    """Whether `la` stands before it: `Resolución`, `Sub Gerencia`, `Ley`; not `Acuerdo`, nor `Área`."""
    words = [word.strip(".,-").lower() for word in name.split()]
    first = next((word for word in words if word not in _PREFIXES), "")
    return first.endswith(_FEMININE) and first not in _EL


def the(name: str) -> str:
    """`la Resolución …`, `el Acuerdo …`, `el Área …`."""
    return f"{'la' if is_feminine(name) else 'el'} {name}"


def the_first(name: str) -> str:
    """The same at the start of a sentence: `La Oficina …`, `El Órgano …`."""
    return f"{'La' if is_feminine(name) else 'El'} {name}"


def of_the(name: str) -> str:
    """`de la Resolución …`, `del Acuerdo …`."""
    return f"{'de la' if is_feminine(name) else 'del'} {name}"


def to_the(name: str) -> str:
    """`a la Dirección …`, `al Organismo …`."""
    return f"{'a la' if is_feminine(name) else 'al'} {name}"


def in_it(name: str) -> str:
    """`en ella` for a Resolución, `en él` for an Acuerdo."""
    return "en ella" if is_feminine(name) else "en él"


def first_word(title: str) -> str:
    """`Resolución` of `Resolución de Gerencia Municipal N° 091-2024-GM/MPT`."""
    return title.split(maxsplit=1)[0] if title.strip() else "Acto"


def short_title(title: str, number_text: str, number_word: str = "N°") -> str:
    """`Resolución N° 091-2024-GM/MPT`."""
    return f"{first_word(title)} {number_word} {number_text}"


def steady(text: str) -> str:
    """The text for paper: `N°` is never left alone at the end of a line."""
    for word in ("N°", "Nº", "N.°", "N.º"):
        text = text.replace(f"{word} ", f"{word}\u00a0")
    return text
