"""What each locked datum stands for, in words: its name, its value, and where it is corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sisfoh_desktop.modules.expedientes.rules import Document
from sisfoh_desktop.modules.resoluciones.rules import chip_label, chips_of

_FACETS = {
    "cite": "Cita",
    "date": "Fecha",
    "vistos": "Cita en vistos",
    "vistos_registry": "Registro en vistos",
}
_GROUPS = {
    "plan": "Plan",
    "doc": "Documentos",
    "resolucion": "Resolución",
    "officer": "Firmantes",
    "unit": "Unidades",
    "norm": "Normas",
}
_CURES = {
    "Plan": "Se corrige en Planes.",
    "Documentos": "Se corrige en el expediente.",
    "Resolución": "Lo pone el programa al congelar.",
    "Firmantes": "Sale de Oficina, a la fecha del acto.",
    "Unidades": "Se corrige en Oficina.",
    "Normas": "Se corrige en Oficina.",
    "Entidad": "Se corrige en Oficina.",
}


@dataclass(frozen=True)
class ChipMeaning:
    """A datum as a person sees it; `value` is empty when the expediente does not have it."""

    key: str
    group: str
    label: str
    value: str
    cure: str

    @property
    def told(self) -> str:
        """One line for tooltip and caret: what it is, what it says, where it is corrected."""
        value = f"«{self.value}»" if self.value else "este expediente no lo tiene"
        return f"{self.label}: {value}. {self.cure}"


def meaning_of(
    key: str, values: Mapping[str, str], documents: Iterable[Document], own: Mapping[str, str]
) -> ChipMeaning:
    """The meaning of one key; `own` are the data that this act writes in its own way."""
    family, _, rest = key.partition(".")
    group = _GROUPS.get(family, "Entidad")
    label = chip_label(key)
    if family == "doc":
        name, _, facet = rest.rpartition(".")
        title = next((document.title for document in documents if document.key == name), name)
        label = f"{_FACETS.get(facet, facet)} · {title}"
    elif family in ("unit", "norm"):
        label = label.replace("_", " ")
    cure = "Así lo escribe esta resolución." if key in own else _CURES[group]
    return ChipMeaning(key, group, label, values.get(key, ""), cure)


def meanings(
    values: Mapping[str, str], documents: Iterable[Document], own: Mapping[str, str], used: Iterable[str] = ()
) -> list[ChipMeaning]:
    """Every datum that the act may use, those of plan and documents first, and those its texts already use."""
    chain = tuple(documents)
    keys = dict.fromkeys([*values, *(key for text in used for key in chips_of(text))])
    order = list(_GROUPS.values())
    found = [meaning_of(key, values, chain, own) for key in keys]
    return sorted(found, key=lambda one: order.index(one.group) if one.group in order else len(order))
