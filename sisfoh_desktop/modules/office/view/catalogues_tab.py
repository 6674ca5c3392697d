"""The tab "Normas y organismos": norms, bodies, year names, margin legends, terms; one list at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QWidget

from sisfoh_desktop.modules.office import service
from sisfoh_desktop.modules.office.rules import (
    TERM_KEYS,
    Body,
    DatedFact,
    LegalTerm,
    Legend,
    Norm,
    YearName,
    period_words,
)
from sisfoh_desktop.modules.office.view.catalogue_dialogs import (
    BodyDialog,
    CatalogueDialog,
    LegalTermDialog,
    LegendDialog,
    NormDialog,
    YearNameDialog,
)
from sisfoh_desktop.modules.office.view.fact_dialog import EndDialog, stored_fact
from sisfoh_desktop.modules.office.view.office_tab import DetailLine, OfficeTab, trust_column, validity_column
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable

# Where the trail calls a record otherwise than the service its argument.
_TRAIL_NAMES = {"term": "legal_term"}


@dataclass(frozen=True)
class _Catalogue:
    """One list of the tab: its words, its service verbs, its form and how a row is named."""

    kind: type[DatedFact]
    title: str
    noun: tuple[str, str]
    argument: str
    load: Callable[..., list[Any]]
    add: Callable[..., int]
    save: Callable[..., int]
    end: Callable[..., int]
    dialog: type[CatalogueDialog]
    columns: tuple[Column, ...]
    called: Callable[[Any], str]


_CATALOGUES = (
    _Catalogue(
        Norm,
        "Normas",
        ("norma", "normas"),
        "norm",
        service.list_norms,
        service.add_norm,
        service.save_norm,
        service.end_norm,
        NormDialog,
        (
            Column("Código", lambda norm: norm.code, width=176),
            Column("Título", lambda norm: norm.title),
        ),
        lambda norm: f"la norma {norm.code}",
    ),
    _Catalogue(
        Body,
        "Organismos",
        ("organismo", "organismos"),
        "body",
        service.list_bodies,
        service.add_body,
        service.save_body,
        service.end_body,
        BodyDialog,
        (
            Column("Papel", lambda body: body.role.value, width=192),
            Column("Sigla", lambda body: body.siglas, width=96),
            Column("Nombre", lambda body: body.name),
        ),
        lambda body: f"el organismo {body.siglas}",
    ),
    _Catalogue(
        YearName,
        "Nombres del año",
        ("nombre", "nombres"),
        "year_name",
        service.list_year_names,
        service.add_year_name,
        service.save_year_name,
        service.end_year_name,
        YearNameDialog,
        (
            Column("Nombre oficial", lambda name: name.text),
            Column("Norma", lambda name: name.norm or "—", width=168),
            Column("Se imprime", lambda name: "Sí" if name.printed else "No", align="center", width=96),
        ),
        lambda name: f"«{name.text[:60]}»",
    ),
    _Catalogue(
        Legend,
        "Leyendas del margen",
        ("leyenda", "leyendas"),
        "legend",
        service.list_legends,
        service.add_legend,
        service.save_legend,
        service.end_legend,
        LegendDialog,
        (
            Column("Texto", lambda legend: legend.text),
            Column("Norma", lambda legend: legend.norm or "—", width=184),
        ),
        lambda _legend: "la leyenda del margen",
    ),
    _Catalogue(
        LegalTerm,
        "Plazos legales",
        ("plazo", "plazos"),
        "term",
        service.list_terms,
        service.add_term,
        service.save_term,
        service.end_term,
        LegalTermDialog,
        (
            Column("Plazo", lambda term: term.title),
            Column("Días", lambda term: term.words, lambda term: term.days, width=120),
            Column("Se cuenta desde", lambda term: term.counts_from.label, width=128),
        ),
        lambda term: f"el plazo «{term.title[:60]}»",
    ),
)


class CataloguesTab(OfficeTab):
    """What papers cite and print, by date."""

    title = "Normas y organismos"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.new_action = self.action("&Nuevo registro", self.new_record, "plus")
        self.edit_action = self.action("&Editar", self._on_edit, "pencil")
        self.end_action = self.action("&Poner fin", self._on_end)
        self.history_shown = self.history_action(
            lambda: self.table().selected(), lambda fact: self._catalogue().called(fact)
        )
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Qué lista se muestra")
        self.stack = QStackedWidget()
        self.lists: list[RowTable] = []
        for catalogue in _CATALOGUES:
            self.chooser.addItem(catalogue.title)
            table = RowTable(
                [*catalogue.columns, validity_column(lambda: self.today), trust_column()],
                name=catalogue.title,
                noun=catalogue.noun,
                empty_text="Todavía no hay nada en esta lista.",
                empty_button="Nuevo registro" if self.may_manage else "",
                on_empty=self.new_record,
            )
            table.menu_actions = [self.edit_action, self.end_action, self.history_shown]
            table.activated.connect(lambda _fact: self.edit_action.trigger())
            table.selection_changed.connect(lambda _fact: self._refresh_actions())
            self.lists.append(table)
            self.stack.addWidget(table)
        self.chooser.currentIndexChanged.connect(self._on_chosen)
        label = QLabel("&Lista")
        label.setBuddy(self.chooser)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(self.chooser)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.detail = DetailLine()
        self.column.addWidget(self.detail)
        self._refresh_actions()

    def reload(self) -> None:
        for number, catalogue in enumerate(_CATALOGUES):
            self.desk.tasks.run_query(
                partial(catalogue.load, self.desk.db), partial(self._on_loaded, number), owner=self
            )

    def table(self) -> RowTable:
        return self.lists[self.stack.currentIndex()]

    def select(self, record_id: int) -> bool:
        self.chooser.setCurrentIndex(0)  # only norms are searched
        return self.lists[0].select(record_id)

    def new_record(self) -> bool:
        catalogue = self._catalogue()
        catalogue.dialog.ask_for(self, self.desk, None, self._saver(catalogue.add, catalogue.argument))
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _catalogue(self) -> _Catalogue:
        return _CATALOGUES[self.stack.currentIndex()]

    def _on_edit(self) -> None:
        catalogue, fact = self._catalogue(), self.table().selected()
        if fact is not None:
            save = self._saver(catalogue.save, catalogue.argument, expected_version=fact.version)
            stored = (
                f"{_TRAIL_NAMES.get(catalogue.argument, catalogue.argument)}:{fact.id}",
                catalogue.called(fact),
                partial(stored_fact, catalogue.load, self.desk.db, fact.id),
            )
            catalogue.dialog.ask_for(self, self.desk, fact, save, stored)

    def _on_end(self) -> None:
        catalogue, fact = self._catalogue(), self.table().selected()
        if fact is None:
            return
        options = {f"{catalogue.argument}_id": fact.id, "expected_version": fact.version}
        ended = EndDialog.ask_for(
            self,
            self.desk,
            catalogue.called(fact),
            "Los documentos de fecha anterior lo conservan; los de después ya no lo citan.",
            self._saver(catalogue.end, "last_day", **options),
        )
        if ended is not None:
            back = self._saver(catalogue.save, catalogue.argument, expected_version=fact.version + 1)
            self.offer_back(catalogue.called(fact), back, fact)

    def _saver(self, verb: Callable[..., int], argument: str, **options: Any) -> Callable[..., int]:
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock

        def save(chosen: Any, token: str, **later: Any) -> int:
            return verb(
                db, actor=actor, now=clock.now(), token=token, **{argument: chosen}, **(options | later)
            )

        return save

    def _on_chosen(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self._refresh_actions()

    def _on_loaded(self, number: int, facts: list[Any]) -> None:
        self.show_rows(self.lists[number], facts)
        self._refresh_actions()
        self.tell_loaded()

    def _refresh_actions(self) -> None:
        fact = self.table().selected()
        self.edit_action.setEnabled(fact is not None)
        self.end_action.setEnabled(fact is not None)
        self.history_shown.setEnabled(fact is not None)
        if fact is None:
            self.detail.show_parts("Elija una fila para ver desde cuándo rige y de dónde se sabe.")
            return
        kind, source = getattr(fact, "kind", None), getattr(fact, "source", "")
        self.detail.show_parts(
            fact.text if isinstance(fact, YearName | Legend) else "",
            kind.value if kind else "",
            f"Vigencia: {period_words(fact)}",
            f"Fuente: {source}" if source else "",
            f"{fact.norm}  ·  Sirve para: {TERM_KEYS[fact.key]}" if isinstance(fact, LegalTerm) else "",
        )
