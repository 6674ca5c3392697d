"""The roles of a user in a form: one box each, with what the role is for beside it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from sisfoh_desktop.modules.people.rules.roles import ROLES, role_title
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.fields import Field


class RolesField(Field):
    """Its value is the keys of the marked roles, in the order of the list."""

    def __init__(self) -> None:
        self.boxes: dict[str, QCheckBox] = {}
        editor = QWidget()
        grid = QGridLayout(editor)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, role in enumerate(ROLES):
            box = QCheckBox(role.title)
            box.setAccessibleDescription(role.purpose)
            box.toggled.connect(lambda _checked: self.changed.emit())
            purpose = ElidedLabel()
            purpose.setProperty("role", "caption")
            purpose.setText(role.purpose)
            grid.addWidget(box, row, 0)
            grid.addWidget(purpose, row, 1)
            self.boxes[role.key] = box
        super().__init__("Roles", editor, required=True)
        editor.setFocusProxy(self.boxes[ROLES[0].key])

    def value(self) -> tuple[str, ...]:
        return self.raw()

    def set_value(self, value: Sequence[str] | None) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key in (value or ()))

    def is_empty(self) -> bool:
        return not self.raw()

    def raw(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def as_read(self) -> str:
        return ", ".join(role_title(key) for key in self.raw())
