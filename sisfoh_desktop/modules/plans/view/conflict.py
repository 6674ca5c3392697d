"""Two people saved the same plan: its data and lists compared, and the plan that the person decides on."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.modules.plans.view.data_tab import DataTab
from sisfoh_desktop.modules.plans.view.part_columns import Numbered
from sisfoh_desktop.modules.plans.view.parts import PARTS, Part
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side, clashes_of


def decided(
    data_tab: DataTab, before: Plan, mine: Plan, theirs: Plan, *, who: str, parent: QWidget
) -> Plan | None:
    """`theirs` with what of `mine` stays, as the person chooses; None to go on editing.

    `data_tab` says the values in its fields' words and shows `mine` again afterwards.
    """
    was, ours, others = (_data_words(data_tab, plan) for plan in (before, mine, theirs))
    data_tab.show_plan(mine)
    rows = [
        (name, field.title, was[name], ours[name], others[name])
        for name, field in data_tab.form.fields.items()
    ]
    rows += [
        (part.name, part.tab, _list_words(part, before), _list_words(part, mine), _list_words(part, theirs))
        for part in PARTS
    ]
    clashes = clashes_of(rows)
    sides: dict[str, Side] | None = {}
    if clashes:
        sides = ConflictDialog.ask(clashes, who=who, what="el plan", parent=parent)
    if sides is None:
        return None
    kept: dict[str, Any] = {key: getattr(mine, key) for key, side in sides.items() if side is Side.MINE}
    return replace(theirs, **kept)


def _data_words(data_tab: DataTab, plan: Plan) -> dict[str, str]:
    data_tab.show_plan(plan)
    return {name: field.as_read() for name, field in data_tab.form.fields.items()}


def _list_words(part: Part, plan: Plan) -> str:
    columns = part.columns(plan)
    rows = [Numbered(number, item) for number, item in enumerate(getattr(plan, part.name), 1)]
    return "\n".join(" · ".join(filter(None, (column.text(row) for column in columns))) for row in rows)
