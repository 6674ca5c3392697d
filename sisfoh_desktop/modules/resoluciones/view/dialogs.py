"""The questions of the page: a new act, the data around its text, a place in the round, why a freeze is undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from textwrap import shorten

from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import ExpedienteLine
from sisfoh_desktop.modules.papers.rules import REASON_LIMIT, Series, series_text
from sisfoh_desktop.modules.resoluciones.rules import (
    ActModelLine,
    Resolucion,
    SignerPlace,
    SignerRole,
    style_example,
    usual_styles,
)
from sisfoh_desktop.modules.resoluciones.view.chip_editor import ChipEditor
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.modules.resoluciones.view.insert_dialog import InsertDialog
from sisfoh_desktop.modules.resoluciones.view.signer_rows import ROLE_WORDS, Head
from sisfoh_desktop.qtkit.choice_fields import ComboField
from sisfoh_desktop.qtkit.dialogs import WIDEST, FormDialog
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.theme import theme

_NO_MODEL, _NEW_SERIES = 0, -1
_LINE_LIMIT = 300
_COMBO_LETTERS = 72  # what a field of the widest dialog shows


@dataclass(frozen=True)
class NewChoices:
    """What a new act can be made from; `plans` and `matrices` name by expediente what goes with it.

    `newest` gives by expediente the newest act that it already has.
    """

    expedientes: tuple[ExpedienteLine, ...]
    series: tuple[Series, ...]
    plans: Mapping[int, str]
    matrices: Mapping[int, str]
    newest: Mapping[int, int] = field(default_factory=dict)
    models: tuple[ActModelLine, ...] = ()


@dataclass(frozen=True)
class NewAct:
    """The answer: from which expediente, in which series, of which date, after which model.

    `series_id` is None where the model's own series is still to be made.
    """

    expediente_id: int
    series_id: int | None
    dated: date
    model_id: int | None = None


class NewDialog(FormDialog):
    """ "Nueva resolución": the expediente decides plan and matrix; the rest has its usual answer."""

    def __init__(
        self, choices: NewChoices, clock: Clock, parent: QWidget | None = None, *, expediente_id: int = 0
    ) -> None:
        super().__init__("Nueva resolución", primary="Redactar", parent=parent, clock=clock)
        self.usual_width = WIDEST
        self._choices = choices
        self._year = clock.now().year
        self.form.combo(
            "expediente_id",
            "Expediente",
            [(line.id, _expediente_text(line)) for line in choices.expedientes],
            required=True,
        )
        if choices.models:
            self.form.combo(
                "model_id",
                "Modelo",
                [
                    (_NO_MODEL, "Como el último acto de la serie"),
                    *((one.id, one.name) for one in choices.models),
                ],
                required=True,
                hint="Decide rótulos, cabezas de artículo, textos fijos y firmantes.",
            )
            self.form.fields["model_id"].changed.connect(self._on_model)
        self.form.combo("series_id", "Serie", self._series(None), required=True)
        self.form.date(
            "dated", "Fecha del acto", required=True, hint="Decide los nombres, cargos y normas vigentes."
        )
        self.form.group("Lo que sale del expediente")
        self.plan = self.form.note("")
        self.matrix = self.form.note("")
        self.documents = self.form.note("")
        asked = [line for line in choices.expedientes if line.id == expediente_id]
        free = [line for line in choices.expedientes if line.id not in choices.newest]
        first = next(iter([*asked, *free, *choices.expedientes]), None)
        self.form.set_values(
            {
                "expediente_id": first.id if first else None,
                "series_id": choices.series[0].id if choices.series else None,
                "dated": clock.now().date(),
            }
        )
        if choices.models:
            self.form.set_values({"model_id": _NO_MODEL if choices.series else choices.models[0].id})
            self._on_model()
            self.form.mark_saved()
        self.form.fields["expediente_id"].changed.connect(self._tell)
        self._tell()

    def _series(self, model: ActModelLine | None) -> list[tuple[int, str]]:
        """The series to choose among; the model's own one is offered before it exists."""
        year = self._year
        found = [(one.id, series_text(one.title, one.mask, year)) for one in self._choices.series]
        if model is not None and all(one.mask != model.mask for one in self._choices.series):
            found.insert(0, (_NEW_SERIES, f"Nueva: {series_text(model.series_title, model.mask, year)}"))
        return found

    def _on_model(self) -> None:
        """The model brings its series along."""
        chosen = self.form.fields["model_id"].value()
        model = next((one for one in self._choices.models if one.id == chosen), None)
        series = self.form.fields["series_id"]
        assert isinstance(series, ComboField)
        series.set_options(self._series(model))
        if model is not None:
            own = next((one.id for one in self._choices.series if one.mask == model.mask), _NEW_SERIES)
            series.set_value(own)
        elif self._choices.series and series.value() in (None, _NEW_SERIES):
            series.set_value(self._choices.series[0].id)

    def _tell(self) -> None:
        chosen = self.form.fields["expediente_id"].value()
        line = next((one for one in self._choices.expedientes if one.id == chosen), None)
        if line is None:
            for label in (self.plan, self.matrix, self.documents):
                label.setText("")
            return
        plan = self._choices.plans.get(line.id, "")
        matrix = self._choices.matrices.get(line.id, "")
        self.plan.setText(f"Plan: {plan}" if plan else "Plan: ninguno; se elige en el expediente.")
        self.matrix.setText(
            f"Anexo N° 01: {matrix}" if matrix else "Anexo N° 01: sin matriz; se elige en el plan."
        )
        count = line.document_count
        self.documents.setText(
            f"VISTOS y considerandos se redactan con sus {count} documentos."
            if count > 1
            else "VISTOS y considerandos se redactan con su documento."
            if count
            else "El expediente no tiene documentos; registre primero los que sustentan el acto."
        )
        self.fit()

    @classmethod
    def ask(
        cls, choices: NewChoices, clock: Clock, parent: QWidget | None = None, *, expediente_id: int = 0
    ) -> NewAct | None:
        """What to draft, or None; `expediente_id` is chosen beforehand."""
        values = _answered(cls(choices, clock, parent, expediente_id=expediente_id))
        if values is None:
            return None
        chosen, series_id, dated = values["expediente_id"], values["series_id"], values["dated"]
        assert isinstance(chosen, int)
        assert isinstance(series_id, int)
        assert isinstance(dated, date)
        model_id = values.get("model_id")
        return NewAct(
            chosen,
            None if series_id == _NEW_SERIES else series_id,
            dated,
            model_id if isinstance(model_id, int) and model_id != _NO_MODEL else None,
        )


class ChipField(Field):
    """Prose with locked data as a field of a form; its value is the stored text."""

    editor: ChipEditor

    def __init__(self, label: str, meanings: Mapping[str, ChipMeaning], *, required: bool, hint: str) -> None:
        super().__init__(label, ChipEditor(), required=required, hint=hint)
        self._meanings = meanings
        self.editor.set_meanings(meanings)
        self.editor.setMinimumHeight(theme().px(96))
        self.editor.setMaximumHeight(theme().px(120))
        self.editor.textChanged.connect(lambda: self.changed.emit())
        self.editor.hint.connect(self.set_error)
        self.editor.insert_asked.connect(self.insert)

    def insert(self) -> None:
        """Choose a datum and put it at the caret."""
        key = InsertDialog.ask(list(self._meanings.values()), self)
        if key is not None:
            self.editor.insert_chip(key)

    def raw(self) -> str:
        return self.editor.stored()

    def is_empty(self) -> bool:
        return not self.raw().strip()

    def value(self) -> str:
        return self.raw()

    def set_value(self, value: str | None) -> None:
        self.editor.set_stored(value or "")


class ActDialog(FormDialog):
    """ "Datos del acto": what it is about, its date, how it is headed and numbered."""

    def __init__(
        self,
        act: Resolucion,
        meanings: Mapping[str, ChipMeaning],
        clock: Clock,
        parent: QWidget | None = None,
        *,
        model: str = "",
    ) -> None:
        super().__init__("Datos del acto", primary="Aceptar", columns=2, parent=parent, clock=clock)
        self.form.add(
            "matter",
            ChipField(
                "Asunto",
                meanings,
                required=True,
                hint="Completa «sobre …»; así se busca y así la nombran las listas.",
            ),
            wide=True,
        )
        self.form.date("dated", "Fecha del acto", required=True)
        styles = [(style, style_example(style)) for style in usual_styles(str(act.headings.style))]
        self.form.combo("style", "Artículos", styles, required=True)
        self.form.text("act_name", "Nombre del acto", required=True, max_length=_LINE_LIMIT, wide=True)
        self.form.text("initials", "Iniciales al pie", max_length=_LINE_LIMIT)
        self.form.check("with_annex", "Lleva el Anexo N° 01")
        if model:
            self.form.note(f"Empezó con el modelo {model}.")
        self.form.set_values(
            {
                "matter": act.matter,
                "dated": act.dated,
                "style": str(act.headings.style),
                "act_name": act.headings.act_name,
                "initials": act.headings.initials,
                "with_annex": act.with_annex,
            }
        )

    @classmethod
    def ask(
        cls,
        act: Resolucion,
        meanings: Mapping[str, ChipMeaning],
        clock: Clock,
        parent: QWidget | None = None,
        *,
        model: str = "",
    ) -> Resolucion | None:
        """The act with the answers, or None; `model` names that with which it began."""
        values = _answered(cls(act, meanings, clock, parent, model=model))
        if values is None:
            return None
        dated, style = values["dated"], values["style"]
        assert isinstance(dated, date)
        assert isinstance(style, str)
        headings = replace(
            act.headings, style=style, act_name=str(values["act_name"]), initials=str(values["initials"])
        )
        return replace(
            act,
            matter=str(values["matter"]),
            dated=dated,
            headings=headings,
            with_annex=bool(values["with_annex"]),
        )


class PlaceDialog(FormDialog):
    """A place in the round: which unit, as what, and the post that the paper prints."""

    def __init__(
        self, place: SignerPlace | None, heads: Sequence[Head], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Cambiar firmante" if place else "Agregar firmante",
            primary="Aceptar" if place else "Agregar",
            parent=parent,
        )
        self._heads = {head.unit_id: head for head in heads}
        self.form.combo(
            "unit_id", "Unidad orgánica", [(head.unit_id, _unit_text(head)) for head in heads], required=True
        )
        self.who: QLabel = self.form.note("")
        self.form.combo(
            "role", "Firma como", [(role, words) for role, words in ROLE_WORDS.items()], required=True
        )
        self.form.text(
            "position",
            "Cargo que se imprime",
            max_length=_LINE_LIMIT,
            hint="Vacío: el cargo registrado en Oficina.",
        )
        self.form.set_values(
            {
                "unit_id": place.unit_id if place else None,
                "role": place.role if place else SignerRole.VISTO_BUENO,
                "position": place.position if place else "",
            }
        )
        self.form.fields["unit_id"].changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        head = self._heads.get(self.form.fields["unit_id"].value() or 0)
        self.who.setText(
            ""
            if head is None
            else _named(head.name, head.position)
            if head.name
            else "No tiene titular registrado en la fecha del acto; regístrelo en Oficina."
        )

    @classmethod
    def ask(
        cls, place: SignerPlace | None, heads: Sequence[Head], parent: QWidget | None = None
    ) -> SignerPlace | None:
        """The place, or None."""
        values = _answered(cls(place, heads, parent))
        if values is None:
            return None
        role, unit_id = values["role"], values["unit_id"]
        assert isinstance(role, SignerRole)
        assert isinstance(unit_id, int)
        return SignerPlace(role, unit_id, str(values["position"]))


class AnnulDialog(FormDialog):
    """Why the frozen version is withdrawn."""

    def __init__(self, number_text: str, signed: int, parent: QWidget | None = None) -> None:
        super().__init__(f"Anular la versión congelada {number_text}", primary="Anular", parent=parent)
        done = (
            ""
            if not signed
            else " Su firma ya puesta queda en el archivo, pero no sirve para la versión nueva."
            if signed == 1
            else f" Sus {signed} firmas ya puestas quedan en el archivo, pero no sirven para la versión nueva."
        )
        self.form.note(
            f"El número {number_text} queda anulado en el registro y no se usa otra vez; el texto vuelve a borrador y "
            f"al congelarlo de nuevo toma el número siguiente.{done}"
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=REASON_LIMIT, rows=3)
        self.primary_button.setProperty("role", "danger")

    @classmethod
    def ask(cls, number_text: str, signed: int, parent: QWidget | None = None) -> str | None:
        """The reason, or None."""
        values = _answered(cls(number_text, signed, parent))
        return None if values is None else str(values["reason"])


def _answered(dialog: FormDialog) -> dict[str, object] | None:
    """Show a dialog, free it, and give its values."""
    values = dialog.ask_values()
    dialog.deleteLater()
    return values


def _named(name: str, position: str) -> str:
    return f"{name}, {position}" if position else name


def _expediente_text(line: ExpedienteLine) -> str:
    known = line.code or line.registry or format_date(line.opened_on)
    return shorten(f"{known}  {line.title}", _COMBO_LETTERS, placeholder="…")


def _unit_text(head: Head) -> str:
    return shorten(f"{head.siglas}  {head.unit}", _COMBO_LETTERS, placeholder="…")
