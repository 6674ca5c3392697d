"""One model of acts on view: its texts as an act is edited, its style, its series and who signs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.document_numbers import example_of, mask_of
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import (
    ActModel,
    ModelPlace,
    Resolucion,
    SignerRole,
    State,
    check_article_mask,
    model_blocks,
    style_example,
    usual_styles,
    with_model_blocks,
)
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.modules.resoluciones.view.dialogs import ChipField
from sisfoh_desktop.modules.resoluciones.view.text_tab import TextTab
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.theme import theme

_LINE = 300
_LETTERS = ["t", "e", "f", "d", "x", "v"]  # of the tabs, of the text's panel and of the foot
_BETWEEN = " · "


class ModelDialog(TaskDialog):
    """Edits a model; saving keeps a new version of it. An earlier version is shown without being edited."""

    usual_width = 960

    def __init__(
        self, desk: Desk, model: ActModel, meanings: Mapping[str, ChipMeaning], *, earlier: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = f"{model.name}, versión {model.number}" if model.id else "Modelo nuevo"
        super().__init__(
            title,
            primary="Cerrar" if earlier else "Guardar",
            cancel="Salir" if earlier else "Cancelar",
            parent=parent,
            wide=True,
        )
        self._desk, self._model, self._earlier = desk, model, earlier
        self.text = TextTab()
        self.style_form = Form(columns=2, taken_letters=[*_LETTERS, *self.button_letters])
        self.round_form = Form(taken_letters=[*_LETTERS, *self.button_letters])
        self._build_style()
        self._build_round(meanings)
        self.text.show_act(_as_act(model), meanings, {}, editable=not earlier)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes del modelo")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.text, "&Textos")
        self.tabs.addTab(_scrolled(self.style_form), "&Estilo")
        self.tabs.addTab(_scrolled(self.round_form), "Serie y &firmas")
        self.tabs.setMinimumSize(theme().px(680), theme().px(440))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.set_body(body)
        self._fill()
        if earlier:
            self.cancel_button.hide()
            self.style_form.setEnabled(False)
            self.round_form.setEnabled(False)
        self.preview_button = self.add_button("&Vista previa", self.preview)
        self.saved_id: int | None = None

    # -- content ---------------------------------------------------------------------------------------

    def has_unsaved(self) -> bool:
        edited = self.style_form.is_modified() or self.round_form.is_modified()
        return (
            not self._earlier
            and self.saved_id is None
            and (edited or self.text.blocks != model_blocks(self._model))
        )

    def edited(self) -> ActModel | None:
        """The model as it stands here; None after showing which field is wrong."""
        found: dict[str, Any] = {}
        for tab, form in ((1, self.style_form), (2, self.round_form)):
            values = form.checked()
            if values is None:
                self.tabs.setCurrentIndex(tab)
                return None
            found |= values
        try:
            mask = mask_of(found["mask"])
        except RuleError as error:
            self.tabs.setCurrentIndex(2)
            self.refuse(error)
            return None
        headings = replace(
            self._model.headings,
            act_name=found["act_name"],
            number_word=found["number_word"],
            vistos=found["vistos"],
            vistos_one=found["vistos_one"],
            considerando=found["considerando"],
            resuelve=found["resuelve"],
            entity_line=found["entity_line"],
            style=found["own_style"] or found["style"],
        )
        model = replace(
            self._model,
            name=found["name"],
            organ=found["organ"],
            headings=headings,
            matter=found["matter"],
            series_title=found["series_title"],
            mask=mask,
            places=_places(found["vistos_buenos"], found["author"]),
        )
        return with_model_blocks(model, self.text.blocks)

    def submit(self) -> bool:
        if self._earlier:
            return True
        model = self.edited()
        if model is None:
            return False
        self.set_busy(True)
        self._desk.tasks.run_change(
            partial(
                service.save_model,
                self._desk.db,
                actor=self._desk.actor,
                now=self._desk.clock.now(),
                model=model,
                expected_version=model.version,
            ),
            {"act_models"},
            on_done=self._on_saved,
            on_error=self.refuse,
            owner=self,
        )
        return False

    def preview(self) -> None:
        """The paper of the model as it stands here, with sample data."""
        model = self._model if self._earlier else self.edited()
        if model is None:
            return
        try:
            check_article_mask(model.headings.style)
        except RuleError as error:
            self.refuse(error)
            return
        show_model(self._desk, model, self)

    # -- inside ----------------------------------------------------------------------------------------

    def _on_saved(self, model_id: int) -> None:
        self.saved_id = model_id
        self.accept()

    def _build_style(self) -> None:
        form, own = self.style_form, str(self._model.headings.style)
        form.text("name", "Nombre del modelo", required=True, max_length=_LINE, wide=True)
        form.text("organ", "Órgano que emite", required=True, max_length=_LINE)
        form.text("act_name", "Nombre del acto", required=True, max_length=_LINE)
        form.text("number_word", "Antes del número", max_length=20, hint="N°, N.°, Nº")
        form.text("entity_line", "Línea sobre la firma", max_length=_LINE)
        form.text("vistos", "Rótulo de los vistos", required=True, max_length=_LINE)
        form.text(
            "vistos_one",
            "Con un solo documento",
            max_length=_LINE,
            hint="Por ejemplo «VISTO:». Vacío: siempre el mismo.",
        )
        form.text("considerando", "Rótulo de los considerandos", required=True, max_length=_LINE)
        form.text("resuelve", "Rótulo de los artículos", required=True, max_length=_LINE)
        form.combo(
            "style", "Artículos", [(one, style_example(one)) for one in usual_styles(own)], required=True
        )
        form.text(
            "own_style",
            "Otra cabeza de artículo",
            max_length=60,
            hint="{ordinal} es PRIMERO, {Ordinal} Primero y {n} 1. Vacío: la elegida.",
        )

    def _build_round(self, meanings: Mapping[str, ChipMeaning]) -> None:
        form = self.round_form
        form.group("Serie de sus números")
        form.text("series_title", "Nombre de la serie", required=True, max_length=200)
        form.text(
            "mask",
            "Primer número",
            required=True,
            max_length=80,
            hint="El primero del año tal como se imprime, por ejemplo 001-2024-GM/MPT.",
        )
        form.add(
            "matter",
            ChipField(
                "Asunto",
                meanings,
                required=True,
                hint="Completa «sobre …» en los vistos. F4 inserta un dato.",
            ),
        )
        form.group("Firmas")
        form.long_text(
            "vistos_buenos",
            "Vistos buenos, uno por línea",
            max_length=4_000,
            rows=4,
            hint=f"Siglas de la unidad; con «OGAJ{_BETWEEN}Jefe» se imprime ese cargo. Vacío: quienes escribieron "
            "en el expediente.",
        )
        form.text(
            "author",
            "Autor",
            max_length=_LINE,
            hint=f"Siglas, o «ALC{_BETWEEN}Alcalde». Vacío: quien recibió al final.",
        )
        form.note(f"Procedencia: {self._model.source or 'hecho en la oficina'}.")

    def _fill(self) -> None:
        model, headings = self._model, self._model.headings
        self.style_form.set_values(
            {
                "name": model.name,
                "organ": model.organ,
                "act_name": headings.act_name,
                "number_word": headings.number_word,
                "entity_line": headings.entity_line,
                "vistos": headings.vistos,
                "vistos_one": headings.vistos_one,
                "considerando": headings.considerando,
                "resuelve": headings.resuelve,
                "style": str(headings.style),
                "own_style": "",
            }
        )
        told = {role: [_told(place) for place in model.places if place.role is role] for role in SignerRole}
        self.round_form.set_values(
            {
                "series_title": model.series_title,
                "mask": example_of(model.mask, self._desk.clock.now().year) if model.mask else "",
                "matter": model.matter,
                "vistos_buenos": "\n".join(told[SignerRole.VISTO_BUENO]),
                "author": "".join(told[SignerRole.AUTHOR]),
            }
        )

    @classmethod
    def ask(
        cls, desk: Desk, model: ActModel, meanings: Mapping[str, ChipMeaning], parent: QWidget | None = None
    ) -> int | None:
        """The id of the model that was saved, or None."""
        dialog = cls(desk, model, meanings, parent=parent)
        dialog.exec()
        saved = dialog.saved_id
        dialog.deleteLater()
        return saved


def show_model(desk: Desk, model: ActModel, over: QWidget) -> None:
    """The pages of a model with sample data."""
    from sisfoh_desktop.documents import rendering
    from sisfoh_desktop.qtkit.preview import open_preview

    def show(pdf: bytes) -> None:
        open_preview(
            rendering,
            desk.tasks,
            pdf,
            f"Modelo: {model.name}",
            file_name="modelo.pdf",
            kind="resolucion",
            over=over,
        )

    def refused(error: SisfohError) -> None:
        if isinstance(over, TaskDialog):
            over.refuse(error)

    today = desk.clock.now().date()
    desk.tasks.run_query(partial(service.model_pdf, desk.db, model, today), show, refused, owner=over)


def load_meanings(db: Any, today: date) -> dict[str, ChipMeaning]:
    """The data that a model's texts may use, each shown by its name, on the worker."""
    return {
        key: ChipMeaning(key, group, label, label, "Cada acto pone el suyo.")
        for key, group, label in service.model_data(db, today)
    }


def _as_act(model: ActModel) -> Resolucion:
    """The model as the editor of acts takes it."""
    return Resolucion(
        id=model.id or -1,
        expediente_id=0,
        plan_id=None,
        series_id=0,
        matter=model.matter,
        headings=model.headings,
        dated=date(2000, 1, 1),
        with_annex=False,
        state=State.DRAFT,
        paper_id=None,
        number_text="",
        draft_round=1,
        version=model.version,
        blocks=model_blocks(model),
    )


def _places(vistos: str, author: str) -> tuple[ModelPlace, ...]:
    lines = [(SignerRole.VISTO_BUENO, line) for line in vistos.split("\n")] + [(SignerRole.AUTHOR, author)]
    found = []
    for role, line in lines:
        siglas, _, position = line.partition(_BETWEEN.strip())
        if siglas.strip():
            found.append(ModelPlace(role, siglas.strip(), position.strip()))
    return tuple(found)


def _told(place: ModelPlace) -> str:
    return f"{place.siglas}{_BETWEEN}{place.position}" if place.position else place.siglas


def _scrolled(form: Form) -> QScrollArea:
    """A form that is longer than its tab."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setProperty("ground", "surface")
    form.setProperty("ground", "surface")
    form.setContentsMargins(2, 12, 12, 2)
    area.setWidget(form)
    return area
