"""The tab "Municipalidad": a card with the entity's data and what papers print today."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.office import service
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.office.service.places import PlaceFinder
from sisfoh_desktop.modules.office.view.municipality_dialog import MunicipalityDialog
from sisfoh_desktop.modules.office.view.office_tab import OfficeTab
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.theme import theme

_LOGO_SIDE = 112
_NOBODY = "Todavía no se registraron los datos de la municipalidad: van en el membrete de cada documento."
_SET_UP = "Prepararla con el primer día…"


class MunicipalityTab(OfficeTab):
    """Read here, changed in the dialog."""

    title = "Municipalidad"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.municipality: Municipality | None = None
        self.edit_action = self.action("&Editar datos", self.edit, "pencil")
        self._values: dict[str, QLabel] = {}
        self.logo = QLabel()
        self.logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.logo.setProperty("tone", "dim")
        self.logo.setAccessibleName("Escudo de la municipalidad")
        self.mode = Chip()
        self.empty = EmptyState(self)
        self.empty.button.clicked.connect(self._on_empty)
        self.card = self._build_card()
        self.column.addWidget(self.empty, 1)
        self.column.addWidget(self.card)
        self.column.addStretch(1)
        self.card.hide()
        self.empty.hide()
        theme().changed.connect(self._show_logo)

    def reload(self) -> None:
        db, today = self.desk.db, self.today

        def query() -> tuple[Municipality | None, dict[str, str]]:
            state = service.load_state(db)
            until = state.calendar_verified_until
            municipality = service.find_municipality(db)
            return municipality, {
                "ubigeo": _ubigeo_words(municipality) if municipality is not None else "",
                "year": service.year_name(db, today) or "Ninguno vigente hoy",
                "legend": service.legend(db, today) or "Ninguna vigente hoy",
                "calendar": f"Verificado hasta el {format_date(until)}" if until else "Sin verificar",
            }

        self.desk.tasks.run_query(query, self._on_loaded, owner=self)

    def edit(self) -> None:
        """Ask for the data and save them."""
        present = self.municipality
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock

        def save(municipality: Municipality, token: str, expected_version: int | None = None) -> Any:
            seen = present.version if present else 0
            return service.save_municipality(
                db,
                actor=actor,
                now=clock.now(),
                municipality=municipality,
                expected_version=seen if expected_version is None else expected_version,
                token=token,
            )

        fresh = partial(service.load_municipality, db) if present else None
        MunicipalityDialog.ask_for(self, self.desk, present, save, fresh)

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def _sets_up(self) -> bool:
        """Whether an empty office is led to the assistant of the first day."""
        return self.desk.first_day is not None and not self.desk.practice

    def _on_empty(self) -> None:
        if self._sets_up and self.desk.first_day is not None:
            self.desk.first_day()
        else:
            self.edit()

    def _build_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(24)
        row.addWidget(self.logo, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._values["name"] = _value()
        self._values["name"].setProperty("role", "section")
        head.addWidget(self._values["name"], 1)
        head.addWidget(self.mode, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(head, 0, 0, 1, 2)
        places = [
            ("short_name", "Sigla", 1, 0, 1),
            ("ubigeo", "Ubigeo", 1, 1, 1),
            ("place_name", "Lugar que va antes de la fecha", 2, 0, 1),
            ("portal_url", "Portal institucional", 2, 1, 1),
            ("year", "Nombre oficial del año", 3, 0, 2),
            ("legend", "Leyenda del margen", 4, 0, 2),
            ("calendar", "Calendario de feriados", 5, 0, 2),
        ]
        for name, title, line, place, span in places:
            grid.addLayout(self._pair(name, title), line, place, 1, span)
        row.addLayout(grid, 1)
        return card

    def _pair(self, name: str, title: str) -> QVBoxLayout:
        pair = QVBoxLayout()
        pair.setSpacing(2)
        label = QLabel(title)
        label.setProperty("role", "caption")
        self._values[name] = _value()
        self._values[name].setAccessibleName(title)
        pair.addWidget(label)
        pair.addWidget(self._values[name])
        pair.addStretch(1)  # beside a taller one it keeps its line
        return pair

    def _on_loaded(self, found: tuple[Municipality | None, dict[str, str]]) -> None:
        self.municipality, printed = found
        municipality = self.municipality
        if municipality is None:
            offered = _SET_UP if self._sets_up else "Completar datos"
            self.empty.show_state(_NOBODY, offered if self.may_manage else "")
        else:
            self.empty.hide()
        self.card.setVisible(municipality is not None)
        if municipality is not None:
            texts = {
                "name": municipality.name,
                "short_name": municipality.short_name,
                "place_name": municipality.place_name,
                "portal_url": municipality.portal_url or "—",
                **printed,
            }
            for name, text in texts.items():
                self._values[name].setText(text)
            self.mode.set_state("practice" if self.desk.practice else "ok", municipality.mode.value)
            self._show_logo()
        self.tell_loaded()

    def _show_logo(self) -> None:
        side = theme().px(_LOGO_SIDE)
        self.logo.setFixedSize(side, side)
        picture = QPixmap()
        data = self.municipality.logo if self.municipality else None
        if data is not None and picture.loadFromData(data):
            ratio = self.devicePixelRatioF()
            scaled = picture.scaled(
                round(side * ratio),
                round(side * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self.logo.setPixmap(scaled)
            self.logo.setFrameShape(QFrame.Shape.NoFrame)
        else:
            self.logo.setText("Sin escudo")
            self.logo.setFrameShape(QFrame.Shape.StyledPanel)


def _ubigeo_words(municipality: Municipality) -> str:
    """`230101 (INEI): Tacna, provincia de Tacna, departamento de Tacna.` On the worker: the list is read for it."""
    ubigeo = municipality.ubigeo
    place = PlaceFinder().at(ubigeo.code) if ubigeo.catalogue == "INEI" else None
    code = f"{ubigeo.code} ({ubigeo.catalogue})"
    return f"{code}: {place.sentence}" if place is not None else code


def _value() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
