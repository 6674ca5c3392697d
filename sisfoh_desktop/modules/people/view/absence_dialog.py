"""The form of an absence: whose, which days, why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.people.rules import users as rules
from sisfoh_desktop.modules.people.rules.facts import Absence
from sisfoh_desktop.modules.people.service import absences
from sisfoh_desktop.modules.people.view.people_dialog import PeopleDialog, Save
from sisfoh_desktop.qtkit.page import Desk

_REASONS = ("Vacaciones", "Licencia", "Descanso médico", "Comisión de servicios")


class AbsenceDialog(PeopleDialog):
    """An absence, new (`people` to choose from: id and words) or stored (`whose` tells the name).

    The choice is (absence, version): 0 for a new one.
    """

    field_by_code: ClassVar[Mapping[str, str]] = {
        "dates_upside_down": "last_day",
        "date_out_of_range": "first_day",
        "absence_too_long": "last_day",
        "absence_overlaps": "first_day",
        "user_unknown": "user_id",
        "last_administrator": "user_id",
        "text_missing": "reason",
        "text_too_long": "reason",
    }

    def __init__(
        self,
        desk: Desk,
        save: Save,
        *,
        absence: Absence | None = None,
        whose: str = "",
        people: Sequence[tuple[int, str]] = (),
        chosen: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        title = f"Ausencia de {whose}" if absence is not None else "Nueva ausencia"
        super().__init__(desk, title, save, parent=parent)
        self._absence = absence
        form = self.form
        form.note("En esos días, ambos incluidos, no podrá entrar con su usuario.")
        if absence is None:
            form.combo("user_id", "Usuario", people, required=True, wide=True)
        form.date("first_day", "Primer día", required=True)
        form.date("last_day", "Último día", required=True)
        form.text(
            "reason",
            "Motivo",
            required=True,
            max_length=rules.LONGEST_REASON,
            suggestions=_REASONS,
            wide=True,
        )
        if absence is None:
            form.set_values({"user_id": chosen or None, "first_day": desk.clock.now().date()})
            return
        self._fill(absence)
        self.follow(
            f"user_absence:{absence.id}",
            absence,
            partial(absences.load_absence, desk.db, absence.id),
            self._fill,
            "la ausencia",
        )

    def choice_from(self, values: dict[str, Any]) -> tuple[Absence, int]:
        if self._absence is None:
            return rules.clean_absence(Absence(**values)), 0
        return rules.clean_absence(replace(self._absence, **values)), self.version()

    def _fill(self, absence: Absence) -> None:
        self.form.set_values({name: getattr(absence, name) for name in ("first_day", "last_day", "reason")})
