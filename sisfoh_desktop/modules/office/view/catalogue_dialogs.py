"""The forms of norms, bodies, year names, margin legends and legal terms."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.office.rules import (
    TERM_KEYS,
    Body,
    BodyRole,
    CountsFrom,
    DatedFact,
    LegalTerm,
    Legend,
    Norm,
    NormKind,
    TermUnit,
    YearName,
)
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog, Fresh, Save
from sisfoh_desktop.qtkit.page import Desk

_CHOSEN = ("kind", "role", "key", "days", "counts_from")


class CatalogueDialog(FactDialog):
    """Base: fills the form from the fact's fields of the same names and makes the fact from them again."""

    new_title: ClassVar[str]
    edit_title: ClassVar[str]
    blank: ClassVar[DatedFact]

    def __init__(self, desk: Desk, fact: DatedFact | None, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.edit_title if fact else self.new_title, parent=parent)
        self._fact: DatedFact = fact or self.blank
        self.build()
        self.add_validity()
        self._show(self._fact, but=() if fact else _CHOSEN)  # what must be chosen is not chosen beforehand

    def fill(self, fact: DatedFact) -> None:
        self._fact = fact
        self._show(fact)

    def _show(self, fact: DatedFact, but: Sequence[str] = ()) -> None:
        names = {field.name for field in fields(fact)} & self.form.fields.keys()
        self.form.set_values({name: getattr(fact, name) for name in names if name not in but})

    def build(self) -> None:
        """Put the fields of this kind of fact."""
        raise NotImplementedError

    def choice_from(self, values: dict[str, Any]) -> DatedFact:
        if "trust" in values:
            values["trust"] = values["trust"] or ""
        return replace(self._fact, **values)

    @classmethod
    def ask_for(
        cls,
        parent: QWidget,
        desk: Desk,
        fact: DatedFact | None,
        save: Save,
        stored: tuple[str, str, Fresh] | None = None,
    ) -> DatedFact | None:
        """The fact as saved, or None if the person left. `stored`: its subject, its words, how it is read anew."""
        dialog = cls(desk, fact, parent)
        if stored is not None:
            dialog.edits(fact, *stored)
        saved: DatedFact | None = dialog.ask_and_save(save)
        return saved


class NormDialog(CatalogueDialog):
    """A norm that papers cite."""

    new_title = "Nueva norma"
    edit_title = "Editar la norma"
    blank = Norm("", "", NormKind.LAW)
    field_by_code: ClassVar[Mapping[str, str]] = {"norm_overlap": "code"}

    def build(self) -> None:
        fact = self._fact
        self.form.text("code", "Código", required=True, max_length=200, placeholder="Ley 30435")
        self.form.combo("kind", "Rango", [(kind, kind.value) for kind in NormKind], required=True)
        self.form.text("title", "Título", required=True, max_length=600, wide=True)
        self.form.text("source", "De dónde se tomó", max_length=300)
        self.add_trust(fact.trust if isinstance(fact, Norm) else "")


class BodyDialog(CatalogueDialog):
    """A body outside the municipality."""

    new_title = "Nuevo organismo"
    edit_title = "Editar el organismo"
    blank = Body(BodyRole.OTHER, "", "")
    field_by_code: ClassVar[Mapping[str, str]] = {"body_overlap": "siglas"}

    def build(self) -> None:
        fact = self._fact
        self.form.text("name", "Nombre", required=True, max_length=200, wide=True)
        self.form.text("siglas", "Sigla", required=True, max_length=40, placeholder="DGFIS")
        self.form.combo("role", "Papel", [(role, role.value) for role in BodyRole], required=True)
        self.form.text("source", "De dónde se sabe", max_length=300)
        self.add_trust(fact.trust if isinstance(fact, Body) else "")


class YearNameDialog(CatalogueDialog):
    """An official name of a year or decade."""

    new_title = "Nuevo nombre oficial"
    edit_title = "Editar el nombre oficial"
    blank = YearName("")
    field_by_code: ClassVar[Mapping[str, str]] = {"year_name_overlap": "text"}

    def build(self) -> None:
        fact = self._fact
        self.form.long_text("text", "Nombre oficial", required=True, max_length=600, rows=3)
        self.form.text("norm", "Norma", max_length=200, placeholder="DS 011-2026-PCM")
        self.add_trust(fact.trust if isinstance(fact, YearName) else "")
        self.form.check("printed", "Se imprime en los documentos", wide=True)


class LegendDialog(CatalogueDialog):
    """The text of the side margin."""

    new_title = "Nueva leyenda del margen"
    edit_title = "Editar la leyenda del margen"
    blank = Legend("")
    field_by_code: ClassVar[Mapping[str, str]] = {"legend_overlap": "valid_from"}

    def build(self) -> None:
        fact = self._fact
        self.form.long_text("text", "Texto", required=True, max_length=600, rows=5)
        self.form.text("norm", "Norma", max_length=200)
        self.add_trust(fact.trust if isinstance(fact, Legend) else "")


class LegalTermDialog(CatalogueDialog):
    """A term with its norm."""

    new_title = "Nuevo plazo legal"
    edit_title = "Editar el plazo legal"
    blank = LegalTerm("", "", 0)
    field_by_code: ClassVar[Mapping[str, str]] = {
        "term_overlap": "key",
        "term_key_unknown": "key",
        "term_days_invalid": "days",
    }

    def build(self) -> None:
        fact = self._fact
        self.form.combo("key", "Para qué sirve", list(TERM_KEYS.items()), required=True, wide=True)
        self.form.text("title", "Nombre del plazo", required=True, max_length=200, wide=True)
        self.form.number("days", "Número de días", required=True, hint="0 es el mismo día")
        self.form.combo("unit", "Cómo se cuentan", [(unit, unit.label) for unit in TermUnit], required=True)
        self.form.combo(
            "counts_from", "Se cuenta desde", [(event, event.label) for event in CountsFrom], required=True
        )
        self.add_trust(fact.trust if isinstance(fact, LegalTerm) else "")
        self.form.text("norm", "Norma", required=True, max_length=200, wide=True)
