"""The questions about a draft that is being written: the data around its text, a place in its round."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from textwrap import shorten

from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.modules.resoluciones.rules import (
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
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.theme import theme

_LINE_LIMIT = 300
_COMBO_LETTERS = 72  # what a field of the widest dialog shows


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


def _answered(dialog: FormDialog) -> dict[str, object] | None:
    """Show a dialog, free it, and give its values."""
    values = dialog.ask_values()
    dialog.deleteLater()
    return values


def _named(name: str, position: str) -> str:
    return f"{name}, {position}" if position else name


def _unit_text(head: Head) -> str:
    return shorten(f"{head.siglas}  {head.unit}", _COMBO_LETTERS, placeholder="…")
