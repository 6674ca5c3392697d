"""The letterhead of the first day: the coat of arms, and the head of a paper as it will be printed with it."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel

from sisfoh_desktop.app.first_day_pages import FormPage, Setting, page_width
from sisfoh_desktop.app.first_day_preview import letterhead_picture
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.office.view.municipality_dialog import LogoField
from sisfoh_desktop.qtkit.theme import theme

_PREVIEW_WIDTH, _PREVIEW_HEIGHT = 620, 210
_FRAME = 1  # px of the line around it
_REST_MS = 400


class _KeptLogo(LogoField):
    """The coat of arms, which a draft keeps as text."""

    def typed(self) -> str:
        data = self.value()
        return base64.b64encode(data).decode() if data else ""

    def type_again(self, typed: str | bool) -> None:
        try:
            data = base64.b64decode(str(typed), validate=True)
        except ValueError:
            return
        self.set_value(data or None)
        self.changed.emit()


class LetterheadPage(FormPage):
    """The coat of arms, and the head of a paper as it will be printed with it."""

    key = "letterhead"
    title = "Membrete"
    lead = "Así saldrá la cabeza de cada papel. Sin escudo también se imprime; puede agregarlo después."
    field_by_code: Mapping[str, str] = {"logo_format": "logo", "logo_size": "logo", "logo_too_large": "logo"}

    def __init__(self, setting: Setting, entity: Callable[[], str]) -> None:
        super().__init__(setting, columns=1)
        self._entity = entity
        self.logo = self.form.add("logo", _KeptLogo("Escudo"), wide=True)
        known = setting.standing.municipality
        if known is not None:
            self.logo.set_value(known.logo)
            self.form.mark_saved()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("tone", "dim")
        self.picture.setFrameShape(QLabel.Shape.StyledPanel)
        self.picture.setMinimumSize(self._width(), theme().px(_PREVIEW_HEIGHT))
        self.column.addWidget(self.picture)
        self.column.addStretch(1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.draw)
        self.logo.changed.connect(self._rest.start)

    def on_shown(self) -> None:
        self.draw()

    def told(self) -> list[tuple[str, str]]:
        return [("Escudo", self.logo.as_read() or "Sin escudo: se agrega después en Oficina")]

    def draw(self) -> None:
        """Print the head of a paper on the worker and show it."""
        entity = self._entity()
        if not entity:
            self.picture.setText("Escriba antes el nombre de la municipalidad.")
            return
        desk = self.setting.desk
        desk.tasks.run_query(
            partial(
                letterhead_picture,
                desk.db,
                entity=entity,
                logo=self.logo.value(),
                on=desk.clock.now().date(),
                width=round((self._width() - 2 * _FRAME) * self.devicePixelRatioF()),
            ),
            self._show,
            on_error=self._on_refused,
            owner=self,
        )

    def _width(self) -> int:
        return page_width(self, _PREVIEW_WIDTH)

    def _show(self, drawn: tuple[int, int, bytes]) -> None:
        width, height, rgb = drawn
        image = QImage(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
        picture = QPixmap.fromImage(image.copy())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(picture)
        self.picture.setAccessibleName(f"Membrete de {self._entity()}, como se imprime")

    def _on_refused(self, error: SisfohError) -> None:
        self.picture.clear()
        self.logo.set_error(error.sentence)


def with_logo(municipality: Municipality, page: LetterheadPage) -> Municipality:
    """The municipality with the coat of arms of the page."""
    return replace(municipality, logo=page.logo.value())
