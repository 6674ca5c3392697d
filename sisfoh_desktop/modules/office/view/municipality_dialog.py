"""The form of the municipality's data, with its coat of arms."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office.rules import MAX_LOGO_BYTES, Municipality, check_logo
from sisfoh_desktop.modules.office.service.places import PlaceFinder
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog, Fresh, Save
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.look_up_field import LookUpField
from sisfoh_desktop.qtkit.page import Desk


class LogoField(Field):
    """The coat of arms: chosen from a file, or none. The value is the file's bytes, or None."""

    def __init__(self, label: str) -> None:
        self._data: bytes | None = None
        self.choose_button = QPushButton("Elegir archivo…")
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._on_choose)
        self.remove_button = QPushButton("Quitar")
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(lambda: self._take(None))
        self.text = QLabel()
        self.text.setProperty("tone", "dim")
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choose_button)
        row.addWidget(self.remove_button)
        row.addWidget(self.text, 1)
        tools.setFocusProxy(self.choose_button)
        super().__init__(label, tools, hint="PNG o JPEG, hasta 1 MB; se imprime en el membrete")
        self.set_value(None)

    def raw(self) -> bytes | None:
        return self._data

    def as_read(self) -> str:
        return f"imagen de {self.text.text()}" if self._data else ""

    def is_empty(self) -> bool:
        return self._data is None

    def value(self) -> bytes | None:
        return self._data

    def set_value(self, value: bytes | None) -> None:
        self._data = value
        self.text.setText(f"{max(1, len(value) // 1024)} KB" if value else "Sin escudo")
        self.remove_button.setEnabled(value is not None)

    def load(self, path: Path) -> None:
        """Take the picture in a file, or say under the field why not."""
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_LOGO_BYTES + 1)
            check_logo(data)
        except OSError:
            self.set_error(f"No se pudo leer «{path.name}»; el escudo quedó como estaba. Elija otro archivo.")
        except RuleError as error:
            self.set_error(error.sentence)
        else:
            self._take(data)

    def _take(self, data: bytes | None) -> None:
        self.set_value(data)
        self.changed.emit()

    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Elegir el escudo", "", "Imágenes (*.png *.jpg *.jpeg)")
        if name:
            self.load(Path(name))


class MunicipalityDialog(FactDialog):
    """Everything the letterhead and the calendar need to know of the entity."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "ubigeo_invalid": "ubigeo",
        "portal_invalid": "portal_url",
        "logo_format": "logo",
        "logo_size": "logo",
        "logo_too_large": "logo",
    }

    def __init__(self, desk: Desk, municipality: Municipality | None, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Datos de la municipalidad", parent=parent)
        form = self.form
        form.text("name", "Nombre completo", required=True, max_length=200, wide=True)
        form.text("short_name", "Sigla", required=True, max_length=40, placeholder="MPT")
        self._finder = PlaceFinder()
        ubigeo = form.add(
            "ubigeo",
            LookUpField(
                "Distrito o ubigeo del INEI",
                offer=self._finder.offer,
                tell=self._finder.tell,
                required=True,
                max_length=60,
                placeholder="Tacna o 230101",
                hint="Parte del nombre o seis cifras; el del RENIEC es otro",
            ),
        )
        ubigeo.chosen.connect(self._on_place)
        form.text(
            "place_name", "Lugar que va antes de la fecha", required=True, max_length=40, placeholder="Tacna"
        )
        form.text("portal_url", "Portal institucional", max_length=200, placeholder="www.munitacna.gob.pe")
        form.add("logo", LogoField("Escudo"), wide=True)
        if municipality is not None:
            self.fill(municipality)

    def fill(self, municipality: Municipality) -> None:
        self.form.set_values(
            {
                "name": municipality.name,
                "short_name": municipality.short_name,
                "ubigeo": municipality.ubigeo.code,
                "place_name": municipality.place_name,
                "portal_url": municipality.portal_url,
                "logo": municipality.logo,
            }
        )

    def _on_place(self, code: str) -> None:
        place, named = self._finder.at(code), self.form.fields["place_name"]
        if place is not None and named.is_empty():
            named.set_value(place.names[0])

    def choice_from(self, values: dict[str, Any]) -> Municipality:
        ubigeo = Ubigeo(values.pop("ubigeo"), "INEI")
        return Municipality(ubigeo=ubigeo, **values)

    @classmethod
    def ask_for(
        cls,
        parent: QWidget,
        desk: Desk,
        municipality: Municipality | None,
        save: Save,
        fresh: Fresh | None = None,
    ) -> Municipality | None:
        """The municipality as saved, or None if the person left."""
        dialog = cls(desk, municipality, parent)
        dialog.edits(municipality, "municipality:1", "los datos de la municipalidad", fresh)
        saved: Municipality | None = dialog.ask_and_save(save)
        return saved
