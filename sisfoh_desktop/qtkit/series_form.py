"""How papers are to be numbered, asked the first time that one is made: the fields, and the dialog that stays open.

The series itself is made by the caller.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.document_numbers import example_of, mask_of
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.open_dialog import OpenDialog
from sisfoh_desktop.qtkit.refuse_dialog import LONGEST_REASON

MADE_BEFORE = "Se hicieron en Word, antes de usar el programa."


@dataclass(frozen=True)
class SeriesChoice:
    """The series as it was confirmed: it goes on after `last_number` (0: none), which `reason` explains."""

    title: str
    mask: str
    last_number: int
    reason: str


def add_series_fields(form: Form, told: str, proposal: tuple[str, str], year: int) -> None:
    """The fields of a series; `proposal` is its title and mask, which is asked as the first number of `year`."""
    title, mask = proposal
    form.note(told)
    form.text("title", "Nombre", required=True, max_length=200, wide=True)
    form.text("mask", "Primer número", required=True, max_length=80)
    form.number(
        "last_number", "Último número ya usado este año", maximum=999_999, hint="Vacío o 0 si ninguno."
    )
    form.text("reason", "Dónde se hicieron esos números", max_length=LONGEST_REASON, wide=True)
    form.set_values({"title": title, "mask": example_of(mask, year), "reason": MADE_BEFORE})


def series_choice(values: dict[str, Any]) -> SeriesChoice:
    """What those fields say. RuleError `number_example_unclear` or `number_mask_invalid`, both of the field `mask`."""
    return SeriesChoice(
        values["title"], mask_of(values["mask"]), values["last_number"] or 0, values["reason"] or ""
    )


class SeriesDialog(OpenDialog):
    """Confirms how papers are numbered; the answer is a `SeriesChoice`."""

    def __init__(
        self,
        title: str,
        told: str,
        proposal: tuple[str, str],
        year: int,
        *,
        run: Callable[[SeriesChoice, OpenDialog], object],
        columns: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary="Crear la serie", run=run, parent=parent, columns=columns)
        add_series_fields(self.form, told, proposal, year)

    def answer(self, values: dict[str, Any]) -> SeriesChoice | None:
        try:
            return series_choice(values)
        except RuleError as error:
            self.form.set_errors({"mask": error.sentence})
            return None
