"""The form of a plan's name, semaphore and tolerances: a line for each band, with what it covers in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from sisfoh_desktop.basics.cell_blocks import plain_quantity
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.poi.rules.facts import Band, PoiPlan
from sisfoh_desktop.modules.poi.rules.plans import (
    MOST_BANDS,
    SHAPES,
    TONES,
    band_ranges,
    clean_bands,
    parse_percent,
)
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view.plan_dialogs import TOUCHES, saver
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog
from sisfoh_desktop.qtkit.theme import theme

_HEADS = ("Banda", "Desde (%)", "Incluido", "Color", "Figura", "Abarca")


@dataclass(frozen=True)
class _Line:
    """The widgets of a band; a line without a word is no band."""

    label: QLineEdit
    lower: QLineEdit
    inclusive: QCheckBox
    tone: QComboBox
    shape: QComboBox
    covers: QLabel

    @property
    def is_blank(self) -> bool:
        return not self.label.text().strip() and not self.lower.text().strip()

    def band(self, number: int) -> Band:
        """RuleError where its limit is no number."""
        return Band(
            self.label.text(),
            parse_percent(self.lower.text(), f"Banda {number}"),
            self.inclusive.isChecked(),
            self.tone.currentData(),
            self.shape.currentData(),
        )


class BandGrid(QWidget):
    """The lines of a semaphore, from the lowest band up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, words in enumerate(_HEADS):
            head = QLabel(words)
            head.setProperty("role", "caption")
            grid.addWidget(head, 0, column)
        self.lines = tuple(self._line(grid, number) for number in range(1, MOST_BANDS + 1))
        grid.setColumnStretch(0, 1)
        self._start: tuple[Any, ...] = ()

    def show_bands(self, bands: tuple[Band, ...]) -> None:
        """Put them in; further lines stay blank."""
        for number, line in enumerate(self.lines):
            band = bands[number] if number < len(bands) else None
            line.label.setText(band.label if band else "")
            line.lower.setText(plain_quantity(band.lower) if band else "")
            line.inclusive.setChecked(band.inclusive if band else True)
            line.tone.setCurrentIndex(line.tone.findData(band.tone if band else "mute"))
            line.shape.setCurrentIndex(line.shape.findData(band.shape if band else list(SHAPES)[number]))
        self._start = self._typed()
        self._tell()

    def bands(self) -> tuple[Band, ...]:
        """As they stand, blank lines left out; RuleError where a limit is no number."""
        return tuple(
            line.band(number) for number, line in enumerate(self.lines, start=1) if not line.is_blank
        )

    def point_at_fault(self) -> None:
        """Put the cursor in the first line that says no band."""
        for number, line in enumerate(self.lines, start=1):
            try:
                if not line.is_blank and not line.band(number).label.strip():
                    line.label.setFocus()
                    return
            except RuleError:
                line.lower.setFocus()
                line.lower.selectAll()
                return

    def is_modified(self) -> bool:
        return self._typed() != self._start

    def _typed(self) -> tuple[Any, ...]:
        return tuple(
            (
                line.label.text(),
                line.lower.text(),
                line.inclusive.isChecked(),
                line.tone.currentData(),
                line.shape.currentData(),
            )
            for line in self.lines
        )

    def _line(self, grid: QGridLayout, number: int) -> _Line:
        line = _Line(QLineEdit(), QLineEdit(), QCheckBox(), QComboBox(), QComboBox(), QLabel())
        for tone, words in TONES.items():
            line.tone.addItem(words, tone)
        for shape, words in SHAPES.items():
            line.shape.addItem(words, shape)
        line.shape.setMinimumContentsLength(max(map(len, SHAPES.values())))
        line.label.setMaxLength(40)
        line.lower.setMaxLength(12)
        line.lower.setFixedWidth(theme().px(64))
        line.lower.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.covers.setProperty("tone", "dim")
        line.covers.setTextFormat(Qt.TextFormat.PlainText)
        line.covers.setMinimumWidth(theme().px(152))
        parts = (line.label, line.lower, line.inclusive, line.tone, line.shape)
        for column, (widget, words) in enumerate(zip(parts, _HEADS, strict=False)):
            widget.setAccessibleName(f"{words}, banda {number}")
            grid.addWidget(widget, number, column)
        grid.addWidget(line.covers, number, len(parts))
        line.label.textChanged.connect(self._tell)
        line.lower.textChanged.connect(self._tell)
        line.inclusive.toggled.connect(self._tell)
        return line

    def _tell(self) -> None:
        """Say what each band covers; nothing while they make no semaphore."""
        try:
            kept = clean_bands(self.bands())
        except RuleError:
            kept = ()
        words = dict(zip([band.label for band in kept], band_ranges(kept), strict=True))
        for line in self.lines:
            line.covers.setText(words.get(" ".join(line.label.text().split()), ""))


class SemaphoreDialog(SavingDialog):
    """Name, semaphore and tolerances of a plan."""

    usual_width = 760
    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"tolerance_invalid": "below"}

    def __init__(self, desk: Desk, plan: PoiPlan, parent: QWidget | None = None) -> None:
        save = saver(desk, plans.save_plan, "plan")
        super().__init__(desk, f"Semáforo y tolerancias del POI {plan.year}", save, columns=2, parent=parent)
        self._wide = True
        self.usual_width = 760
        self._plan = plan
        form = self.form
        form.text("title", "Nombre que se imprime", required=True, max_length=200, wide=True)
        form.group("Semáforo")
        form.note(
            "Por ciento de lo ejecutado sobre lo programado en el periodo. Pasar de 100 %, no tener programación o "
            f"deber el dato son estados aparte. Propuesta de inicio: {plans.proposal().source}."
        )
        self.bands = BandGrid()
        form.layout().insertWidget(form.layout().count() - 1, self.bands)  # type: ignore[union-attr]
        self.tolerances = type(form)(columns=2, taken_letters=self.button_letters)
        self.tolerances.group("Tolerancias")
        self.tolerances.note("Dentro de ellas, un desvío no pide motivo ni medida correctiva.")
        self.tolerances.text("below", "Por debajo de lo programado (%)", required=True, max_length=12)
        self.tolerances.text("above", "Por encima de lo programado (%)", required=True, max_length=12)
        form.layout().insertWidget(form.layout().count() - 1, self.tolerances)  # type: ignore[union-attr]
        form.set_values({"title": plan.title})
        self.tolerances.set_values(
            {"below": plain_quantity(plan.tolerance_below), "above": plain_quantity(plan.tolerance_above)}
        )
        form.mark_saved()
        self.tolerances.mark_saved()
        self.bands.show_bands(plan.bands)

    def submit(self) -> bool:
        return self.tolerances.checked() is not None and super().submit()

    def _on_refused(self, error: SisfohError) -> None:
        super()._on_refused(error)
        self.bands.point_at_fault()

    def choice_from(self, values: dict[str, Any]) -> PoiPlan:
        below, above = self.tolerances.value("below"), self.tolerances.value("above")
        return replace(
            self._plan,
            title=values["title"],
            bands=self.bands.bands(),
            tolerance_below=parse_percent(below, "Tolerancia por debajo"),
            tolerance_above=parse_percent(above, "Tolerancia por encima"),
        )

    def has_unsaved(self) -> bool:
        return super().has_unsaved() or (
            not self._done and (self.bands.is_modified() or self.tolerances.is_modified())
        )
