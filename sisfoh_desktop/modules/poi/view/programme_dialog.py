"""The dialog of an activity of the POI: all that identifies it. Its months are written in the grid."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.basics.cell_blocks import format_quantity, parse_quantity
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office.service.places import PlaceFinder
from sisfoh_desktop.modules.poi.rules.facts import Activity, Direction, GoalKind, Nature
from sisfoh_desktop.modules.poi.rules.programme import FIELD_WORDS, clean_activity
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.look_up_field import LookUpField
from sisfoh_desktop.qtkit.page import Desk

_NATURES = ((Nature.ACTIVITY, "Actividad operativa"), (Nature.INVESTMENT, "Inversión"))
_GOAL_KINDS = ((GoalKind.SUM, "Los meses se suman"), (GoalKind.STOCK, "Cada mes dice el nivel alcanzado"))
_DIRECTIONS = ((Direction.MORE, "Más es mejor"), (Direction.LESS, "Menos es mejor"))
_PLAIN = (
    ("oei", 200),
    ("aei", 200),
    ("centro_costo", 200),
    ("category", 200),
    ("product", 200),
    ("budget_activity", 200),
    ("function", 200),
    ("division", 200),
    ("group", 200),
    ("budget_goal", 40),
    ("ubigeo", 6),
    ("priority", 40),
)
_SUGGESTED = ("unit_name", *(name for name, _limit in _PLAIN if name not in ("ubigeo", "budget_goal")))


class ActivityDialog(FormDialog):
    """All fields of an activity. `others` are the activities of the plan: their texts are offered while typing.

    `add_measure` opens the catalogue of units of measure and gives the new name, or "" when the person left.
    """

    def __init__(
        self,
        desk: Desk,
        activity: Activity | None,
        *,
        others: Sequence[Activity] = (),
        measures: Sequence[str] = (),
        add_measure: Callable[[QWidget], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "Agregar una actividad" if activity is None else "Datos de la actividad"
        primary = "Agregar" if activity is None else "Aceptar"
        super().__init__(title, primary=primary, columns=2, parent=parent, clock=desk.clock)
        self.choice: Activity | None = None
        self._activity = activity or Activity("", "", "")
        self._measures = list(measures)
        self._add_measure = add_measure
        offered = {
            name: sorted({value for one in others if (value := getattr(one, name))}) for name in _SUGGESTED
        }
        self._build(offered)
        self.form.set_values(self._shown(self._activity))
        if add_measure is not None:
            self.add_button("Nueva unidad de medida…", self._on_measure_asked)

    @classmethod
    def ask(cls, desk: Desk, activity: Activity | None, **more: Any) -> Activity | None:
        """Show the dialog; the activity as it was left, or None. Nothing is saved yet: the grid is."""
        dialog = cls(desk, activity, **more)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.choice if accepted else None

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            return False
        try:
            annual = parse_quantity(values["annual"]) if values["annual"] else None
        except RuleError as error:
            self.form.show_refusal(error, {error.code: "annual"})
            return False
        try:
            self.choice = self._made(values, annual)
        except RuleError as error:
            self.form.show_refusal(error, {"ubigeo_invalid": "ubigeo"})
            return False
        self.values = values
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self, offered: dict[str, list[str]]) -> None:
        form = self.form
        form.text(
            "unit_name",
            FIELD_WORDS["unit_name"],
            wide=True,
            required=True,
            max_length=200,
            suggestions=offered["unit_name"],
        )
        form.long_text("title", FIELD_WORDS["title"], required=True, max_length=2000, rows=2)
        form.text(
            "code", FIELD_WORDS["code"], max_length=40, hint="AOI… de una actividad, CUI de una inversión"
        )
        form.combo("nature", FIELD_WORDS["nature"], _NATURES, required=True)
        form.group("Meta")
        form.combo(
            "measure",
            FIELD_WORDS["measure"],
            [(name, name) for name in self._offered_measures()],
            required=True,
        )
        form.text("annual", FIELD_WORDS["annual"], max_length=40)
        form.combo("goal_kind", FIELD_WORDS["goal_kind"], _GOAL_KINDS, required=True)
        form.combo("direction", FIELD_WORDS["direction"], _DIRECTIONS, required=True)
        form.amount("annual_money", FIELD_WORDS["annual_money"])
        form.group("Cadena funcional y ubicación")
        finder = PlaceFinder()
        for name, limit in _PLAIN:
            if name == "ubigeo":
                form.add(
                    name,
                    LookUpField(FIELD_WORDS[name], offer=finder.offer, tell=finder.tell, max_length=60),
                )
                continue
            form.text(name, FIELD_WORDS[name], max_length=limit, suggestions=offered.get(name, ()))

    def _offered_measures(self) -> list[str]:
        own = self._activity.measure
        return sorted({*self._measures, *([own] if own else [])})

    def _shown(self, activity: Activity) -> dict[str, Any]:
        names = (
            *("unit_name", "title", "code", "nature", "measure", "goal_kind", "direction"),
            *dict(_PLAIN),
        )
        return {
            **{name: getattr(activity, name) for name in names},
            "measure": activity.measure or None,
            "annual": format_quantity(activity.annual),
            "annual_money": activity.annual_money,
        }

    def _made(self, values: dict[str, Any], annual: Decimal | None) -> Activity:
        return clean_activity(replace(self._activity, **{**values, "annual": annual}))

    def _on_measure_asked(self) -> None:
        if self._add_measure is None:
            return
        name = self._add_measure(self)
        if name:
            self._measures.append(name)
            field = self.form.fields["measure"]
            field.set_options([(one, one) for one in self._offered_measures()])  # type: ignore[attr-defined]
            field.set_value(name)
