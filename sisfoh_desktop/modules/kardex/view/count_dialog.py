"""The dialog of an arqueo: whose forms, on which day, and what was found in each condition."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules import FormType, Holder
from sisfoh_desktop.modules.kardex.rules.counting import (
    COUNTABLE,
    CountKind,
    CountListLine,
    Found,
    NewCount,
    read_found,
)
from sisfoh_desktop.modules.kardex.service import catalogue, counting
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import CatalogueDialog
from sisfoh_desktop.qtkit.page import Desk

_LONGEST_TYPED = 20_000
_NUMBERED = "Números: 004501-004550, 004560"
_QUANTITY = "Cuántos hay"


class CountDialog(CatalogueDialog):
    """A field for each condition: numbers, «ninguno», or empty when it was not counted. The choice is a NewCount."""

    field_by_code: ClassVar[dict[str, str]] = {
        "count_future": "counted_on",
        "count_too_early": "counted_on",
        "count_empty": COUNTABLE[0].value,
        "count_outside": "holder",
        "count_of_another": "replaces",
        "count_replaced": "replaces",
    }

    def __init__(
        self, desk: Desk, types: Sequence[FormType], holder_id: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk, "Registrar un arqueo", partial(_save, desk), primary="Registrar el arqueo", parent=parent
        )
        self._types = {one.id: one for one in types}
        self._wanted = holder_id
        self._counts: list[CountListLine] = []
        form = self.form
        form.combo("type", "Formulario", [(one.id, one.code) for one in types], required=True)
        self.holder = form.combo("holder", "A quién se contó", required=True)
        form.date(
            "counted_on", "Día del arqueo", required=True, hint="Se toma como hecho al final de ese día"
        )
        form.text(
            "document",
            "Acta o documento",
            required=True,
            max_length=200,
            placeholder="Acta de arqueo N° 003-2024",
        )
        form.group("Lo que se encontró")
        form.note("Escriba «ninguno» donde se buscó y no había; deje vacío lo que no se contó.")
        for condition in COUNTABLE:
            form.text(
                condition.value, condition.label, max_length=_LONGEST_TYPED, placeholder=_NUMBERED, wide=True
            )
        self.replaces = form.combo(
            "replaces",
            "Corrige un arqueo anterior",
            wide=True,
            hint="El corregido deja de compararse; queda en el historial.",
        )
        form.set_values({"type": types[0].id if types else None, "counted_on": desk.clock.now().date()})
        form.fields["type"].changed.connect(self._on_type_chosen)
        self.holder.changed.connect(self._offer_counts)
        campaign_id = types[0].campaign_id if types else 0
        desk.tasks.run_query(partial(_load, desk.db, campaign_id), self._on_loaded, owner=self)

    def choice_from(self, values: dict[str, Any]) -> NewCount:
        form_type = self._types[values["type"]]
        found: list[Found] = []
        errors: dict[str, str] = {}
        for condition in COUNTABLE:
            try:
                one = read_found(values[condition.value] or "", condition, form_type)
            except RuleError as error:
                errors[condition.value] = error.sentence
                continue
            if one is not None:
                found.append(one)
        if errors:
            self.form.set_errors(errors)
            name, sentence = next(iter(errors.items()))
            raise _FieldFault(name, sentence)
        return NewCount(
            form_type.id,
            values["holder"],
            values["counted_on"],
            values["document"],
            tuple(found),
            values["replaces"],
        )

    def _on_refused(self, error: Any) -> None:
        if isinstance(error, _FieldFault):
            self.set_busy(False)
            return
        super()._on_refused(error)

    def _on_loaded(self, loaded: "tuple[list[Holder], list[CountListLine]]") -> None:
        holders, self._counts = loaded
        modified = self.form.is_modified()
        inside = [one for one in holders if not one.kind.is_outside]
        self.holder.set_options([(one.id, one.name) for one in inside])
        if self._wanted:
            self.holder.set_value(self._wanted)
        self._offer_counts()
        if not modified:
            self.form.mark_saved()

    def _on_type_chosen(self) -> None:
        form_type = self._types.get(self.form.fields["type"].value())
        for condition in COUNTABLE:
            hint = _NUMBERED if form_type is None or form_type.serialised else _QUANTITY
            self.form.fields[condition.value].editor.setPlaceholderText(hint)  # type: ignore[attr-defined]
        self._offer_counts()

    def _offer_counts(self) -> None:
        """Only a standing arqueo of the same person and form can be corrected."""
        type_id, holder_id = self.form.fields["type"].value(), self.holder.value()
        self.replaces.set_options(
            [
                (one.id, f"Del {format_date(one.counted_on)}, {one.source} ({one.form_count} formularios)")
                for one in self._counts
                if one.stands
                and one.kind is CountKind.PHYSICAL
                and (one.type_id, one.holder_id) == (type_id, holder_id)
            ]
        )


class _FieldFault(RuleError):
    """Already shown under its fields."""


def _load(db: Any, campaign_id: int) -> tuple[list[Holder], list[CountListLine]]:
    counts = counting.list_counts(db, campaign_id) if campaign_id else []
    return catalogue.list_holders(db), counts


def _save(desk: Desk, count: NewCount, token: str) -> int:
    return counting.record_count(desk.db, actor=desk.actor, now=desk.clock.now(), count=count, token=token)
