"""How an office starts its numbers: a new series, and the numbers it used before this program."""

import re
import unicodedata
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.document_numbers import example_of, mask_of, proposed_mask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import (
    REASON_LIMIT,
    Series,
    first_to_come,
    series_text,
)
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog
from sisfoh_desktop.qtkit.series_form import MADE_BEFORE


class SeriesDialog(SavingDialog):
    """A form about a series and its numbers; subclasses say what is done with what was typed."""

    touches = frozenset({"papers"})
    field_by_code: ClassVar[Mapping[str, str]] = {
        "number_example_unclear": "mask",
        "number_mask_invalid": "mask",
        "reason_missing": "reason",
    }

    def __init__(self, desk: Desk, title: str, parent: QWidget | None, *, primary: str = "Guardar") -> None:
        super().__init__(desk, title, self.change, primary=primary, parent=parent)

    def ask(self) -> Any:
        self.form.mark_saved()
        return super().ask()

    def change(self, values: dict[str, Any], token: str) -> Any:
        """What runs on the worker with the checked values."""
        raise NotImplementedError

    def _who(self, token: str) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now(), "token": token}


class NewSeriesDialog(SeriesDialog):
    """ "Nueva serie": what the papers are called, how their numbers look and after which one they go on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Nueva serie de números", parent)
        self.form.text("title", "Nombre de los documentos", required=True, max_length=200)
        self.form.text(
            "mask",
            "Primer número",
            required=True,
            max_length=80,
            hint="El primero del año tal como se imprime, por ejemplo 001-2024-GM/MPT.",
        )
        self.form.number(
            "last_number",
            "Último número ya usado este año",
            maximum=999_999,
            hint="Si este año ya se dieron números sin el programa; vacío o 0 si ninguno.",
        )
        self.form.text("reason", "Dónde se hicieron esos números", max_length=REASON_LIMIT)
        self.told = self.form.note("")
        self.form.changed.connect(self._tell)
        self._proposed = self._first_number("")
        self.form.set_values(
            {"title": "Resoluciones de Gerencia Municipal", "mask": self._proposed, "reason": MADE_BEFORE}
        )
        self._tell()
        desk.tasks.run_query(partial(office.find_municipality, desk.db), self._on_entity_loaded, owner=self)

    def _first_number(self, entity_siglas: str) -> str:
        return example_of(proposed_mask("GM", entity_siglas), self.desk.clock.now().year)

    def _on_entity_loaded(self, entity: Municipality | None) -> None:
        """The municipality's own letters, unless something else was typed meanwhile."""
        if entity is None or self.form.fields["mask"].raw() != self._proposed:
            return
        untouched = not self.form.is_modified()
        self.form.fields["mask"].set_value(self._first_number(entity.short_name))
        if untouched:
            self.form.mark_saved()

    def _tell(self) -> None:
        try:
            last_used = int(self.form.value("last_number") or 0)
        except RuleError:
            last_used = 0
        self.told.setText(
            first_to_come(str(self.form.fields["mask"].raw()), last_used, self.desk.clock.now().year)
        )

    def change(self, values: dict[str, Any], token: str) -> Any:
        title = str(values["title"])
        return service.create_series(
            self.desk.db,
            kind=key_of(title),
            title=title,
            mask=mask_of(str(values["mask"])),
            last_number=int(values["last_number"] or 0),
            reason=str(values["reason"]),
            **self._who(token),
        )


class SeriesStartDialog(SeriesDialog):
    """ "Números anteriores": up to where the series had come before this program, and why."""

    def __init__(self, desk: Desk, series: Series, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Números usados antes de este programa", parent)
        self._series = series
        this_year = desk.clock.now().year
        self.form.note(series_text(series.title, series.mask, this_year))
        self.form.combo(
            "year", "Año", [(year, str(year)) for year in range(this_year - 5, this_year + 2)], required=True
        )
        self.form.number("last_number", "Último número usado", required=True)
        self.form.long_text(
            "reason", "Motivo, como quedará en el registro", required=True, max_length=REASON_LIMIT, rows=3
        )
        self.form.set_values({"year": this_year, "reason": "Se emitieron antes de usar el programa."})

    def change(self, values: dict[str, Any], token: str) -> Any:
        service.start_series_after(
            self.desk.db,
            series_id=self._series.id,
            year=int(values["year"]),
            last_number=int(values["last_number"]),
            reason=str(values["reason"]),
            **self._who(token),
        )


def key_of(title: str) -> str:
    """A stable key from a title: `Resoluciones de Gerencia` gives `resoluciones_de_gerencia`."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:40] or "serie"
